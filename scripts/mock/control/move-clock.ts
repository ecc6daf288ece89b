import { createShapeCheck } from './check-shape.ts';
import type { Clock } from './clock.ts';

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
