import { CallError } from '../runtime/errors.ts';
import { type SessionClock, sleep } from './clock.ts';
import { SessionError } from './session-error.ts';

const maxAttempts = 3;
const longestDelayMs = 60_000;
const firstDelayMs = 1000;

/**
 * Repeats a call that is answered with 429, three attempts in all. It waits as long as `Retry-After` says, or one
 * second and then two where there is none to read. When it is asked to wait longer than a minute, it returns the 429.
 *
 * For calls only that are safe to repeat.
 *
 * @throws {SessionError} `aborted` while it waits
 * @see https://www.rfc-editor.org/rfc/rfc6585#section-4
 */
export async function whileThrottled<Answer>(
  send: () => Promise<Answer>,
  clock: SessionClock,
  signal?: AbortSignal,
): Promise<Answer> {
  for (let attempt = 1; attempt < maxAttempts; attempt += 1) {
    const answer = send();
    const throttled = await answer.then(readThrottled, findThrottled);
    const delayMs = throttled && (readDelay(throttled, clock) ?? firstDelayMs * attempt);
    if (delayMs === undefined || delayMs > longestDelayMs) {
      return answer;
    }
    await sleep(clock, delayMs, signal);
  }
  return send();
}

/** How a 429 was told. */
export interface Throttled {
  retryAfter: string | undefined;
}

/** Reads the 429 of an answer; `undefined` for any other status. */
function readThrottled(answer: unknown): Throttled | undefined {
  // What a client resolves to has the status alone: of its answers, none is a 429.
  const { status, headers } = (answer ?? {}) as Partial<Response>;
  return status === 429 ? { retryAfter: headers?.get('Retry-After') ?? undefined } : undefined;
}

/** Finds the 429 in an error of ours, however deep a session has wrapped it. Of a foreign error, nothing is read. */
export function findThrottled(error: unknown): Throttled | undefined {
  if (error instanceof SessionError) {
    return findThrottled(error.cause);
  }
  return error instanceof CallError && error.status === 429 ? { retryAfter: error.retryAfter } : undefined;
}

/**
 * Reads `Retry-After`, seconds or a date, as milliseconds from now. `undefined` when it is missing or neither.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3
 */
export function readDelay({ retryAfter }: Throttled, clock: SessionClock): number | undefined {
  if (retryAfter !== undefined && /^\d+$/.test(retryAfter)) {
    return Number(retryAfter) * 1000;
  }
  const date = retryAfter?.endsWith(' GMT') ? Date.parse(retryAfter) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - clock.now());
}
