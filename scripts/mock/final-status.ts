import type { DocumentedAnswer } from '../spec/list-answers.ts';
import { nameStatuses } from '../spec/name-statuses.ts';

// Of `default`, a failure first.
const hundreds = [5, 4, 2, 3];
const finalStatuses: readonly number[] = hundreds.flatMap((hundred) =>
  Array.from({ length: 100 }, (_, index) => hundred * 100 + index),
);

/**
 * Finds the status that the mock sends a documented answer with: the code itself, or of a range such as `4XX`, or of
 * `default`, the first code that the operation documents by no other name.
 *
 * @returns `undefined` where there is none, as for 103, which ends no request
 */
export function findFinalStatus(answer: DocumentedAnswer): number | undefined {
  return finalStatuses.find((status) => isSentWith(answer, status));
}

/**
 * Tells whether a documented answer is the one, or one of those, that the operation has for a status.
 */
export function isSentWith({ place, status: name }: DocumentedAnswer, status: number): boolean {
  const { responses = {} } = place.operation;
  return nameStatuses(status).find((one) => Object.hasOwn(responses, one)) === name;
}
