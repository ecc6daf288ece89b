import type { Oas3_1Definition } from '@redocly/openapi-core';
import type { Answer } from '../../http/message.ts';
import { isPlainObject } from '../../openapi/document.ts';
import { createMatcher } from '../../openapi/matcher.ts';
import type { Ask } from '../engine/remember.ts';
import type { Call } from '../engine/request.ts';
import {
  type IssuedKind,
  type RequestPart,
  readInput,
  readPart,
  readSessions,
  type SessionRule,
  type SimulationInput,
} from './rules.ts';
import { type IssuedToken, type TokenStore, takeToken } from './tokens.ts';

type FindRules = (request: Pick<Call, 'method' | 'url'>) => readonly SessionRule[];

/**
 * Has a mock keep sessions: what it hands out is fresh, and what it takes must have been handed out.
 *
 * What is refused without sessions, as breaking the spec or as meeting an `x-match`, is refused in the same way. Who
 * prefers an answer gets it without a look at the token of the request, which is not spent; a success among those
 * answers hands out fresh tokens, too.
 *
 * @param document whose `x-session` says which operation takes and issues what
 */
export function simulateSessions(ask: Ask, document: Oas3_1Definition, tokens: TokenStore): Ask {
  const findRules = createFindRules(document);
  return async (call, preference) => {
    const answer = await ask(call, preference);
    if (answer.status >= 400) {
      return answer;
    }
    const input = readInput(call, preference);
    const rule = findRule(findRules(call), input);
    const body = isPlainObject(answer.value) ? answer.value : {};
    if (rule === undefined || !hasTokens(body, rule)) {
      return answer;
    }
    // Nothing is awaited between taking and issuing: of two requests with one token, one wins.
    const taken = input.isAnswerPreferred
      ? { subject: rule.subject && readPart(input, rule.subject) }
      : takeToken(tokens, rule, input);
    return taken === undefined
      ? ask(call, rule.refusal)
      : complete(answer, body, tokens, rule, input, taken.subject);
  };
}

function createFindRules(document: Oas3_1Definition): FindRules {
  const findCall = createMatcher(document);
  const byPointer = new Map(readSessions(document).map(({ place, rules }) => [place.pointer, rules]));
  return ({ method, url }) => {
    // Where the spec has no HEAD, the mock answers it as GET.
    const called = { method: method === 'HEAD' ? 'get' : method.toLowerCase(), path: url?.pathname ?? '' };
    return byPointer.get(findCall(called)?.place.pointer ?? '') ?? [];
  };
}

function findRule(rules: readonly SessionRule[], { form }: SimulationInput): SessionRule | undefined {
  return rules.find(({ when }) =>
    Object.entries(when?.form ?? {}).every(([name, value]) => form[name] === value),
  );
}

// An envelope that fails under 200 has none.
function hasTokens(body: Record<string, unknown>, { issues = {} }: SessionRule): boolean {
  return Object.keys(issues).every((name) => typeof body[name] === 'string');
}

function complete(
  answer: Answer,
  body: Record<string, unknown>,
  tokens: TokenStore,
  rule: SessionRule,
  input: SimulationInput,
  subject: string | undefined,
): Answer {
  const target = rule.locationFrom && readPart(input, rule.locationFrom);
  const location = target === undefined ? {} : { location: toUriReference(target) };
  const headers = { ...answer.headers, ...location };
  const { issues = {} } = rule;
  if (Object.keys(issues).length === 0) {
    return { ...answer, headers };
  }
  const value = fillTokens(body, tokens, issues, input, subject);
  return { ...answer, headers, body: JSON.stringify(value), value };
}

/**
 * Percent-encodes what a header cannot carry or RFC 3986 doesn't let stand in a path, a query or a fragment. What is
 * encoded already, and all else, stays as it is: nothing is resolved.
 */
function toUriReference(target: string): string {
  const [first = '', ...others] = target.split('#').map((part) =>
    // `encodeURI` encodes the percent signs of what is encoded already.
    encodeURI(part).replaceAll(/%25([0-9a-f]{2})/gi, '%$1'),
  );
  return others.length === 0 ? first : `${first}#${others.join('%23')}`;
}

/**
 * Puts fresh tokens into the body of an answer. All else stays as it is, but for the property that says how long a
 * token lives, where the request asks for that.
 *
 * @param subject who signs in, where one is known: what comes of a token that names nobody ends no other token
 */
function fillTokens(
  body: Record<string, unknown>,
  tokens: TokenStore,
  issues: Readonly<Record<string, IssuedKind>>,
  input: SimulationInput,
  subject: string | undefined,
): Record<string, unknown> {
  const filled = { ...body };
  for (const [name, { kind, life, client }] of Object.entries(issues)) {
    const lifeSeconds = 'seconds' in life ? life.seconds : fillLife(filled, life, input);
    const belongs = client === undefined ? {} : describeOwner(kind, client, input, subject);
    filled[name] = tokens.issue({ kind, lifeSeconds, ...belongs });
  }
  return filled;
}

function fillLife(
  filled: Record<string, unknown>,
  { property, minutesFrom }: { property: string; minutesFrom?: RequestPart },
  input: SimulationInput,
): number {
  const asked = minutesFrom && toSeconds(readPart(input, minutesFrom));
  if (asked !== undefined) {
    filled[property] = asked;
  }
  return Number(filled[property]);
}

function describeOwner(
  kind: string,
  { header, otherwise }: NonNullable<IssuedKind['client']>,
  input: SimulationInput,
  subject: string | undefined,
): Pick<IssuedToken, 'client' | 'subject' | 'owner'> {
  const client = readPart(input, { header }) ?? (otherwise && readPart(input, otherwise));
  const owner = subject === undefined ? undefined : JSON.stringify([kind, subject, client]);
  return { client, subject, owner };
}

// A number of minutes, in whole seconds.
function toSeconds(minutes = ''): number | undefined {
  const seconds = Math.round(Number(minutes) * 60);
  return Number.isSafeInteger(seconds) ? seconds : undefined;
}
