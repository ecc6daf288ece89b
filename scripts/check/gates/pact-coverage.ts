import { type Interaction, statesOf } from '../../pact/pact.ts';
import { type DocumentedAnswer, listAnswers, nameAnswer } from '../../spec/list-answers.ts';
import { matchesTemplate } from '../../spec/match-path.ts';
import type { Gate } from '../gate.ts';

/**
 * Spec and pact: every documented status and every named example has an interaction that expects it, in the state
 * that the spec names. Findings: `pact.misses-answer`.
 */
export const pactCoverage: Gate = {
  name: 'pact-coverage',
  subject: 'spec',
  standard: 'pact',
  run: async ({ spec, pacts }) =>
    listAnswers(spec.document)
      .filter(
        (answer) =>
          !pacts.some(({ pact }) => pact.interactions.some((interaction) => expects(interaction, answer))),
      )
      .map((answer) => ({
        code: 'pact.misses-answer',
        severity: 'error',
        message: describeGap(answer),
        at: spec.locate(answer.pointer),
      })),
};

function expects(interaction: Interaction, { place, status, state }: DocumentedAnswer): boolean {
  const { request, response } = interaction;
  return (
    request.method.toLowerCase() === place.method &&
    matchesTemplate(place.path, request.path) &&
    String(response.status) === status &&
    (state === undefined || statesOf(interaction).includes(state))
  );
}

function describeGap(answer: DocumentedAnswer): string {
  const inState = answer.state === undefined ? '' : ` in the state "${answer.state}"`;
  return `${nameAnswer(answer)}: no interaction expects it${inState}. Add one to contracts/.`;
}
