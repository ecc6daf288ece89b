import { isDeepStrictEqual } from 'node:util';
import type { JsonObject } from './mutant.ts';

/** A rule by which a changed document is the same contract as the original. */
export interface EquivalenceRule {
  /** One sentence: which changes, and why they change nothing. */
  reason: string;
  holds: (original: JsonObject, changed: JsonObject) => boolean;
}

/** All rules. A mutant is never left out by its name. */
export const equivalenceRules: readonly EquivalenceRule[] = [
  {
    reason: 'The documents are equal as data: nothing was changed.',
    holds: (original, changed) => isDeepStrictEqual(original, changed),
  },
];

/**
 * Finds the rule by which a changed document is the same contract, or `undefined`.
 */
export function findEquivalence(original: JsonObject, changed: JsonObject): string | undefined {
  return equivalenceRules.find(({ holds }) => holds(original, changed))?.reason;
}
