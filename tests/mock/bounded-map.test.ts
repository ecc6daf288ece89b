import { describe, expect, it } from 'vitest';
import { createBoundedMap } from '../../scripts/mock/bounded-map.ts';

describe('a bounded map', () => {
  it('forgets what was asked for, or set, the longest time ago', () => {
    const map = createBoundedMap<number>(2);
    map.set('a', 1);
    map.set('b', 2);
    expect(map.get('a')).toBe(1);
    map.set('c', 3);
    expect(['a', 'b', 'c'].map(map.get)).toEqual([1, undefined, 3]);
    map.set('a', 4);
    map.set('d', 5);
    expect(['a', 'b', 'c', 'd'].map(map.get)).toEqual([4, undefined, undefined, 5]);
  });
});
