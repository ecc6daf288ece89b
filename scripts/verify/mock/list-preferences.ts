import type { HttpInteraction } from '../../pact/read-interactions.ts';
import { type DocumentedAnswer, formatPreference } from '../../spec/list-answers.ts';
import type { OperationPlace } from '../../spec/list-operations.ts';
import { nameStatuses } from '../../spec/name-statuses.ts';

/**
 * Lists the `Prefer` headers that make the mock answer as an interaction may expect it. None where the spec documents
 * no such status.
 *
 * With a state, that is the answer which the spec has for it. Without, each example of the expected status.
 *
 * @param answers all of the spec
 */
export function listPreferences(
  { states, response: { status } }: HttpInteraction,
  { operation, pointer }: OperationPlace,
  answers: readonly DocumentedAnswer[],
): string[] {
  const own = answers.filter(({ place }) => place.pointer === pointer);
  const inState = own.filter(({ state }) => state !== undefined && states.includes(state));
  if (inState.length > 0) {
    const ofStatus = inState.filter((answer) => answer.status === String(status));
    // Another status than the expected one is for the verifier to tell.
    return (ofStatus.length > 0 ? ofStatus : inState.slice(0, 1)).map(formatPreference);
  }
  const name = nameStatuses(status).find((candidate) => operation.responses?.[candidate] !== undefined);
  const examples = own.filter((answer) => answer.status === name && answer.example !== undefined);
  const preferences = examples.map((answer) => formatPreference({ ...answer, status: String(status) }));
  // Without a name, the mock takes a lone example, or makes a value up.
  return name === undefined || preferences.length > 0 ? preferences : [`code=${status}`];
}
