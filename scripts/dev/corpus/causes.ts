import type { Finding } from '../../cli/finding.ts';
import type { OperationPlace } from '../../openapi/operations.ts';
import type { Fault, Problem, Step } from './problem.ts';

/** What a step found, before it is sorted out. */
export interface Trouble {
  message: string;
  /** What the toolkit says of the document. */
  finding?: Finding;
  /** Where in the code it was thrown, unless it is an error for people. */
  crash?: string;
  operation?: string;
  place?: OperationPlace;
  /** What the mock says is wrong with the request and with its own answer. */
  violations?: string | null;
  /** Why it is the document's fault, where there is evidence. */
  evidence?: string;
}

interface Rule {
  step?: Step;
  pattern: RegExp;
  cause: string;
  fault: Fault;
}

const rules: readonly Rule[] = [
  { pattern: /Found nothing at the \$ref/, cause: 'a $ref leads nowhere', fault: 'document' },
];

const messageLength = 600;

/**
 * Sorts a trouble out: whose fault it is, and of what kind.
 */
export function classify(step: Step, { message, finding, crash, evidence }: Trouble): Problem {
  const rule = rules.find((one) => (one.step ?? step) === step && one.pattern.test(message));
  const code = finding === undefined ? '' : `${finding.code}: `;
  const told = crash === undefined ? code : `crash at ${crash}: `;
  return {
    step,
    fault: evidence === undefined ? (rule?.fault ?? 'toolkit') : 'document',
    cause: rule?.cause ?? `${told}${generalize(finding?.message ?? message)}`,
    message: message.slice(0, messageLength),
  };
}

/** Leaves out of a message what is of one document only. */
function generalize(message: string): string {
  const [line = ''] = message.split('\n');
  return line
    .replace(/^\S*\(\d+,\d+\): /, '')
    .replaceAll(/"(?:[^"\\]|\\.)*"|'[^']*'|`[^`]*`/g, '…')
    .replaceAll(/https?:\/\/\S+|#?\/\S+/g, '…')
    .replaceAll(/\d+/g, 'N')
    .slice(0, 110);
}
