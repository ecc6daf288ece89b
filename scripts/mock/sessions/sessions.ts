import type { Oas3_1Definition } from '@redocly/openapi-core';
import type { Answer } from '../../http/message.ts';
import { isPlainObject } from '../../openapi/document.ts';
import { createMatcher } from '../../openapi/matcher.ts';
import { nameOperation } from '../../openapi/operations.ts';
import type { Ask } from '../engine/remember.ts';
import type { Call, Preference } from '../engine/request.ts';
import { readInput, readPart, type SimulationInput } from './input.ts';
import {
  type IssuedKind,
  type RequestPart,
  readSessions,
  type SessionOperation,
  type SessionRule,
} from './rules.ts';
import { type Holder, revokeNamed, takeToken } from './taking.ts';
import type { IssuedToken, TokenStore } from './tokens.ts';

/** Answers a call with the tokens of the world that it belongs to. The preference wins over the client's own. */
export type AskWithTokens = (
  call: Call,
  preference: Preference | undefined,
  tokens: TokenStore,
) => Promise<Answer>;

type FindSession = (request: Pick<Call, 'method' | 'url'>) => SessionOperation | undefined;

/**
 * Has a mock keep sessions: what it hands out is fresh, and what it takes must have been handed out.
 *
 * What is refused without sessions, as breaking the spec or as meeting an `x-match`, is refused in the same way. Who
 * prefers an answer gets it without a look at the token of the request, which is not spent; a success among those
 * answers hands out fresh tokens, too.
 *
 * Why a request is refused is among the violations of its answer.
 *
 * @param document whose `x-session` says which operation takes and issues what
 */
export function simulateSessions(ask: Ask, document: Oas3_1Definition): AskWithTokens {
  const findSession = createFindSession(document);
  return async (call, preference, tokens) => {
    const answer = await ask(call, preference);
    const session = answer.status < 400 ? findSession(call) : undefined;
    if (session === undefined) {
      return answer;
    }
    const input = readInput(call, preference);
    const rule = findRule(session.rules, input);
    const body = isPlainObject(answer.value) ? answer.value : {};
    if (rule === undefined || !hasTokens(body, rule)) {
      return answer;
    }
    // Nothing is awaited between taking and issuing: of two requests with one token, one wins.
    const taking = input.isAnswerPreferred
      ? { holder: { subject: rule.subject && readPart(input, rule.subject) } }
      : takeToken(tokens, rule, input);
    if (taking.refused !== undefined) {
      const refusal = await ask(call, rule.refusal);
      return {
        ...refusal,
        violations: [...(refusal.violations ?? []), taking.refused],
        choice: { ...refusal.choice, by: 'refused', reason: taking.refused.message },
      };
    }
    if (rule.revokes !== undefined && !input.isAnswerPreferred) {
      revokeNamed(tokens, rule.revokes, input);
    }
    return complete(answer, body, {
      tokens,
      rule,
      input,
      holder: taking.holder,
      issuedBy: nameOperation(session.place),
    });
  };
}

function createFindSession(document: Oas3_1Definition): FindSession {
  const findCall = createMatcher(document);
  const byPointer = new Map(readSessions(document).map((session) => [session.place.pointer, session]));
  return ({ method, url }) => {
    // Where the spec has no HEAD, the mock answers it as GET.
    const called = { method: method === 'HEAD' ? 'get' : method.toLowerCase(), path: url?.pathname ?? '' };
    return byPointer.get(findCall(called)?.place.pointer ?? '');
  };
}

function findRule(rules: readonly SessionRule[], input: SimulationInput): SessionRule | undefined {
  return rules.find(({ when = {} }) =>
    (['form', 'body'] as const).every((part) =>
      Object.entries(when[part] ?? {}).every(([name, value]) => readPart(input, { [part]: name }) === value),
    ),
  );
}

// An envelope that fails under 200 has none.
function hasTokens(body: Record<string, unknown>, { issues = {} }: SessionRule): boolean {
  return Object.keys(issues).every((name) => typeof body[name] === 'string');
}

/** What a request came to, and what its answer is completed with. */
interface Completion {
  tokens: TokenStore;
  rule: SessionRule;
  input: SimulationInput;
  holder: Holder;
  issuedBy: string;
}

function complete(answer: Answer, body: Record<string, unknown>, completion: Completion): Answer {
  const { locationFrom, issues = {} } = completion.rule;
  const target = locationFrom && readPart(completion.input, locationFrom);
  const location = target === undefined ? {} : { location: toUriReference(target) };
  const completed: Answer = {
    ...answer,
    headers: { ...answer.headers, ...location },
    holder: completion.holder.subject,
    ...(completion.input.isAnswerPreferred ? {} : { choice: { ...answer.choice, by: 'simulated' } }),
  };
  if (Object.keys(issues).length === 0) {
    return completed;
  }
  const value = fillTokens(body, issues, completion);
  return { ...completed, body: JSON.stringify(value), value };
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
 * Puts fresh tokens into the body of an answer, of one family. All else stays as it is, but for the property that says
 * how long a token lives, where the request asks for that.
 *
 * What comes of a token that names nobody ends no other token.
 */
function fillTokens(
  body: Record<string, unknown>,
  issues: Readonly<Record<string, IssuedKind>>,
  { tokens, input, holder: { subject, family: first }, issuedBy }: Completion,
): Record<string, unknown> {
  const filled = { ...body };
  let family = first;
  for (const [name, { kind, life, client }] of Object.entries(issues)) {
    const lifeSeconds = 'seconds' in life ? life.seconds : fillLife(filled, life, input);
    const belongs = client === undefined ? {} : describeOwner(kind, client, input, subject);
    const token = tokens.issue({ kind, lifeSeconds, family, issuedBy, subject, ...belongs });
    family ??= tokens.find(token)?.family;
    filled[name] = token;
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
  { otherwise, isShared = false, ...part }: NonNullable<IssuedKind['client']>,
  input: SimulationInput,
  subject: string | undefined,
): Pick<IssuedToken, 'client' | 'owner'> {
  const client = readPart(input, part) ?? (otherwise && readPart(input, otherwise));
  const owner = subject === undefined || isShared ? undefined : JSON.stringify([kind, subject, client]);
  return { client, owner };
}

// A number of minutes, in whole seconds.
function toSeconds(minutes = ''): number | undefined {
  const seconds = Math.round(Number(minutes) * 60);
  return Number.isSafeInteger(seconds) ? seconds : undefined;
}
