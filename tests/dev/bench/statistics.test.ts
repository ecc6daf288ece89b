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
  it('may grow while the server warms up', () => {
    expect(checkMemory([60, 200, 190, 210], 64)).toEqual({ growthMiB: 10, isBounded: true });
  });

  it('may not grow beyond the bound afterwards', () => {
    expect(checkMemory([60, 200, 240, 265], 64)).toEqual({ growthMiB: 65, isBounded: false });
  });
});
