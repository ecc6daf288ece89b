import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SetupError } from '../cli/command.ts';
import { type Finding, formatPath } from '../cli/finding.ts';
import { hashContent } from '../files/difference.ts';
import { writeWhole } from '../files/write-whole.ts';
import {
  defaultOutDir,
  describeOrigin,
  type GenerateOptions,
  generatedNames,
  hasHeader,
  wantsFormats,
} from './model/origin.ts';

/** What became of a generated file. */
export interface WrittenFile {
  /** The path as people type it. */
  file: string;
  outcome: 'written' | 'unchanged' | 'deleted';
}

/**
 * Writes the generated files of a spec, each whole or not at all, and deletes those that are generated no more. Nothing
 * changes when the spec can't be read. Where an earlier run has made just the files that are there, nothing else is loaded.
 *
 * @throws {SetupError} when there is no such spec, or the folder can't be written to
 */
export async function writeGenerated(
  options: GenerateOptions,
): Promise<{ written: WrittenFile[]; findings: Finding[] }> {
  const memory = openMemory(options);
  if (memory?.isFresh() === true) {
    const unchanged = generatedNames.map((name) => describe(options, name, 'unchanged'));
    return { written: [...unchanged, ...deleteLeftOver(options)], findings: [] };
  }
  const { generateFiles } = await import('./files.ts');
  const { files, sources, findings } = await generateFiles(options);
  if (files === undefined) {
    return { written: [], findings };
  }
  const written = generatedNames.map((name) =>
    describe(options, name, writeOrExplain(locate(options, name), files[name])),
  );
  memory?.remember(sources, files);
  return { written: [...written, ...deleteLeftOver(options)], findings };
}

/** Deletes what an earlier version generated and this one does not: it says in its first line that it is generated. */
function deleteLeftOver(options: GenerateOptions): WrittenFile[] {
  const folder = locate(options, '.');
  const entries = readdirSync(folder, { withFileTypes: true });
  const others = entries.filter(
    (entry) =>
      entry.isFile() &&
      entry.name.endsWith('.ts') &&
      !(generatedNames as readonly string[]).includes(entry.name) &&
      hasHeader(readFileSync(join(folder, entry.name), 'utf8')),
  );
  return others.map(({ name }) => {
    rmSync(join(folder, name));
    return describe(options, name, 'deleted');
  });
}

function describe(options: GenerateOptions, name: string, outcome: WrittenFile['outcome']): WrittenFile {
  return { file: formatPath(locate(options, name)), outcome };
}

function locate({ outDir = defaultOutDir }: GenerateOptions, name: string): string {
  return join(outDir, name);
}

function writeOrExplain(file: string, text: string): WrittenFile['outcome'] {
  try {
    return writeWhole(file, text);
  } catch (cause) {
    const message = `Cannot write ${formatPath(file)}: ${(cause as Error).message}. Name another folder with --out.`;
    throw new SetupError(message, { cause });
  }
}

/** The outputs of the last run, and its inputs. A wrong or missing memory costs only time. */
export interface Memory {
  /** Tells whether the generated files are, byte by byte, what the last run made of what is there now. */
  isFresh: () => boolean;
  /** Keeps what a run made: the texts of the files that it read, by path or URL, and of those that it wrote, by name. */
  remember: (sources: ReadonlyMap<string, string>, files: Readonly<Record<string, string>>) => void;
}

const record = '.package-lock.json';
const ownScripts = fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? '..' : '.', import.meta.url));

/**
 * Opens the memory; `undefined` where npm keeps no record of packages. Open it before the generator is loaded, which is
 * in the folder `scripts`, so that a generator that changes meanwhile is seen as another one.
 */
export function openMemory(options: GenerateOptions, scripts: string = ownScripts): Memory | undefined {
  const { specFile, overlays, allowRemoteRefs, outDir = defaultOutDir } = options;
  const modules = scripts.split(sep).map((_, at) => join(scripts, '../'.repeat(at), 'node_modules'));
  const home = modules.find((folder) => read(join(folder, record)) !== undefined);
  if (home === undefined) {
    return undefined;
  }
  const names = readdirSync(scripts, { recursive: true, encoding: 'utf8' });
  const code = names.filter((name) => /^(?!.*node_modules).+\.[jt]s$/.test(name)).sort();
  const parts = [process.version, read(join(home, record)), ...code.map((name) => read(join(scripts, name)))];
  const generator = hashAll(parts);
  const place = JSON.stringify([
    ...[resolve(specFile), overlays, allowRemoteRefs],
    ...[resolve(outDir), describeOrigin(options), wantsFormats(options)],
  ]);
  const hash = (...texts: unknown[]): string => hashContent(JSON.stringify([place, generator, texts]));
  // Two runs may share a file: there are at most 256.
  const file = join(home, '.cache/openapi-contract-kit/generate', hashContent(place).slice(0, 2));
  return {
    isFresh: () => {
      const [last, ...paths] = read(file)?.split('\n') ?? [];
      const sources = paths.map((path) => read(path)?.replaceAll('\r\n', '\n'));
      const files = generatedNames.map((name) => read(join(outDir, name)));
      return last === hash(hashAll(sources), hashAll(files));
    },
    remember: (sources, files) => {
      const made = hash(hashAll([...sources.values()]), hashAll(generatedNames.map((name) => files[name])));
      // What came over the network is not a file that can be read again: such a run is never taken for fresh.
      attempt(() => writeWhole(file, [made, ...[...sources.keys()].map((path) => resolve(path))].join('\n')));
    },
  };
}

/** Hashes texts one by one: as one text, those of a large document take longer to join than to hash. */
const hashAll = (texts: readonly (string | undefined)[]): (string | undefined)[] =>
  texts.map((text) => (text === undefined ? undefined : hashContent(text)));

const read = (path: string): string | undefined => attempt(() => readFileSync(path, 'utf8'));
function attempt<Result>(action: () => Result): Result | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}
