import type { FindingCode } from '../../cli/finding.ts';

/** The steps of a run, in their order. */
export const steps = ['read', 'generate', 'compile 5.9', 'compile 7', 'mock', 'call', 'check'] as const;

export type Step = (typeof steps)[number];

/** What went wrong in a step. */
export interface Problem {
  step: Step;
  /** Without the name of the document. It can have several lines. */
  message: string;
  /** The finding that the toolkit makes of it. */
  code?: FindingCode;
  /** The place in the code that threw, unless it threw an error for people. */
  crash?: string;
  /** The operation that was called. */
  operation?: string;
  /** Why it is a fault of the document, where something else than what found it says so. */
  evidence?: string;
}

/** A problem of a step that is known from elsewhere. */
export type Trouble = Omit<Problem, 'step'>;

/** What became of a document. */
export interface DocumentResult {
  name: string;
  file: string;
  operations: number;
  problems: Problem[];
  /** Milliseconds of each step that was begun. */
  durations: Partial<Record<Step, number>>;
}

/**
 * Whose fault a problem is: the toolkit's, or that of the document, which the toolkit names rightly. Where nothing shows
 * that it is the document's, it is the toolkit's.
 */
export type Fault = 'toolkit' | 'document';

interface Rule {
  pattern: RegExp;
  cause: string;
  fault: Fault;
}

const rules: readonly Rule[] = [
  { pattern: /^Found nothing at the \$ref/, cause: 'a $ref leads nowhere', fault: 'document' },
];

/**
 * Says whose fault a problem is, and names its cause in words that are the same for all problems of a kind.
 */
export function classify(problem: Problem): { fault: Fault; cause: string } {
  const { message, code, crash, evidence } = problem;
  const rule = rules.find(({ pattern }) => pattern.test(message));
  const cause = rule?.cause ?? nameCause(message, code, crash);
  return { cause, fault: evidence === undefined ? (rule?.fault ?? 'toolkit') : 'document' };
}

function nameCause(message: string, code?: string, crash?: string): string {
  const [, lintRule] = code === undefined ? [] : (/\(([\w-]+)\)$/.exec(message) ?? []);
  const words = lintRule ?? generalize(message);
  return [code, crash && `crash at ${crash}`, words].filter((part) => part !== undefined).join(': ');
}

/** Leaves out of a message what is of one document only. */
function generalize(message: string): string {
  const [line = ''] = message.split('\n');
  return line
    .replace(/^.*?\(\d+,\d+\): /, '')
    .replace(/^[^:]{1,200}: (?:(?:GET|PUT|POST|DELETE|OPTIONS|HEAD|PATCH|TRACE) \S+ )?/, '')
    .replaceAll(/"(?:[^"\\]|\\.)*"|'[^']*'|`[^`]*`/g, '…')
    .replaceAll(/https?:\/\/\S+|#?\/\S+/g, '…')
    .replaceAll(/\b(?!\d{3}\b)\d+/g, 'N')
    .slice(0, 110);
}

/** How a document came out. */
export type Outcome = 'passed' | Fault;

/**
 * Says how a document came out: with problems of both kinds it counts as the toolkit's.
 */
export function outcomeOf({ problems }: Pick<DocumentResult, 'problems'>): Outcome {
  if (problems.length === 0) {
    return 'passed';
  }
  return problems.every((problem) => classify(problem).fault === 'document') ? 'document' : 'toolkit';
}
