import { isDeepStrictEqual } from 'node:util';
import type { Finding } from '../../cli/finding.ts';
import { type DocumentedAnswer, isSentWith, listAnswers, nameAnswer } from '../../openapi/answers.ts';
import { createMatcher } from '../../openapi/matcher.ts';
import type { HttpInteraction } from '../../pact/interactions.ts';
import { readInteractions } from '../../pact/interactions.ts';
import type { MatchedInteraction, Remark } from '../rules/interaction.ts';
import { accepts, edgeTexts } from '../rules/matchers.ts';
import { checkCredentials, checkRequest } from '../rules/request.ts';
import { listRequestValues, type RequestValue } from '../rules/request-values.ts';
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

/**
 * Finds values of a request that the spec allows and the pact's rule rejects: the spec lacks a constraint that the
 * consumer tests have.
 *
 * Tries edge texts, and the example with a character added.
 */
function checkTightness(matched: MatchedInteraction): Remark[] {
  if (matched.isRequestInvalid !== 'no') {
    return [];
  }
  return listRequestValues(matched).flatMap((value) => {
    const taken = findLooseText(value);
    const { title, pointer } = value;
    const message = `The spec allows ${JSON.stringify(taken)} as the ${title}, but the pact's matching rule rejects it.`;
    return taken === undefined ? [] : [{ message, pointer, severity: 'warning' }];
  });
}

function findLooseText({ example, rule, explain }: RequestValue): string | undefined {
  return [...edgeTexts, `${example}!`].find(
    (text) => rule !== undefined && !accepts(rule, example, text) && explain(text) === undefined,
  );
}

type Request = HttpInteraction['request'];
type Part = 'query' | 'headers' | 'body';

/**
 * Finds a part of a request that every interaction of the operation sends, and that the spec does not require.
 *
 * @param others the interactions of the same operation, itself included
 */
function checkOmissions(matched: MatchedInteraction, others: readonly MatchedInteraction[]): Remark[] {
  const { request } = matched.interaction;
  const valid = others.filter(({ isRequestInvalid }) => isRequestInvalid === 'no');
  return (matched.isRequestInvalid === 'no' ? listNames(request) : [])
    .filter(([part, name]) => !valid.some((one) => leavesOut(one.interaction.request, request, part, name)))
    .filter(([part, name]) => {
      const without = withRequest(matched, omit(request, part, name));
      return checkRequest(without).length === 0 && checkCredentials(without).length === 0;
    })
    .map(([part, name]) => ({
      message: `The spec allows the request without ${name}, but every interaction sends it.`,
      pointer: `/request/${part}`,
      severity: 'warning',
    }));
}

function listNames(request: Request): [Part, string][] {
  const namesOf = (part: Part): [Part, string][] =>
    Object.keys(valuesOf(request, part)).map((name) => [part, name]);
  return [...namesOf('query'), ...namesOf('headers'), ...namesOf('body')].filter(
    ([part, name]) => part !== 'headers' || !['content-type', 'authorization', 'accept'].includes(name),
  );
}

function valuesOf({ query, headers, body }: Request, part: Part): object {
  if (part === 'body') {
    return typeof body?.value === 'object' && body.value !== null ? body.value : {};
  }
  return part === 'query' ? query : headers;
}

// Two grants of one operation share few names: what counts is a request that is the same but for this one.
function leavesOut(other: Request, request: Request, part: Part, name: string): boolean {
  const names = Object.keys(valuesOf(request, part)).filter((one) => one !== name);
  return isDeepStrictEqual(new Set(Object.keys(valuesOf(other, part))), new Set(names));
}

function omit(request: Request, part: Part, name: string): Request {
  const others = Object.fromEntries(Object.entries(valuesOf(request, part)).filter(([key]) => key !== name));
  const { body } = request;
  return part === 'body' && body !== undefined
    ? { ...request, body: { ...body, value: others } }
    : { ...request, [part]: others };
}

function withRequest(matched: MatchedInteraction, request: Request): MatchedInteraction {
  return { ...matched, interaction: { ...matched.interaction, request } };
}
