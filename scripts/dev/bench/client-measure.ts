import { deepStrictEqual } from 'node:assert';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { rolldown } from 'rolldown';
import { toolkitFile } from '../../cli/toolkit.ts';
import { findMedian } from './benchmark.ts';
import { type Entry, eachEntry, runTimed } from './client-contestants.ts';

/** What a consumer exports: it calls all operations, and gives what it has read and built. */
type CallAll = () => Promise<unknown[]>;

/** Calls in one run of a consumer; the other operations are built as URLs. */
const callsEach = 4;

const answers: Readonly<Record<string, object>> = {
  '/api/token': { access_token: 'access-token-1', token_type: 'bearer', expires_in: 1, refresh_token: 'r' },
  '/api/sys/users/token/refresh': {
    WasSuccessful: true,
    Value: 'one-time-token-1',
    Status: 200,
    Message: null,
    Errors: null,
  },
  '/api/sys/users/exchange': { token: 'access-token-4', token_type: 'bearer', expires_in: 1 },
  '/api/auth/media/customer': { jwt: 'media-token-1' },
};

const expected = [
  'access-token-1',
  'access-token-4',
  'https://space.example.com/user/login?server=true&t=one-time-token-1&redirectUrl=%2Fuser%2Finvoices',
  'https://portal.example.com/login?t=one-time-token-1',
  'https://space.example.com/api/public/billing/invoices/1024/pdf?t=media-token-1',
];

/** Answers as the server does, without a network. */
export async function stubFetch(input: Request | URL | string): Promise<Response> {
  const url = input instanceof Request ? input.url : String(input);
  const answer = answers[new URL(url, 'https://space.example.com').pathname];
  return answer === undefined ? new Response(null, { status: 404 }) : Response.json(answer);
}

/**
 * Looks at what a consumer gives.
 *
 * @throws {Error} that shows the difference from what it should be
 */
export async function checkCalls(callAll: CallAll): Promise<void> {
  deepStrictEqual(await callAll(), expected);
}

/**
 * Runs a consumer again and again, and gives the time of one call in microseconds.
 *
 * @throws {Error} where the last run gives something wrong
 */
async function timeCalls(callAll: CallAll, runs: number): Promise<number> {
  const start = performance.now();
  for (let run = 0; run < runs; run += 1) {
    await callAll();
  }
  const durationMs = performance.now() - start;
  await checkCalls(callAll);
  return (durationMs * 1000) / (runs * callsEach);
}

/**
 * Lets the bundles that were made of the consumers take turns over the stub, and keeps the time of a call of each.
 */
export async function measureCalls(entries: readonly Entry[], rounds: number, runs: number): Promise<void> {
  const { fetch } = globalThis;
  globalThis.fetch = stubFetch;
  try {
    const ready: { entry: Entry; callAll: CallAll; times: number[] }[] = [];
    await eachEntry(entries, 'call', async (entry) => {
      const { callAll } = await import(pathToFileURL(join(entry.folder, 'entry.mjs')).href);
      await checkCalls(callAll);
      // Warmed up before any is measured.
      await timeCalls(callAll, runs);
      ready.push({ entry, callAll, times: [] });
    });
    for (let round = 0; round < rounds; round += 1) {
      for (const { callAll, times } of ready) {
        times.push(await timeCalls(callAll, runs));
      }
    }
    for (const { entry, times } of ready) {
      entry.figures.callMicroseconds = findMedian(times);
    }
  } finally {
    globalThis.fetch = fetch;
  }
}

/**
 * Bundles and minifies a consumer for the browser into `entry.mjs` of a folder, and gives its sizes in bytes. What it
 * would load late, as the validators, is in files of its own and doesn't count.
 *
 * @throws {Error} where it can't be bundled
 */
export async function measureBytes(
  consumerFile: string,
  folder: string,
): Promise<{ minified: number; gzipped: number }> {
  const bundle = await rolldown({ input: consumerFile, platform: 'browser', logLevel: 'silent' });
  try {
    const { output } = await bundle.write({ dir: folder, entryFileNames: 'entry.mjs', minify: true });
    const [{ code, imports }] = output;
    const needed = output.filter((file) => file.type === 'chunk' && imports.includes(file.fileName));
    const codes = [code, ...needed.map((file) => (file.type === 'chunk' ? file.code : ''))];
    const sum = (sizes: number[]): number => sizes.reduce((total, size) => total + size, 0);
    return {
      minified: sum(codes.map((one) => Buffer.byteLength(one))),
      gzipped: sum(codes.map((one) => gzipSync(one, { level: 9 }).length)),
    };
  } finally {
    await bundle.close();
  }
}

/**
 * Times the whole process that generates each client, into a new folder and then again with nothing to do.
 */
export async function measureGeneration(entries: readonly Entry[], rounds: number): Promise<void> {
  const samples = entries.map((): { fresh: number[]; idle: number[] } => ({ fresh: [], idle: [] }));
  for (let round = 0; round < rounds; round += 1) {
    await eachEntry(entries, 'generate', async ({ contestant, folder }) => {
      const target = join(folder, `generated-${round}`);
      mkdirSync(target);
      const sample = samples[entries.findIndex((entry) => entry.contestant === contestant)];
      const time = async (): Promise<number> =>
        (await runTimed(contestant.generate(target), toolkitFile('.'))).durationMs;
      sample?.fresh.push(await time());
      sample?.idle.push(await time());
    });
  }
  for (const [at, { figures }] of entries.entries()) {
    const { fresh = [], idle = [] } = samples[at] ?? {};
    if (idle.length > 0) {
      Object.assign(figures, { generateMs: findMedian(fresh), idleMs: findMedian(idle) });
    }
  }
}

// Strict and no more: what Hey API generates has an error under exactOptionalPropertyTypes.
export const compilerOptions: Readonly<Record<string, unknown>> & { lib: string[] } = {
  target: 'ES2023',
  lib: ['ES2024', 'DOM', 'DOM.Iterable'],
  module: 'preserve',
  types: [],
  noEmit: true,
  strict: true,
  allowImportingTsExtensions: true,
  skipLibCheck: true,
};

/**
 * Type-checks a consumer, and gives how many types and instantiations that took.
 *
 * @param folder where the settings of TypeScript are put
 * @throws {Error} with the words of TypeScript where the consumer has an error
 */
export async function measureTypes(
  consumerFile: string,
  folder: string,
): Promise<{ types: number; instantiations: number }> {
  const project = join(folder, 'tsconfig.json');
  writeFileSync(project, JSON.stringify({ compilerOptions, files: [consumerFile] }));
  const args = [toolkitFile('node_modules/typescript/bin/tsc'), '-p', project, '--extendedDiagnostics'];
  return readDiagnostics((await runTimed(args, folder)).stdout);
}

/**
 * Reads what `tsc --extendedDiagnostics` prints.
 *
 * @throws {Error} where a figure is missing
 */
export function readDiagnostics(text: string): { types: number; instantiations: number } {
  const read = (name: string): number => {
    const figure = new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(text)?.[1];
    if (figure === undefined) {
      throw new Error(`tsc prints no figure named ${name}.`);
    }
    return Number(figure);
  };
  return { types: read('Types'), instantiations: read('Instantiations') };
}
