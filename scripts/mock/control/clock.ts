import { RequestProblem } from '../../http/message.ts';
import { createShapeCheck } from './shape.ts';

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
  /** How far it is ahead of the machine's time, in whole seconds. */
  offsetSeconds: () => number;
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
    offsetSeconds: () => Math.round(offsetMs / 1000),
    reset: () => {
      offsetMs = 0;
    },
  };
}

// RFC 3339, section 5.6. That the day exists is for the clock to see.
const dateTime = String.raw`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$`;

const checkShape = createShapeCheck<{ advanceSeconds: number } | { now: string }>('move the clock', {
  minProperties: 1,
  maxProperties: 1,
  properties: {
    advanceSeconds: { type: 'number', minimum: 0, description: 'a number of seconds from 0 on' },
    now: { type: 'string', pattern: dateTime, description: 'a time such as 2026-11-24T12:00:00Z' },
  },
});

/**
 * Moves a clock as a caller wants it: `{ advanceSeconds }` or `{ now }`, in RFC 3339.
 *
 * @throws {RequestProblem} 422 for another shape, and for a time that is not within the years 1970 to 9999
 */
export function moveClock(clock: Clock, value: unknown): void {
  const move = checkShape(value);
  if ('now' in move) {
    clock.set(new Date(move.now));
  } else {
    clock.advanceSeconds(move.advanceSeconds);
  }
}
