import { existsSync, readFileSync } from 'node:fs';
import { SetupError } from '../../cli/command.ts';
import { loadProject, requireProject } from '../../cli/config.ts';
import { formatFinding } from '../../cli/finding.ts';
import { builtFile } from '../../cli/toolkit.ts';
import { hashContent } from '../../files/content.ts';
import type { Spec } from '../../openapi/read-spec.ts';
import type { Operation, Prism } from './library.ts';
import { createPrism } from './prism.ts';

/**
 * Finds the spec of the project: that of the working directory, or that of a config.
 *
 * @throws {SetupError} where there is no config
 */
export async function findOwnSpec(configFile?: string): Promise<string> {
  const project = await loadProject({ configFile });
  return requireProject(project, 'The mock needs the spec that it serves', 'mock --spec openapi.yaml')
    .specFile;
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
  const { readSpec } = await import('../../openapi/read-spec.ts');
  const { spec, findings } = await readSpec(file);
  if (spec === undefined) {
    throw new SetupError(findings.map(formatFinding).join('\n'));
  }
  return spec;
}

/**
 * Loads Prism with a spec.
 *
 * @throws {SetupError} for one that Prism can't load
 */
export async function loadPrism({ file, document, operations }: ServedSpec): Promise<Prism> {
  try {
    return await createPrism(document, operations);
  } catch (cause) {
    throw new SetupError(`Prism cannot load the spec ${file}: ${(cause as Error).message}`, { cause });
  }
}

/** A spec that can be served. */
export interface ServedSpec extends Pick<Spec, 'file' | 'document'> {
  /** What Prism reads from the document, where the build has left it. Default: Prism reads it. */
  operations?: readonly Operation[] | undefined;
}

/**
 * Reads the spec that the build has compiled, or `undefined` where `file` is another one, has changed since,
 * or nothing is built.
 */
export function readCompiledSpec(file: string): ServedSpec | undefined {
  const operationsFile = builtFile('prism-operations.json');
  if (!existsSync(operationsFile) || !existsSync(file)) {
    return undefined;
  }
  const { specHash, operations } = readJson<ServedSpec & { specHash: string }>(operationsFile);
  return specHash === hashContent(readFileSync(file))
    ? { file, operations, document: readJson(builtFile('openapi.json')) }
    : undefined;
}

function readJson<Value>(file: string): Value {
  return JSON.parse(readFileSync(file, 'utf8'));
}
