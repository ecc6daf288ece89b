import { type CommandContext, type ExitCode, parseOptions, SetupError } from '../../command.ts';
import { findBuiltMock, mockFromSource } from '../load/own-mock.ts';
import { type LoadResult, sendLoad, times } from '../load/send-load.ts';
import { isSignedIn, repeatSignIn, varySignIn } from '../load/sign-in.ts';
import { type RunningServer, type ServerArguments, startServer } from '../load/start-server.ts';
import { parseCount } from '../parse-count.ts';
import { judgeMemory } from './judge-memory.ts';

/** The text of `bench soak --help`. */
export const usage: string = `Usage: npm run bench -- soak [options]

Sends many requests to the mock, over 16 connections that are kept alive, half of them alike and half all different,
and looks at each answer. Fails when the mock has more memory at the end than after a warm-up of 200,000 further
requests, by more than a bound: then it keeps something of each request.

Options:
  --requests N    how many are sent (default 1000000)
  --max-growth N  the bound, in MiB (default 64)
  --source        the mock from its sources, even where it is built

Exit code: 0 within the bound, 1 beyond it, 2 wrong usage, or an answer that is not good.`;

const connections = 16;
const warmUp = 200_000;
const parts = 10;

/**
 * Runs the soak test and prints how the memory went.
 *
 * @throws {SetupError} for wrong usage, and when the mock doesn't start
 */
export async function run(args: string[], context: CommandContext): Promise<ExitCode> {
  const options = parseOptions(args, {
    requests: { type: 'string', default: '1000000' },
    'max-growth': { type: 'string', default: '64' },
    source: { type: 'boolean', default: false },
  });
  const requests = parseCount('--requests', options.requests);
  const maxGrowthMiB = parseCount('--max-growth', options['max-growth']);
  if (requests < parts) {
    throw new SetupError(`--requests is "${requests}", expected ${parts} at least.`);
  }
  await using server = await startServer(pickMock(options.source));
  const memory = await soak(server, requests, context);
  const { growthMiB, isBounded } = judgeMemory(memory, maxGrowthMiB);
  context.stdout(`memory at rest, warm, and after each tenth, in MiB: ${memory.map(Math.round).join(' ')}`);
  context.stdout(`grown by ${Math.round(growthMiB)} MiB since the warm-up, expected ${maxGrowthMiB} at most`);
  return isBounded ? 0 : 1;
}

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
