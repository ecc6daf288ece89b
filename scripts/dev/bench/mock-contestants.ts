import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { toolkitFile } from '../../cli/toolkit.ts';
import { findPeerCommand } from '../peers.ts';
import {
  askOnce,
  brokenSignIn,
  findBuiltMock,
  isSignedIn,
  mockFromSource,
  repeatSignIn,
  type ServerArguments,
  sendLoad,
  startServer,
  untilMs,
  varySignIn,
} from './load.ts';

/** A server that takes part. */
export interface Contestant {
  name: string;
  title: string;
  args: ServerArguments;
}

/** The names of those that take part, in the order of the table. */
export const contestantNames = [
  'prism',
  'source',
  'built',
  'mockoon',
  'scalar',
  'openapi-backend',
  'bare',
] as const;

/** One of them. */
export type ContestantName = (typeof contestantNames)[number];

/** Those that are installed apart from the toolkit. */
export const peerNames: readonly ContestantName[] = ['mockoon', 'scalar', 'openapi-backend'];

/**
 * Lists the servers that take part, or why one can't.
 *
 * @param specFile the spec as JSON
 * @param prismFolder where Prism's CLI is installed
 * @param peersFolder where the peers are installed
 */
export function listContestants(
  names: readonly ContestantName[],
  specFile: string,
  prismFolder: string,
  peersFolder: string,
): (Contestant | { name: string; title: string; absence: string })[] {
  const all = describeAll(specFile, prismFolder, peersFolder);
  return names.map((name) => {
    const { title, args, absence = '' } = all[name];
    return args === undefined ? { name, title, absence } : { name, title, args };
  });
}

type Description = { title: string; args: ServerArguments | undefined; absence?: string };

function describeAll(
  specFile: string,
  prismFolder: string,
  peersFolder: string,
): Record<ContestantName, Description> {
  const peer = (path: string): string => join(peersFolder, path);
  return {
    prism: {
      title: 'Prism CLI',
      args: (port) => {
        const prism = findPeerCommand(prismFolder, '@stoplight/prism-cli');
        return [prism, 'mock', '--port', String(port), specFile];
      },
    },
    source: { title: 'this mock, from source', args: mockFromSource },
    built: {
      title: 'this mock, built',
      args: findBuiltMock(),
      absence: 'nothing is built: npm run build',
    },
    mockoon: {
      title: 'Mockoon CLI',
      args: (port) => [
        peer('node_modules/@mockoon/cli/bin/run.js'),
        ...['start', '--data', specFile, '--port', String(port), '--hostname', '127.0.0.1'],
        '--disable-log-to-file',
      ],
    },
    scalar: {
      title: 'Scalar mock server',
      args: (port) => [peer('serve-scalar.mjs'), specFile, String(port)],
    },
    'openapi-backend': {
      title: 'openapi-backend',
      args: (port) => [peer('serve-openapi-backend.mjs'), specFile, String(port)],
    },
    bare: {
      title: 'bare node:http',
      args: (port) => [toolkitFile('scripts/dev/bench/bare-server.ts'), String(port)],
    },
  };
}

/** What is measured of one server in one round. */
export interface Sample {
  /** From the start of the process to the first good answer, in milliseconds. */
  startMs: number;
  /** Resident, at rest after the start, in MiB. */
  memoryMiB: number;
  /** Answers a second to one request, again and again. */
  repeated: number;
  /** Answers a second to requests that are all different. */
  different: number;
}

/** How long each load lasts, in milliseconds. */
export interface MeasureSettings {
  warmUpMs: number;
  loadMs: number;
}

/** How many connections ask at once. */
const connections = 16;
const restMs = 500;

// Counts on from run to run, so that no server gets the same request twice.
let first = 0;

/**
 * Starts a server, lets it rest, and measures it under both loads.
 *
 * @throws {Error} when it gives an answer that is not good
 */
export async function measure({ args }: Contestant, { warmUpMs, loadMs }: MeasureSettings): Promise<Sample> {
  await using server = await startServer(args);
  const { url, startMs } = server;
  await delay(restMs);
  const memoryMiB = server.readMemory();
  const load = async (nextRequest: () => string, durationMs: number): Promise<number> => {
    const isDue = untilMs(durationMs);
    const result = await sendLoad({ url, connections, nextRequest, isGood: isSignedIn, isDue });
    return result.answers / (result.durationMs / 1000);
  };
  const vary = (): (() => string) => {
    first += 10_000_000;
    return varySignIn(first);
  };
  await load(vary(), warmUpMs);
  const different = await load(vary(), loadMs);
  await load(repeatSignIn(), warmUpMs);
  return { startMs, memoryMiB, different, repeated: await load(repeatSignIn(), loadMs) };
}

/**
 * Whether a server looks at what it is sent: a sign-in without its grant type gets no success.
 */
export async function validates({ args }: Contestant): Promise<boolean> {
  await using server = await startServer(args);
  return !isSignedIn(await askOnce(server.url, brokenSignIn));
}
