import { isDeepStrictEqual } from 'node:util';
import type { HttpInteraction } from '../../pact/interactions.ts';
import type { MatchedInteraction, Remark } from './interaction.ts';
import { accepts, edgeTexts } from './matchers.ts';
import { checkCredentials, checkRequest } from './request.ts';
import { listRequestValues, type RequestValue } from './request-values.ts';

/**
 * Finds values of a request that the spec allows and the pact's rule rejects: the spec lacks a constraint that the
 * consumer tests have.
 *
 * Tries edge texts, and the example with a character added.
 */
export function checkTightness(matched: MatchedInteraction): Remark[] {
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
export function checkOmissions(matched: MatchedInteraction, others: readonly MatchedInteraction[]): Remark[] {
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
