import { fileURLToPath } from 'node:url';
import { SetupError } from '../command.ts';
import { formatFinding } from '../finding.ts';
import type { Spec } from '../spec/read-spec.ts';
import { type Mock, type ServerSettings, serveSpec } from './serve-spec.ts';

/** What to serve, and where. */
export interface MockSettings extends ServerSettings {
  /** An OpenAPI file, YAML or JSON. Default: the toolkit's own spec. */
  specFile?: string;
}

/**
 * Serves a spec as a mock, which Prism answers. Resolves once it does.
 *
 * @throws {SetupError} for a spec that is missing, broken (the message lists the findings) or without operations,
 *   and for a host or a port that cannot be bound
 * @example
 * await using mock = await startMock();
 * await fetch(`${mock.url}/api/token`, { method: 'POST', body: new URLSearchParams({ grant_type: 'password' }) });
 */
export async function startMock({ specFile = findOwnSpec(), ...settings }: MockSettings = {}): Promise<Mock> {
  return serveSpec(await loadSpec(specFile), settings);
}

/**
 * Finds the toolkit's own spec, by the package's own name: it leads there from the sources and from the compiled files
 * alike.
 */
export function findOwnSpec(): string {
  return fileURLToPath(import.meta.resolve('nexudus-auth-contract/openapi.yaml'));
}

async function loadSpec(file: string): Promise<Spec> {
  const { readSpec } = await import('../spec/read-spec.ts');
  const { spec, findings } = await readSpec(file);
  if (spec === undefined) {
    throw new SetupError(findings.map(formatFinding).join('\n'));
  }
  return spec;
}
