import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { hashContent } from '../files/hash-content.ts';
import { writeWhole } from '../files/write-whole.ts';
import { defaultSpecFile } from '../spec/default-spec-file.ts';
import { type GeneratedFiles, type GenerateOptions, generatedNames } from './generated-files.ts';
import { findModules, hashGenerator } from './hash-generator.ts';
import { defaultOutDir, describeOrigin } from './origin.ts';

/** What earlier runs made, and of what. A memory that is wrong or gone costs time, and nothing else. */
export interface Memory {
  /** Tells whether the generated files are, byte by byte, what an earlier run made of what is there now. */
  isFresh: () => boolean;
  /**
   * Keeps what a run has made.
   *
   * @param sources the text of each file that the spec was read from, by its path or URL
   */
  remember: (sources: ReadonlyMap<string, string>, files: GeneratedFiles) => void;
}

interface Run {
  /** Of where the spec is and where the files go. */
  key: string;
  /** The paths of the files that the spec was read from. */
  sources: string[];
  /** Of all that was read and written, and of what did it. */
  hash: string;
}

// The build puts all of it into one folder.
const ownScripts = fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? '..' : '.', import.meta.url));
const maxRuns = 20;

/**
 * Opens the memory of runs with these options, or `undefined` where there is no record of the packages that are
 * installed. Open it before the generator is loaded: one that changes meanwhile is then taken for another.
 *
 * @param scripts the folder that the generator's code is in
 */
export function openMemory(options: GenerateOptions, scripts: string = ownScripts): Memory | undefined {
  const { specFile = defaultSpecFile, outDir = defaultOutDir } = options;
  const modules = findModules(scripts);
  if (modules === undefined) {
    return undefined;
  }
  const file = join(modules, '.cache/nexudus-auth-contract/generate.json');
  const generator = hashGenerator(scripts, modules);
  const origin = [resolve(specFile), resolve(outDir), describeOrigin(specFile, outDir)];
  const key = hashContent(JSON.stringify(origin));
  const hash = (sources: unknown[], outputs: unknown[]): string =>
    hashContent(JSON.stringify([generator, origin, sources, outputs]));
  return {
    isFresh: () => {
      const run = readRuns(file).find((one) => one.key === key);
      const sources = run?.sources.map((path) => [path, readText(path)?.replaceAll('\r\n', '\n')]) ?? [];
      const outputs = generatedNames.map((name) => readText(join(outDir, name)));
      return run?.hash === hash(sources, outputs);
    },
    remember: (sources, files) => {
      // What came over the network is no file to be read again, so that such a run is never taken for fresh.
      const texts = [...sources].map(([path, text]) => [resolve(path), text] as const);
      const outputs = generatedNames.map((name) => files[name]);
      keepRun(file, { key, sources: texts.map(([path]) => path), hash: hash(texts, outputs) });
    },
  };
}

function keepRun(file: string, run: Run): void {
  const others = readRuns(file).filter(({ key }) => key !== run.key);
  try {
    writeWhole(file, JSON.stringify([run, ...others].slice(0, maxRuns)));
  } catch {
    // Whoever may not write there runs as fast as the first time.
  }
}

function readRuns(file: string): Run[] {
  try {
    const runs: unknown = JSON.parse(readText(file) ?? '[]');
    return Array.isArray(runs) ? runs.filter(isRun) : [];
  } catch {
    return [];
  }
}

function isRun(value: unknown): value is Run {
  const { key, sources, hash } = (value ?? {}) as Partial<Run>;
  return typeof key === 'string' && typeof hash === 'string' && Array.isArray(sources);
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
