import { openConnection } from './connection.ts';

/** What to send. */
export interface Load {
  url: string;
  /** How many connections ask at once, each for one answer at a time. */
  connections: number;
  nextRequest: () => string;
  isGood: (answer: string) => boolean;
  /** Whether to go on, asked before each request. */
  isDue: () => boolean;
}

/** What came of it. */
export interface LoadResult {
  answers: number;
  durationMs: number;
}

/**
 * Sends requests over connections that are kept alive, for as long as the load is due, and looks at each answer.
 *
 * @throws {Error} with the first answer that is not good, or when the server hangs up
 */
export async function sendLoad({ url, connections, nextRequest, isGood, isDue }: Load): Promise<LoadResult> {
  let answers = 0;
  const start = performance.now();
  const keepAsking = async (): Promise<void> => {
    using connection = openConnection(url);
    while (isDue()) {
      const answer = await connection.ask(nextRequest());
      if (!isGood(answer)) {
        throw new Error(`Found another answer than a good one: ${answer.slice(0, 300)}`);
      }
      answers += 1;
    }
  };
  await Promise.all(Array.from({ length: connections }, keepAsking));
  return { answers, durationMs: performance.now() - start };
}

/** A load that is due for some time from now. */
export function untilMs(durationMs: number): () => boolean {
  const end = performance.now() + durationMs;
  return () => performance.now() < end;
}

/** A load that is due a number of times. */
export function times(count: number): () => boolean {
  let left = count;
  return () => {
    left -= 1;
    return left >= 0;
  };
}
