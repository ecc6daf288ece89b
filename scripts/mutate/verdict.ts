import type { Mutant } from './mutant.ts';

/** What became of a mutant. */
export interface Verdict {
  mutant: Mutant;
  /** The gates that found something, in their order. `read` stands for reading the document. */
  killers: readonly string[];
  /** The rule by which the mutant is the same contract as the original, where one says so. */
  equivalence?: string;
  /** Of a survivor: whether `redocly diff` calls the change breaking. */
  isBreaking?: boolean;
}

/**
 * Tells whether no gate found the mutant, though it is not the same contract.
 */
export function isSurvivor({ killers, equivalence }: Verdict): boolean {
  return killers.length === 0 && equivalence === undefined;
}
