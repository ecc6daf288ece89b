import { isPlainObject } from '../../spec/is-plain-object.ts';
import type { Answer } from '../answer.ts';
import type { Ask } from '../answer-memo.ts';
import type { Control } from '../control/control.ts';
import { isJsonType } from '../parse-body.ts';
import { preferAnswer } from '../prefer-answer.ts';
import type { RawRequest } from '../raw-request.ts';
import { fillTokens } from './fill-tokens.ts';
import { readInput, type SimulationInput } from './read-input.ts';
import { rules, type SimulationRule } from './rules.ts';
import { takeToken } from './take-token.ts';
import { toUriReference } from './to-uri-reference.ts';
import type { TokenStore } from './token-store.ts';

type Sessions = Pick<Control, 'findOperation' | 'tokens'>;

/**
 * Has a mock keep sessions: what it hands out is fresh, and what it takes must have been handed out.
 *
 * What is refused without sessions, as breaking the spec or as meeting an `x-match`, is refused in the same way. Who
 * prefers an answer gets it without a look at the token of the request, which is not spent; a success among those
 * answers hands out fresh tokens, too.
 */
export function simulateSessions(ask: Ask, sessions: Sessions): Ask {
  return async (request) => {
    const answer = await ask(request);
    if (answer.status >= 400) {
      return answer;
    }
    const input = readInput(request);
    const rule = findRule(sessions, request, input);
    const body = readBody(answer);
    if (rule === undefined || !hasTokens(body, rule)) {
      return answer;
    }
    // Nothing is awaited between taking and issuing: of two requests with one token, one wins.
    const taken = input.isAnswerPreferred
      ? { customer: input.form.username }
      : takeToken(sessions.tokens, rule, input);
    return taken === undefined
      ? ask(preferAnswer(request, rule.refusal))
      : complete(answer, body, sessions.tokens, rule, input, taken.customer);
  };
}

// Where the spec has no HEAD, the mock answers it as GET.
function findRule(
  { findOperation }: Sessions,
  { method, target }: RawRequest,
  { form }: SimulationInput,
): SimulationRule | undefined {
  const operationId = findOperation({ method: method === 'HEAD' ? 'GET' : method, target });
  return rules.find(
    (rule) =>
      rule.operationId === operationId &&
      (rule.grantType === undefined || rule.grantType === form.grant_type),
  );
}

// An envelope that fails under 200 has none.
function hasTokens(body: Record<string, unknown>, { issues }: SimulationRule): boolean {
  return Object.keys(issues).every((name) => typeof body[name] === 'string');
}

function complete(
  answer: Answer,
  body: Record<string, unknown>,
  tokens: TokenStore,
  rule: SimulationRule,
  input: SimulationInput,
  customer: string | undefined,
): Answer {
  const target = rule.locationFrom === undefined ? undefined : input.query[rule.locationFrom];
  const location = target === undefined ? {} : { location: toUriReference(target) };
  const filled =
    Object.keys(rule.issues).length === 0
      ? answer.body
      : JSON.stringify(fillTokens(body, tokens, rule, input, customer));
  return { ...answer, headers: { ...answer.headers, ...location }, body: filled };
}

function readBody({ headers, body }: Answer): Record<string, unknown> {
  const value: unknown = isJsonType(headers['content-type'] ?? '') ? JSON.parse(body) : undefined;
  return isPlainObject(value) ? value : {};
}
