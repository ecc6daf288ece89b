import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { toolkitFile } from '../../cli/toolkit.ts';
import { findPeerCommand } from '../peers.ts';
import { askOnce, type CommandLine, sendLoad, startServer, untilMs, type Work } from './load.ts';

/** A server that takes part. */
export interface Contestant {
  name: string;
  title: string;
  command: CommandLine;
  /** Makes what it is asked for, once it serves. Default: sign-ins. */
  prepare?: (url: string) => Promise<Work>;
}

/** The names of those that take part, in the order of the table. */
export const contestantNames = [
  'prism',
  'source',
  'built',
  'simulate',
  'worlds',
  'mockoon',
  'scalar',
  'openapi-backend',
  'steady',
  'bare',
] as const;

/** One of them. */
export type ContestantName = (typeof contestantNames)[number];

/** Those that are installed apart from the toolkit. */
export const peerNames: readonly ContestantName[] = ['mockoon', 'scalar', 'openapi-backend', 'steady'];

/** Those without which the figures say nothing. */
export const neededNames: readonly ContestantName[] = ['prism', 'source', 'built', 'bare'];

const node = process.execPath;
const here = (file: string): string => toolkitFile(`scripts/dev/bench/mock-peers/${file}`);

/** The mock, as the repository or a package of it has it. */
export function serveWith(cli: string, ...options: readonly string[]): CommandLine {
  return (port) => [node, cli, 'mock', '--quiet', '--port', String(port), ...options];
}

/** The command line of the repository, from its sources. */
export const sourceCli: string = toolkitFile('scripts/cli.ts');

/** That of a package that is built. `undefined` where nothing is. */
export function findBuiltCli(path = 'nexudus-auth-contract/commands/cli.js'): string | undefined {
  const cli = toolkitFile(`dist/${path}`);
  return existsSync(cli) ? cli : undefined;
}

/** Prism's own command, of a folder that it is installed in. */
export function servePrism(folder: string, specFile: string): CommandLine {
  return (port) => [
    node,
    findPeerCommand(folder, '@stoplight/prism-cli'),
    'mock',
    ...['--port', String(port), specFile],
  ];
}

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
    const { command, ...described } = all[name];
    return command === undefined
      ? { name, title: described.title, absence: 'nothing is built: npm run build' }
      : { name, command, ...described };
  });
}

type Description = Pick<Contestant, 'title' | 'prepare'> & { command: CommandLine | undefined };

function describeAll(
  specFile: string,
  prismFolder: string,
  peersFolder: string,
): Record<ContestantName, Description> {
  const peer = (path: string): string => join(peersFolder, path);
  const built = findBuiltCli();
  const own = (...options: string[]): CommandLine | undefined =>
    built === undefined ? undefined : serveWith(built, ...options);
  return {
    prism: { title: 'Prism CLI', command: servePrism(prismFolder, specFile) },
    source: { title: 'this mock, from source', command: serveWith(sourceCli) },
    built: { title: 'this mock, built', command: own() },
    simulate: { title: 'this mock, built, --simulate', command: own('--simulate') },
    worlds: {
      title: 'this mock, built, 100 worlds',
      command: own(),
      prepare: async (url) => signIns(await openWorlds(url, 100)),
    },
    mockoon: {
      title: 'Mockoon CLI',
      command: (port) => [
        node,
        peer('node_modules/@mockoon/cli/bin/run.js'),
        ...['start', '--data', specFile, '--port', String(port), '--hostname', '127.0.0.1'],
        '--disable-log-to-file',
      ],
    },
    scalar: {
      title: 'Scalar mock server',
      command: (port) => [node, peer('serve-scalar.mjs'), specFile, String(port)],
    },
    'openapi-backend': {
      title: 'openapi-backend',
      command: (port) => [node, peer('serve-openapi-backend.mjs'), specFile, String(port)],
    },
    steady: {
      title: 'Steady',
      // Its script starts this program, and would leave it behind.
      command: (port) => [
        peer(`node_modules/@stdy/cli-${process.platform}-${process.arch}/bin/steady`),
        ...['--port', String(port), '--host', '127.0.0.1', '--quiet', specFile],
      ],
    },
    bare: { title: 'bare node:http', command: (port) => [node, here('serve-bare.mjs'), String(port)] },
  };
}

/**
 * Makes worlds in a mock, and gives what goes before the path of each request to them.
 *
 * @throws {Error} where the mock has none
 */
export async function openWorlds(url: string, count: number): Promise<string[]> {
  const paths: string[] = [];
  while (paths.length < count) {
    const response = await fetch(`${url}/__mock__/worlds`, { method: 'POST' });
    if (!response.ok) {
      throw new Error(`POST /__mock__/worlds gets ${response.status}: this mock has no worlds.`);
    }
    const world: { url: string } = await response.json();
    paths.push(new URL(world.url).pathname.replace(/\/$/, ''));
  }
  return paths;
}

/**
 * The work that every server is given: a sign-in, which is answered with a bearer token.
 *
 * @param paths what goes before the path of the request, each in its turn
 */
export function signIns(paths: readonly string[] = ['']): Work {
  let turn = 0;
  const format = (body: string): string => {
    turn = (turn + 1) % paths.length;
    return (
      `POST ${paths[turn]}/api/token HTTP/1.1\r\nhost: 127.0.0.1\r\naccept: */*\r\n` +
      `content-type: application/x-www-form-urlencoded\r\ncontent-length: ${body.length}\r\n\r\n${body}`
    );
  };
  return {
    repeat: () => format('grant_type=password&username=ada%40lovelace.dev&password=correct-horse'),
    vary: (count) =>
      format(`grant_type=password&username=ada-${count}%40lovelace.dev&password=correct-horse-${count}`),
    isGood: (answer) => answer.startsWith('HTTP/1.1 200 ') && answer.includes('"access_token"'),
  };
}

/** A request that breaks the spec: its grant type is missing. */
export const brokenSignIn: string = signIns().repeat().replace('grant_type=password', 'grant_typo=password');

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
let count = 0;

/**
 * Starts a server, lets it rest, and measures it under both loads.
 *
 * @throws {Error} when it gives an answer that is not good
 */
export async function measure(
  { command, prepare }: Pick<Contestant, 'command' | 'prepare'>,
  { warmUpMs, loadMs }: MeasureSettings,
  usual: Work = signIns(),
): Promise<Sample> {
  await using server = await startServer(command, usual);
  const { url, startMs } = server;
  await delay(restMs);
  const memoryMiB = server.readMemory();
  const work = (await prepare?.(url)) ?? usual;
  const load = async (nextRequest: () => string): Promise<number> => {
    const send = (durationMs: number): ReturnType<typeof sendLoad> =>
      sendLoad({ url, connections, nextRequest, isGood: work.isGood, isDue: untilMs(durationMs) });
    await send(warmUpMs);
    const { answers, durationMs } = await send(loadMs);
    return answers / (durationMs / 1000);
  };
  const vary = (): string => {
    count += 1;
    return work.vary(count);
  };
  return { startMs, memoryMiB, different: await load(vary), repeated: await load(work.repeat) };
}

/**
 * Whether a server looks at what it is sent: a sign-in without its grant type gets no success.
 */
export async function validates({ command }: Contestant): Promise<boolean> {
  const work = signIns();
  await using server = await startServer(command, work);
  return !work.isGood(await askOnce(server.url, brokenSignIn));
}
