/**
 * The middle one of some figures, or between the two in the middle.
 *
 * @throws {RangeError} for none
 */
export function findMedian(figures: readonly number[]): number {
  const sorted = figures.toSorted((one, other) => one - other);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.floor((sorted.length - 1) / 2)];
  if (upper === undefined || lower === undefined) {
    throw new RangeError('There is no median of no figures.');
  }
  return (lower + upper) / 2;
}
