import { describe, expect, it } from 'vitest';
import { createBoundedMap } from '../../scripts/mock/engine/remember.ts';

const namesOf = (count: number) => Array.from({ length: count }, (_, index) => `name ${index}`);

describe('a bounded map', () => {
  it('keeps what is asked for, and forgets what is not', () => {
    const map = createBoundedMap<number>(4);
    for (const [index, name] of namesOf(20).entries()) {
      map.set(name, index);
      expect(map.get('name 0')).toBe(0);
    }
    expect(map.get('name 1')).toBeUndefined();
    expect(map.get('name 19')).toBe(19);
  });

  it('keeps the last half of what it may, and never more than that all', () => {
    const map = createBoundedMap<string>(10);
    const names = namesOf(1000);
    for (const name of names) {
      map.set(name, name);
    }
    // Backwards: to ask for one lets others be forgotten.
    const kept = names.toReversed().filter((name) => map.get(name) === name);
    expect(kept.slice(0, 5)).toEqual(names.slice(-5).toReversed());
    expect(kept.length).toBeLessThanOrEqual(10);
  });

  it('gives what was set last, and forgets nothing for it', () => {
    const map = createBoundedMap<number>(4);
    map.set('a', 1);
    for (const value of [2, 3, 4, 5]) {
      map.set('b', value);
    }
    expect([map.get('a'), map.get('b')]).toEqual([1, 5]);
  });
});
