import { type Interaction, statesOf } from '../../pact/pact.ts';
import { type DocumentedAnswer, listAnswers } from '../../spec/list-answers.ts';
import { matchesTemplate } from '../../spec/match-path.ts';
import type { Gate } from '../gate.ts';

/**
 * Spec and pact: every documented status and every named example has an interaction that expects it, in the state
 * that the spec names. Findings: `pact.misses-answer`.
 */
export const pactCoverage: Gate = {
  name: 'pact-coverage',
  title: 'spec against pact',
  run: async ({ spec, pact }) =>
    listAnswers(spec.document)
      .filter((answer) => !pact.pact.interactions.some((interaction) => expects(interaction, answer)))
      .map((answer) => ({
        code: 'pact.misses-answer',
        severity: 'error',
        message: describeGap(answer),
        at: spec.locate(answer.pointer),
      })),
};

function expects(interaction: Interaction, { method, path, status, state }: DocumentedAnswer): boolean {
  const { request, response } = interaction;
  return (
    request.method.toLowerCase() === method &&
    matchesTemplate(path, request.path) &&
    String(response.status) === status &&
    (state === undefined || statesOf(interaction).includes(state))
  );
}

function describeGap({ operationId, status, example, state }: DocumentedAnswer): string {
  const answer = [operationId, status, example?.name].filter((part) => part !== undefined).join(' ');
  const inState = state === undefined ? '' : ` in the state "${state}"`;
  return `${answer}: no interaction expects it${inState}. Add one to contracts/.`;
}
