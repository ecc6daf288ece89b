import { describe, expect, it } from 'vitest';
import { findMedian } from '../../../scripts/dev/bench/benchmark.ts';
import { checkMemory } from '../../../scripts/dev/bench/soak.ts';

describe('a median', () => {
  it.each([
    [[3], 3],
    [[10, 9, 100], 10],
    [[1, 2, 3, 100], 2.5],
  ])('of %j is %d, and leaves the figures in their order', (figures, median) => {
    const before = [...figures];
    expect(findMedian(figures)).toBe(median);
    expect(figures).toEqual(before);
  });

  it('of no figures is refused', () => {
    expect(() => findMedian([])).toThrow(RangeError);
  });
});

describe('the memory of a soak', () => {
  it('may grow in its first half', () => {
    expect(checkMemory([60, 200, 240, 230, 240], 32)).toEqual({ growthMiB: 0, isBounded: true });
  });

  it('may not grow beyond the bound afterwards', () => {
    expect(checkMemory([60, 200, 240, 250, 273], 32)).toEqual({ growthMiB: 33, isBounded: false });
  });
});
