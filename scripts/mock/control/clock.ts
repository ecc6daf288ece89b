import { RequestProblem } from '../problem.ts';

/** The mock's clock: it goes as the machine's does, from where it was moved to. */
export interface Clock {
  now: () => Date;
  /**
   * Moves the clock on.
   *
   * @throws {Error} for a time that is not within the years 1970 to 9999
   */
  advanceSeconds: (seconds: number) => void;
  /**
   * Sets the clock, to an earlier time, too.
   *
   * @throws {Error} for a time that is not within the years 1970 to 9999
   */
  set: (now: Date) => void;
  /** Puts it back to the machine's time. */
  reset: () => void;
}

// ISO 8601 writes a year of four digits, and so does the spec of the journal.
const endMs = Date.UTC(10_000, 0);

/**
 * Makes a clock that shows the machine's time.
 */
export function createClock(): Clock {
  let offsetMs = 0;
  const nowMs = (): number => Date.now() + offsetMs;
  const setMs = (timeMs: number): void => {
    if (!(timeMs >= 0 && timeMs < endMs)) {
      throw new RequestProblem(
        422,
        'Cannot move the clock: it would leave the years 1970 to 9999. Use a time within them.',
      );
    }
    offsetMs = timeMs - Date.now();
  };
  return {
    now: () => new Date(nowMs()),
    advanceSeconds: (seconds) => setMs(nowMs() + seconds * 1000),
    set: (now) => setMs(now.getTime()),
    reset: () => {
      offsetMs = 0;
    },
  };
}
