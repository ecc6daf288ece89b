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
  /** Why it is a fault of the document, where something else than what found it says so: `what: where exactly`. */
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
 * Whose fault a problem is: the toolkit's, or that of the document, as evidence shows. Where nothing shows
 * that it is the document's, it is the toolkit's.
 */
export type Fault = 'toolkit' | 'document';

// Rules of Redocly's on structure: what breaks them is wrong by the OpenAPI specification itself, whatever reads it.
const structuralRules =
  /^spec\.lint: (?:security-defined|no-identical-paths|path-parameters-defined|operation-parameters-unique|operation-operationId-unique)$/;

interface Rule {
  pattern: RegExp;
  cause: string;
  fault: Fault;
}

const rules: readonly Rule[] = [
  { pattern: /^Found nothing at the \$ref/, cause: 'a $ref leads nowhere', fault: 'document' },
  { pattern: /^The spec \S+ has no operations/, cause: 'there are no operations', fault: 'document' },
];

/**
 * Says whose fault a problem is, and names its cause in words that are the same for all problems of a kind.
 */
export function classify(problem: Problem): { fault: Fault; cause: string } {
  const { message, code, crash, evidence } = problem;
  if (evidence !== undefined) {
    return { fault: 'document', cause: evidence.replace(/: .*$/s, '') };
  }
  const rule = rules.find(({ pattern }) => pattern.test(message));
  const cause = nameCause(message, code, crash);
  return rule ?? { cause, fault: structuralRules.test(cause) ? 'document' : 'toolkit' };
}

function nameCause(message: string, code?: string, crash?: string): string {
  const [line = ''] = message.split('\n');
  const [, lintRule] = code === undefined ? [] : (/\(([\w-]+)\)$/.exec(line) ?? []);
  const words = lintRule ?? generalize(line);
  return [code, crash && `crash at ${crash}`, words].filter((part) => part !== undefined).join(': ');
}

/** Leaves out of a message what is of one document only. */
function generalize(line: string): string {
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
