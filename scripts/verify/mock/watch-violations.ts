import type { Answer } from '../../mock/answer.ts';
import type { OnAnswer } from '../../mock/handle-request.ts';
import { interactionHeader } from '../verifier/narrow-pact.ts';

/** Keeps what the mock answered to each interaction. */
export interface Watch {
  onAnswer: OnAnswer;
  /**
   * Lists what the mock found wrong, and forgets the answer. Where an interaction expects to be refused, its request
   * may be wrong on purpose.
   */
  takeViolations: (index: number, expectedStatus: number) => string[];
}

interface Violation {
  location: string[];
  severity: string;
  message: string;
}

/**
 * Watches a mock, whose answers list violations of the spec in the header `sl-violations`.
 */
export function watchViolations(): Watch {
  const answers = new Map<string, Answer>();
  return {
    onAnswer: ({ headers }, answer) => {
      answers.set(String(headers[interactionHeader]), answer);
    },
    takeViolations: (index, expectedStatus) => {
      const answer = answers.get(String(index));
      answers.delete(String(index));
      return answer === undefined ? [] : listViolations(answer, expectedStatus);
    },
  };
}

function listViolations({ headers }: Answer, expectedStatus: number): string[] {
  return (JSON.parse(headers['sl-violations'] ?? '[]') as Violation[])
    .filter(({ severity }) => severity === 'Error' || severity === 'Warning')
    .filter(({ location: [side] }) => expectedStatus < 400 || side === 'response')
    .map(({ location, message }) => `the mock finds in the ${location.join('.')}: ${message}`);
}
