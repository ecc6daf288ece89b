import { existsSync, readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { SetupError } from '../../cli/command.ts';
import { loadProject, requireProject } from '../../cli/config.ts';
import { type Finding, formatFinding } from '../../cli/finding.ts';
import { builtFile } from '../../cli/toolkit.ts';
import type { ReadSettings, Spec, SpecReading } from '../../openapi/read-spec.ts';
import type { Prepared } from './key.ts';
import type { Operation } from './library.ts';
import { type KeptSpec, openSpecCache, type SpecCache } from './spec-cache.ts';

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
  /**
   * Whether what was read is kept in the cache folder of the user, for the next start with the same files. Default: true.
   */
  cache?: boolean | undefined;
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
  const cache = settings.cache === false ? undefined : openSpecCache(file, settings);
  const kept = cache?.read();
  const spec = kept ?? (await readAnew(file, settings, cache));
  if (spec.warnings.length > 0) {
    settings.onWarnings?.(spec.warnings);
  }
  return spec;
}

async function readAnew(
  place: string,
  { cache: _cache, onWarnings: _onWarnings, ...settings }: LoadSettings,
  cache: SpecCache | undefined,
): Promise<KeptSpec> {
  const { spec, sources, findings } = await readOrRefuse(place, settings);
  // Without the places of everything, which take as much memory as the document.
  const { file, document } = spec;
  const kept = { file, document, warnings: findings };
  cache?.write(kept, sources);
  const length = [...sources.values()].reduce((sum, text) => sum + text.length, 0);
  if (length > largeLength) {
    collectGarbage();
  }
  return kept;
}

const largeLength = 2 * 1024 * 1024;

// To read a large document takes several times the memory of the document, and Node keeps it as long as nobody else needs
// it. A mock runs for hours.
function collectGarbage(): void {
  // Neither is loaded for the start of a mock of a small document.
  process.getBuiltinModule('node:v8').setFlagsFromString('--expose-gc');
  const collect: NonNullable<typeof globalThis.gc> = process
    .getBuiltinModule('node:vm')
    .runInNewContext('gc');
  collect({ type: 'major', execution: 'sync', flavor: 'last-resort' });
}

/**
 * Reads a spec from its file.
 *
 * @throws {SetupError} for one that is missing or broken; the message lists the findings
 */
export async function readGoodSpec(
  file: string,
  { onWarnings, ...settings }: Omit<LoadSettings, 'cache'> = {},
): Promise<Spec> {
  const { spec, findings } = await readOrRefuse(file, settings);
  if (findings.length > 0) {
    onWarnings?.(findings);
  }
  return spec;
}

async function readOrRefuse(
  file: string,
  settings: ReadSettings,
): Promise<Extract<SpecReading, { spec: Spec }>> {
  const { readSpec } = await import('../../openapi/read-spec.ts');
  const reading = await readSpec(file, settings);
  if (reading.spec === undefined) {
    throw new SetupError(reading.findings.map(formatFinding).join('\n'));
  }
  return reading;
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
  const source = builtFile('spec.yaml');
  const operations = builtFile('prism-operations.json');
  if (![source, operations, builtFile('plain.js'), file].every((path) => existsSync(path))) {
    return undefined;
  }
  // Compared whole: what hashes would take longer to load.
  return readFileSync(source).equals(readFileSync(file))
    ? { file, operations: readJson(operations), document: readJson(builtFile('openapi.json')), loadPrepared }
    : undefined;
}

async function loadPrepared(): Promise<Prepared> {
  const { validators } = await import(pathToFileURL(builtFile('plain.js')).href);
  return { validators, answers: readJson(builtFile('plain-answers.json')) };
}

function readJson<Value>(file: string): Value {
  return JSON.parse(readFileSync(file, 'utf8'));
}
