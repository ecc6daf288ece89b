import { existsSync, readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { SetupError } from '../../cli/command.ts';
import { loadProject, requireProject } from '../../cli/config.ts';
import { type Finding, formatFinding } from '../../cli/finding.ts';
import { builtFile } from '../../cli/toolkit.ts';
import { hashContent } from '../../files/difference.ts';
import type { ReadSettings, Spec } from '../../openapi/read-spec.ts';
import type { Prepared } from './key.ts';
import type { Operation } from './library.ts';

/**
 * Finds the spec of the project of the working directory.
 *
 * @throws {SetupError} where there is no config
 */
export async function findOwnSpec(): Promise<string> {
  return requireProject(await loadProject(), 'The mock needs the spec that it serves', 'mock openapi.yaml')
    .specFile;
}

/** How the spec of a mock is read. */
export interface LoadSettings extends ReadSettings {
  /** Called with the warnings about a spec each time it is read. Default: they are ignored. */
  onWarnings?: ((findings: readonly Finding[]) => void) | undefined;
}

/**
 * Reads a spec that is to be served.
 *
 * @throws {SetupError} for one that is missing or broken; the message lists the findings
 */
export async function loadSpec(file: string, settings: LoadSettings = {}): Promise<ServedSpec> {
  const compiled = settings.overlays?.length ? undefined : readCompiledSpec(file);
  if (compiled !== undefined) {
    return compiled;
  }
  let warnings: readonly Finding[] = [];
  const onWarnings = (found: readonly Finding[]): void => {
    warnings = found;
    settings.onWarnings?.(found);
  };
  return { ...(await readGoodSpec(file, { ...settings, onWarnings })), warnings };
}

/**
 * Reads a spec from its file.
 *
 * @throws {SetupError} for one that is missing or broken; the message lists the findings
 */
export async function readGoodSpec(
  file: string,
  { onWarnings, ...settings }: LoadSettings = {},
): Promise<Spec> {
  const { readSpec } = await import('../../openapi/read-spec.ts');
  const { spec, findings } = await readSpec(file, settings);
  if (spec === undefined) {
    throw new SetupError(findings.map(formatFinding).join('\n'));
  }
  if (findings.length > 0) {
    onWarnings?.(findings);
  }
  return spec;
}

/** A spec that can be served. */
export interface ServedSpec extends Pick<Spec, 'file' | 'document'> {
  /** What Prism reads from the document, where the build has left it. Default: Prism reads it. */
  operations?: readonly Operation[] | undefined;
  /** Loads what the build has prepared for it. Missing where nothing is. */
  loadPrepared?: () => Promise<Prepared>;
  /** What is not as OpenAPI has it. */
  warnings?: readonly Finding[];
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
    ? { file, operations, document: readJson(builtFile('openapi.json')), loadPrepared }
    : undefined;
}

async function loadPrepared(): Promise<Prepared> {
  const { validators } = await import(pathToFileURL(builtFile('plain.js')).href);
  return { validators, answers: readJson(builtFile('plain-answers.json')) };
}

function readJson<Value>(file: string): Value {
  return JSON.parse(readFileSync(file, 'utf8'));
}
