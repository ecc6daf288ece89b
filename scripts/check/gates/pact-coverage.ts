import type { Finding } from '../../cli/finding.ts';
import { type DocumentedAnswer, isSentWith, listAnswers, nameAnswer } from '../../openapi/answers.ts';
import { createMatcher } from '../../openapi/matcher.ts';
import { readInteractions } from '../../pact/interactions.ts';
import { checkOmissions, checkTightness } from '../rules/looseness.ts';
import { checkShown } from '../rules/response.ts';
import { checkInteractions } from '../rules/rules.ts';
import type { Gate, GateContext } from './gate.ts';

/**
 * Spec against pact: every documented status and every named example has an interaction that expects it, in the state
 * that the spec names, and each rule of a request matches a constraint of the spec. Findings: `pact.misses-answer`,
 * `spec.looser-than-pact`, `spec.lacks-example`.
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
  const findCall = createMatcher(spec.document);
  const expected = pacts
    .flatMap(({ pact }) => readInteractions(pact))
    .map(({ request, response, states }) => ({ place: findCall(request)?.place, response, states }));
  const isExpected = (answer: DocumentedAnswer): boolean =>
    expected.some(
      (one) =>
        one.place?.pointer === answer.place.pointer &&
        isSentWith(answer, one.response.status) &&
        (answer.state === undefined || one.states.includes(answer.state)),
    );
  return listAnswers(spec.document)
    .filter((answer) => !isExpected(answer))
    .map((answer) => ({
      code: 'pact.misses-answer',
      severity: 'error',
      message: describeGap(answer),
      at: spec.locate(answer.pointer),
    }));
}

function describeGap(answer: DocumentedAnswer): string {
  const inState = answer.state === undefined ? '' : ` in the state "${answer.state}"`;
  return `${nameAnswer(answer)}: no interaction expects this response${inState}. Add one to the consumer tests.`;
}
