import { type Command, type CommandContext, defineCommand, SetupError } from '../../cli/command.ts';
import { parseCount } from './benchmark.ts';
import {
  findBuiltMock,
  isSignedIn,
  type LoadResult,
  mockFromSource,
  type RunningServer,
  repeatSignIn,
  type ServerArguments,
  sendLoad,
  startServer,
  times,
  varySignIn,
} from './load.ts';

const connections = 16;
const warmUp = 200_000;
const parts = 10;

/** `bench soak`. */
export const command: Command = defineCommand({
  name: 'soak',
  synopsis: ['[options]'],
  description: `Sends many requests to the mock over 16 connections that are kept alive, and verifies each response. Half of the
requests are the same, half are all different. Fails if the mock's memory grows by more than a limit after a warm-up
of 200,000 requests: the mock then keeps something of each request.`,
  options: {
    requests: { type: 'string', value: 'N', default: '1000000', help: 'the number of requests' },
    'max-growth': { type: 'string', value: 'N', default: '64', help: 'the limit, in MiB' },
    source: { type: 'boolean', help: 'run the mock from its sources, even if it is built' },
  },
  exitCodes: { 0: 'within the limit', 1: 'beyond it', 2: 'wrong usage, or an incorrect response' },
  run: async (options, context) => {
    const requests = parseCount('--requests', options.requests);
    const maxGrowthMiB = parseCount('--max-growth', options['max-growth']);
    if (requests < parts) {
      throw new SetupError(`--requests is "${requests}", expected at least ${parts}.`);
    }
    await using server = await startServer(pickMock(options.source));
    const memory = await soak(server, requests, context);
    const { growthMiB, isBounded } = checkMemory(memory, maxGrowthMiB);
    context.stdout(`memory at rest, warm, and after each tenth, in MiB: ${memory.map(Math.round).join(' ')}`);
    context.stdout(
      `grown by ${Math.round(growthMiB)} MiB since the warm-up, expected at most ${maxGrowthMiB}`,
    );
    return isBounded ? 0 : 1;
  },
});

function pickMock(isFromSource: boolean): ServerArguments {
  return (isFromSource ? undefined : findBuiltMock()) ?? mockFromSource;
}

/** Sends all requests, and gives the memory at rest, after the warm-up, and after each tenth of the rest. */
async function soak(
  { url, readMemory }: RunningServer,
  requests: number,
  { stdout, stderr }: CommandContext,
): Promise<number[]> {
  const nextRequest = alternate(repeatSignIn(), varySignIn());
  const load = (count: number): Promise<LoadResult> =>
    sendLoad({ url, connections, nextRequest, isGood: isSignedIn, isDue: times(count) });
  const memory = [readMemory()];
  await load(warmUp);
  memory.push(readMemory());
  let durationMs = 0;
  let answers = 0;
  for (let part = 1; part <= parts; part += 1) {
    const result = await load(Math.round(requests / parts));
    answers += result.answers;
    durationMs += result.durationMs;
    memory.push(readMemory());
    stderr(`${answers} answers, ${Math.round(memory.at(-1) ?? 0)} MiB`);
  }
  const seconds = durationMs / 1000;
  stdout(`${answers} good answers in ${seconds.toFixed(0)} s, ${Math.round(answers / seconds)} a second`);
  return memory;
}

function alternate(one: () => string, other: () => string): () => string {
  let isOther = false;
  return () => {
    isOther = !isOther;
    return isOther ? other() : one();
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
