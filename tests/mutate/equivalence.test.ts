import { describe, expect, it } from 'vitest';
import { equivalenceRules, findEquivalence } from '../../scripts/mutate/equivalence.ts';

const original = { a: { b: [1, 2] } };

describe('findEquivalence', () => {
  it('takes a document that is equal as data for the same contract', () => {
    expect(findEquivalence(original, structuredClone(original))).toBe(equivalenceRules[0]?.reason);
  });

  it.each([{ a: { b: [2, 1] } }, { a: { b: [1, 2] }, c: 0 }, {}])(
    'takes %j for another contract',
    (changed) => {
      expect(findEquivalence(original, changed)).toBeUndefined();
    },
  );
});
