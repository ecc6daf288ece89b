import { SessionError } from './session-error.ts';

/** What a session knows of time. Inject one to test without waiting. */
export interface SessionClock {
  /** Milliseconds since 1970. It may jump. */
  now: () => number;
  /** Runs something once, `delayMs` from now, and returns what calls it off. */
  setTimer: (run: () => void, delayMs: number) => () => void;
}

/** The clock and the timers of the engine. */
export const systemClock: SessionClock = {
  now: () => Date.now(),
  setTimer: (run, delayMs) => {
    const timer = setTimeout(run, delayMs);
    return () => clearTimeout(timer);
  },
};

/**
 * Says whether less than `spanMs` has passed since `since`. A clock that was put back tells nothing: then it has not.
 */
export function isWithin(clock: SessionClock, since: number, spanMs: number): boolean {
  const passedMs = clock.now() - since;
  return passedMs >= 0 && passedMs < spanMs;
}

/**
 * Waits.
 *
 * @throws {SessionError} `aborted`
 */
export async function sleep(clock: SessionClock, delayMs: number, signal?: AbortSignal): Promise<void> {
  let cancel = () => {};
  try {
    await orAborted(
      () =>
        new Promise<void>((resolve) => {
          cancel = clock.setTimer(resolve, delayMs);
        }),
      signal,
    );
  } finally {
    cancel();
  }
}

/**
 * Waits for what may be shared with others: an abort ends this wait, not what is waited for. Nothing is begun under a
 * signal that is aborted already.
 *
 * @throws {SessionError} `aborted`
 */
export function orAborted<Value>(begin: () => Promise<Value>, signal?: AbortSignal): Promise<Value> {
  if (signal === undefined) {
    return begin();
  }
  return new Promise<Value>((resolve, reject) => {
    const abort = () => reject(new SessionError('aborted', 'The caller aborted the wait.', signal.reason));
    if (signal.aborted) {
      abort();
      return;
    }
    signal.addEventListener('abort', abort);
    begin()
      .then(resolve, reject)
      .finally(() => signal.removeEventListener('abort', abort));
  });
}
