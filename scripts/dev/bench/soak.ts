import { type Command, type CommandContext, defineCommand, SetupError } from '../../cli/command.ts';
import { parseCount } from './benchmark.ts';
import {
  askOnce,
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
all different, one is invalid, one has a token of an earlier response, and two are sign-ins in 100 worlds. Fails if the
memory of a mock grows by more than a limit after a warm-up of a fifth of its requests: the mock then keeps something
of each request.`,
  options: {
    requests: { type: 'string', value: 'N', default: '1000000', help: 'the number of requests' },
    minutes: {
      type: 'string',
      value: 'N',
      default: '10',
      help: 'stop after this time, with what was sent by then',
    },
    'max-growth': { type: 'string', value: 'N', default: '64', help: 'the limit, in MiB' },
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
      context.stdout(
        `  memory at rest, warm, and after each tenth, in MiB: ${memory.map(Math.round).join(' ')}`,
      );
      context.stdout(
        `  grown by ${Math.round(result.growthMiB)} MiB since the warm-up, expected at most ${maxGrowthMiB}`,
      );
    }
    return isBounded ? 0 : 1;
  },
});

/** Sends all requests, and gives the memory at rest, after the warm-up, and after each tenth of the requests. */
async function soak(
  { url, readMemory, readWords }: RunningServer,
  requests: number,
  limitMs: number,
  { stdout, stderr }: CommandContext,
): Promise<number[]> {
  const inTime = untilMs(limitMs);
  const { nextRequest, isGood } = await mixRequests(url, stderr);
  const load = (count: number): Promise<LoadResult> => {
    const isDue = times(Math.round(count));
    return sendLoad({ url, connections, nextRequest, isGood, isDue: () => inTime() && isDue() });
  };
  const memory = [readMemory()];
  const warmUp = await load(requests / 5);
  memory.push(readMemory());
  let { durationMs, answers } = warmUp;
  for (let part = 1; part <= parts && inTime(); part += 1) {
    const result = await load((requests - warmUp.answers) / parts);
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

/** Mixes ten kinds of requests, one after the other, and looks at the answers of each. */
async function mixRequests(
  url: string,
  tell: (line: string) => void,
): Promise<{ nextRequest: () => string; isGood: (answer: string, request: string) => boolean }> {
  const { repeat, vary, isGood: isSignedIn } = signIns();
  const worlds = await openWorlds(url, 100).catch((error: Error) => {
    tell(`${error.message} Sign-ins outside of worlds take their place.`);
    return [''];
  });
  const inWorlds = signIns(worlds);
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
    ...[inWorlds.repeat, inWorlds.vary],
  ];
  return {
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
  /** From after the warm-up to the end, in MiB. */
  growthMiB: number;
  isBounded: boolean;
}

/**
 * Checks the memory of a server, in MiB: at rest, after a warm-up, in which code is compiled and caches fill, and after
 * each part of a load.
 */
export function checkMemory(memory: readonly number[], maxGrowthMiB: number): MemoryResult {
  const [atRest = 0, warm = atRest] = memory;
  const growthMiB = (memory.at(-1) ?? warm) - warm;
  return { growthMiB, isBounded: growthMiB <= maxGrowthMiB };
}
