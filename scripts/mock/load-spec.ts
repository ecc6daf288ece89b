import { fileURLToPath } from 'node:url';
import { SetupError } from '../command.ts';
import { formatFinding } from '../finding.ts';
import type { Spec } from '../spec/read-spec.ts';
import { readCompiledSpec, type ServedSpec } from './compiled-spec.ts';

/**
 * Finds the toolkit's own spec, by the package's own name: it leads there from the sources and from the compiled files
 * alike.
 */
export function findOwnSpec(): string {
  return fileURLToPath(import.meta.resolve('nexudus-auth-contract/openapi.yaml'));
}

/**
 * Reads a spec that is to be served.
 *
 * @throws {SetupError} for one that is missing or broken; the message lists the findings
 */
export async function loadSpec(file: string): Promise<ServedSpec> {
  return readCompiledSpec(file) ?? readGoodSpec(file);
}

/**
 * Reads a spec from its file.
 *
 * @throws {SetupError} for one that is missing or broken; the message lists the findings
 */
export async function readGoodSpec(file: string): Promise<Spec> {
  const { readSpec } = await import('../spec/read-spec.ts');
  const { spec, findings } = await readSpec(file);
  if (spec === undefined) {
    throw new SetupError(findings.map(formatFinding).join('\n'));
  }
  return spec;
}
