import { type Command, type CommandContext, defineCommand, SetupError } from '../../cli/command.ts';
import { parseCount } from './benchmark.ts';
import {
  askOnce,
  type Load,
  type LoadResult,
  type RunningServer,
  sendLoad,
  startServer,
  times,
  untilMs,
} from './load.ts';
import { brokenSignIn, findBuiltCli, openWorlds, serveWith, signIns, sourceCli } from './mock-contestants.ts';

const connections = 16;
const parts = 10;

/** `bench soak`. */
export const command: Command = defineCommand({
  name: 'soak',
  synopsis: ['[options]'],
  description: `Sends many requests to the mock over 16 connections that are kept alive, and verifies each response: half of them to a
plain mock, then half to one with --simulate. Of ten requests, three are the same sign-in, three are sign-ins that are
all different, one is invalid, one has a token of an earlier response, and two are sign-ins in 100 worlds, which are new ones for each tenth. Fails if the
memory of a mock grows by more than a limit in the second half, after its caches have filled: the mock then keeps
something of each request.`,
  options: {
    requests: {
      type: 'string',
      value: 'N',
      default: '1000000',
      help: 'the number of requests; of few, the caches are not full',
    },
    minutes: {
      type: 'string',
      value: 'N',
      default: '10',
      help: 'stop after this time, with what was sent by then',
    },
    'max-growth': { type: 'string', value: 'N', default: '32', help: 'the limit, in MiB' },
    source: { type: 'boolean', help: 'run the mock from its sources, even if it is built' },
  },
  exitCodes: { 0: 'within the limit', 1: 'beyond it', 2: 'wrong usage, or an incorrect response' },
  run: async (options, context) => {
    const requests = parseCount('--requests', options.requests);
    const maxGrowthMiB = parseCount('--max-growth', options['max-growth']);
    const limitMs = parseCount('--minutes', options.minutes) * 60_000;
    if (requests < 20 * parts) {
      throw new SetupError(`--requests is "${requests}", expected at least ${20 * parts}.`);
    }
    const cli = (options.source ? undefined : findBuiltCli()) ?? sourceCli;
    let isBounded = true;
    for (const mode of [[], ['--simulate']]) {
      await using server = await startServer(serveWith(cli, ...mode), signIns());
      context.stdout(['mock', ...mode].join(' '));
      const memory = await soak(server, requests / 2, limitMs / 2, context);
      const result = checkMemory(memory, maxGrowthMiB);
      isBounded &&= result.isBounded;
      context.stdout(`  memory at rest and after each tenth, in MiB: ${memory.map(Math.round).join(' ')}`);
      context.stdout(
        `  grown by ${Math.round(result.growthMiB)} MiB in the second half, expected at most ${maxGrowthMiB}`,
      );
    }
    return isBounded ? 0 : 1;
  },
});

/** Sends all requests, and gives the memory at rest and after each tenth of them. */
async function soak(
  { url, readMemory, readWords }: RunningServer,
  requests: number,
  limitMs: number,
  { stdout, stderr }: CommandContext,
): Promise<number[]> {
  const inTime = untilMs(limitMs);
  const { renewWorlds, nextRequest, isGood } = await mixRequests(url, stderr);
  const load = (count: number): Promise<LoadResult> => {
    const isDue = times(Math.round(count));
    return sendLoad({ url, connections, nextRequest, isGood, isDue: () => inTime() && isDue() });
  };
  const memory = [readMemory()];
  let durationMs = 0;
  let answers = 0;
  for (let part = 1; part <= parts && inTime(); part += 1) {
    await renewWorlds();
    const result = await load(requests / parts);
    answers += result.answers;
    durationMs += result.durationMs;
    memory.push(readMemory());
    stderr(`${answers} answers, ${Math.round(memory.at(-1) ?? 0)} MiB`);
  }
  const seconds = durationMs / 1000;
  stdout(`  ${answers} good answers in ${seconds.toFixed(0)} s, ${Math.round(answers / seconds)} a second`);
  if (readWords() !== '') {
    throw new Error(`The mock has written to stderr: ${readWords()}`);
  }
  return memory;
}

interface Mix extends Pick<Load, 'nextRequest' | 'isGood'> {
  /** Has requests go to other worlds from now on, and disposes of those before. */
  renewWorlds: () => Promise<void>;
}

/** Mixes ten kinds of requests, one after the other, and looks at the answers of each. */
async function mixRequests(url: string, tell: (line: string) => void): Promise<Mix> {
  const { repeat, vary, isGood: isSignedIn } = signIns();
  let worlds: string[] = [];
  let inWorlds = signIns();
  const renewWorlds = async (): Promise<void> => {
    for (const world of worlds) {
      await fetch(`${url}/__mock__/worlds?id=${world.split('/').at(-1)}`, { method: 'DELETE' });
    }
    worlds = await openWorlds(url, 100).catch((error: Error) => {
      tell(`${error.message} Sign-ins outside of worlds take their place.`);
      return [];
    });
    inWorlds = signIns(worlds.length === 0 ? [''] : worlds);
  };
  let count = 0;
  const readToken = (answer: string): string | undefined => /"access_token":"([^"]+)"/.exec(answer)?.[1];
  let token = readToken(await askOnce(url, repeat()));
  const withToken = (): string =>
    `GET /api/auth/media/customer HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: Bearer ${token}\r\n\r\n`;
  const kinds = [
    ...[repeat, repeat, repeat],
    ...[vary, vary, vary],
    () => brokenSignIn,
    withToken,
    ...[() => inWorlds.repeat(), (at: number) => inWorlds.vary(at)],
  ];
  return {
    renewWorlds,
    nextRequest: () => {
      count += 1;
      return kinds[count % kinds.length]?.(count) ?? repeat();
    },
    isGood: (answer, request) => {
      if (request === brokenSignIn) {
        return answer.startsWith('HTTP/1.1 400 ');
      }
      if (request.startsWith('GET ')) {
        return answer.startsWith('HTTP/1.1 200 ') && answer.includes('"jwt"');
      }
      if (request.startsWith('POST /api/')) {
        token = readToken(answer);
      }
      return isSignedIn(answer);
    },
  };
}

/** How the memory of a server went. */
export interface MemoryResult {
  /** In the second half, in MiB. */
  growthMiB: number;
  isBounded: boolean;
}

/**
 * Checks the memory of a server, in MiB: at rest, and after each part of a load. In the first half, code is compiled and
 * caches fill.
 */
export function checkMemory([, ...parts]: readonly number[], maxGrowthMiB: number): MemoryResult {
  const half = parts[Math.floor((parts.length - 1) / 2)] ?? 0;
  const growthMiB = (parts.at(-1) ?? half) - half;
  return { growthMiB, isBounded: growthMiB <= maxGrowthMiB };
}
