import type { Finding } from '../../finding.ts';
import { type Interaction, statesOf } from '../../pact/pact.ts';
import { type DocumentedAnswer, listAnswers, nameAnswer } from '../../spec/list-answers.ts';
import { matchesTemplate } from '../../spec/match-path.ts';
import type { Gate, GateContext } from '../gate.ts';
import { checkOmissions } from '../rules/check-omissions.ts';
import { checkShown } from '../rules/check-shown.ts';
import { checkTightness } from '../rules/check-tightness.ts';
import { checkInteractions } from '../rules/remark-findings.ts';

/**
 * Spec and pact: every documented status and every named example has an interaction that expects it, in the state
 * that the spec names; and each rule of a request has a constraint of the spec behind it. Findings:
 * `pact.misses-answer`, `spec.looser-than-pact`, `spec.lacks-example`.
 */
export const run: Gate['run'] = async ({ spec, pacts }) => [
  ...findGaps({ spec, pacts }),
  ...checkInteractions(spec, pacts, [
    ['spec.looser-than-pact', checkTightness],
    ['spec.looser-than-pact', checkOmissions],
    ['spec.lacks-example', checkShown],
  ]),
];

function findGaps({ spec, pacts }: Pick<GateContext, 'spec' | 'pacts'>): Finding[] {
  const interactions = pacts.flatMap(({ pact }) => pact.interactions);
  return listAnswers(spec.document)
    .filter((answer) => !interactions.some((interaction) => expects(interaction, answer)))
    .map((answer) => ({
      code: 'pact.misses-answer',
      severity: 'error',
      message: describeGap(answer),
      at: spec.locate(answer.pointer),
    }));
}

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
