/** The steps of a run, in their order. */
export const steps = ['read', 'generate', 'compile 5.9', 'compile 7', 'mock', 'call', 'check'] as const;

export type Step = (typeof steps)[number];

/**
 * Whose fault a problem is: the toolkit's, or that of the document, which the toolkit names rightly. Whatever there is no
 * evidence for is the toolkit's.
 */
export type Fault = 'toolkit' | 'document';

/** What went wrong in a step. */
export interface Problem {
  step: Step;
  fault: Fault;
  /** A few words, the same for all problems of a kind. */
  cause: string;
  /** The first words of what was said. */
  message: string;
}

/** What became of a document. */
export interface DocumentResult {
  name: string;
  file: string;
  operations: number;
  problems: Problem[];
  /** Milliseconds of each step that was begun. */
  durations: Partial<Record<Step, number>>;
}

/** How a document came out. */
export type Outcome = 'passed' | 'document' | 'toolkit';

/**
 * Says how a document came out: with problems of both kinds it counts as the toolkit's.
 */
export function outcomeOf({ problems }: DocumentResult): Outcome {
  if (problems.length === 0) {
    return 'passed';
  }
  return problems.every(({ fault }) => fault === 'document') ? 'document' : 'toolkit';
}
