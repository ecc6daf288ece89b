import type { Finding } from '../../finding.ts';
import type { HttpInteraction } from '../../pact/read-interactions.ts';
import type { PactDocument } from '../../pact/read-pact.ts';
import type { DocumentedAnswer } from '../../spec/list-answers.ts';
import type { OperationPlace } from '../../spec/list-operations.ts';

/**
 * Finds the provider states of an interaction that the spec does not name for its operation, each a finding of
 * code `pact.unknown-state` that lists those it names. A spec that names no states at all knows them all.
 *
 * @param answers all of the spec
 */
export function findUnknownStates(
  interaction: HttpInteraction,
  operation: OperationPlace,
  answers: readonly DocumentedAnswer[],
  { locate }: PactDocument,
): Finding[] {
  const inState = answers.filter(({ state }) => state !== undefined);
  const own = inState.filter(({ place }) => place.pointer === operation.pointer);
  const expected = describeExpected(interaction, operation, own);
  return interaction.states
    .filter((unknown) => inState.length > 0 && !own.some(({ state }) => state === unknown))
    .map((unknown) => ({
      code: 'pact.unknown-state',
      severity: 'error',
      message:
        `"${interaction.description}": found the provider state "${unknown}", ${expected} in the consumer test, ` +
        'or give yours to an example of the spec as x-provider-state.',
      at: locate(interaction.pointer),
    }));
}

function describeExpected(
  { response }: HttpInteraction,
  { operation, method, path }: OperationPlace,
  answers: readonly DocumentedAnswer[],
): string {
  const name = operation.operationId ?? `${method.toUpperCase()} ${path}`;
  const ofStatus = answers.filter(({ status }) => status === String(response.status));
  if (answers.length === 0) {
    return `but the spec names no state for ${name}. Name none`;
  }
  const list = ofStatus.map(({ state }) => `"${state}"`).join(', ');
  const others = answers.map(({ state, status }) => `"${state}" (${status})`).join(', ');
  return ofStatus.length > 0
    ? `expected one that the spec names for ${name} ${response.status}: ${list}. Name one of them`
    : `but the spec names none for ${name} ${response.status}; for other statuses it does: ${others}. Name one of them`;
}
