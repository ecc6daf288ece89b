import { execFile } from 'node:child_process';
import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { toolkitFile } from '../../cli/toolkit.ts';

/** A client that takes part. */
export interface Contestant {
  name: string;
  title: string;
  /** The file that calls every operation with it. */
  consumerFile: string;
  /** Arguments of Node.js that generate it into a folder. */
  generate: (folder: string) => string[];
}

/** The spec that all are generated from, unless another is named. */
export const specFile: string = toolkitFile('openapi/nexudus-auth.yaml');

/**
 * Lists the clients that need nothing but this toolkit.
 *
 * @param spec what they are generated from
 */
export function listOwn(spec: string = specFile): Contestant[] {
  const consumer = (name: string): string => toolkitFile(`scripts/dev/bench/consumers/${name}.ts`);
  return [
    {
      name: 'openapi-fetch',
      title: 'openapi-fetch',
      consumerFile: consumer('openapi-fetch'),
      generate: (folder) => [
        toolkitFile('node_modules/openapi-typescript/bin/cli.js'),
        ...[spec, '--output', join(folder, 'schema.ts')],
      ],
    },
    {
      name: 'own',
      title: 'this client',
      consumerFile: consumer('own'),
      generate: (folder) => [toolkitFile('scripts/cli.ts'), ...['generate', '--spec', spec, '--out', folder]],
    },
  ];
}

/**
 * Lists the clients that are installed apart.
 *
 * @param peersFolder where the peers are installed
 * @param spec what they are generated from
 */
export function listPeers(peersFolder: string, spec: string = specFile): Contestant[] {
  const bin = (path: string): string => join(peersFolder, 'node_modules', path);
  const consumer = (name: string): string => join(peersFolder, name, 'consumer.ts');
  return [
    {
      name: 'hey-api',
      title: 'Hey API',
      consumerFile: consumer('hey-api'),
      generate: (folder) => [
        bin('@hey-api/openapi-ts/bin/run.js'),
        ...['-i', spec, '-o', folder, '-c', '@hey-api/client-fetch', '--no-log-file'],
      ],
    },
    {
      name: 'orval',
      title: 'orval',
      consumerFile: consumer('orval'),
      generate: (folder) => [
        bin('orval/dist/bin/orval.mjs'),
        ...['--input', spec, '--output', join(folder, 'api.ts'), '--client', 'fetch'],
      ],
    },
  ];
}

/**
 * Generates a peer's client beside its consumer. The consumers are kept as texts: what they import is there only now.
 *
 * @throws {Error} with the generator's own words where it fails
 */
export async function preparePeer({ name, generate }: Contestant, peersFolder: string): Promise<void> {
  const folder = join(peersFolder, name);
  mkdirSync(folder, { recursive: true });
  cpSync(join(peersFolder, `${name}.ts.txt`), join(folder, 'consumer.ts'));
  await runTimed(generate(join(folder, 'generated')), peersFolder);
}

/** The medians of one client; a figure that could not be measured is missing. */
export interface Figures {
  minified?: number;
  gzipped?: number;
  types?: number;
  instantiations?: number;
  callMicroseconds?: number;
  generateMs?: number;
  /** Generation that has nothing to do. */
  idleMs?: number;
}

/** A client at work: its folder for what is made of it, and what is known of it so far. */
export interface Entry {
  contestant: Contestant;
  folder: string;
  figures: Figures;
  absences: string[];
}

/**
 * Does a piece of work for each, in turn. That one can't do it says something about it, and leaves the others their
 * figures.
 *
 * @param what the work is called in the reason that is kept
 */
export async function eachEntry(
  entries: readonly Entry[],
  what: string,
  work: (entry: Entry) => Promise<void>,
): Promise<void> {
  for (const entry of entries) {
    try {
      await work(entry);
    } catch (error) {
      entry.absences.push(`${what}: ${(error as Error).message.slice(0, 400)}`);
    }
  }
}

/**
 * Runs Node.js with these arguments, and gives what it prints and how long the process took, in milliseconds.
 *
 * @throws {Error} with what it printed where it exits with another code than 0
 */
export async function runTimed(args: string[], cwd: string): Promise<{ stdout: string; durationMs: number }> {
  const start = performance.now();
  try {
    const { stdout } = await promisify(execFile)(process.execPath, args, {
      cwd,
      maxBuffer: 64 * 1024 * 1024,
    });
    return { stdout, durationMs: performance.now() - start };
  } catch (cause) {
    const { message, stdout = '' } = cause as Error & { stdout?: string };
    throw new Error(`${message}${stdout}`, { cause });
  }
}
