import type { Violation } from '../../http/message.ts';
import { readPart, readToken, type SimulationInput } from './input.ts';
import type { RequestPart, SessionRule, TakenToken } from './rules.ts';
import type { IssuedToken, TokenStore } from './tokens.ts';

/** Whom a request is from, and the family of the token that it came with. */
export interface Holder {
  subject?: string | undefined;
  family?: string | undefined;
}

/** What a request came to: who it is from, or why it is refused. */
export type Taking = { holder: Holder; refused?: undefined } | { refused: Violation };

/**
 * Takes what an operation needs from a request, and spends a token that works once. A token that is spent already can
 * end the life of others.
 */
export function takeToken(
  tokens: TokenStore,
  { takes, secondFactor, subject }: SessionRule,
  input: SimulationInput,
): Taking {
  const named = subject && readPart(input, subject);
  const isCodeWrong =
    secondFactor !== undefined &&
    named === secondFactor.subject &&
    readPart(input, secondFactor.from) !== secondFactor.code;
  if (isCodeWrong) {
    return refuse(secondFactor.from, 'wrong-code', 'The second factor is missing or wrong.');
  }
  if (takes === undefined) {
    return { holder: { subject: named } };
  }
  const text = readToken(input, takes.from);
  const token = tokens.find(text);
  const reason = findReason(tokens, takes, input, text, token);
  if (token === undefined || reason !== undefined) {
    const [code, message] = reason ?? ['unknown', ''];
    return refuse(code === 'wrong-client' ? takes.client : takes.from, code, message);
  }
  if (takes.isSpent) {
    tokens.end(token, 'spent');
  }
  return { holder: token };
}

type Reason = readonly [code: string, message: string];

function findReason(
  tokens: TokenStore,
  takes: TakenToken,
  input: SimulationInput,
  text: string,
  token: IssuedToken | undefined,
): Reason | undefined {
  const kinds = listKinds(takes);
  const expected = kinds.join(' or ');
  if (text === '') {
    return ['missing', `The request has no ${expected}.`];
  }
  if (token === undefined) {
    return ['unknown', `The mock did not issue this ${expected}, or has forgotten it.`];
  }
  if (!kinds.includes(token.kind)) {
    return ['wrong-kind', `Found the kind ${token.kind}, expected ${expected}.`];
  }
  // Before the state is looked at: who is not its client must not end a family.
  if (!isClientRight(token.client, takes, input)) {
    return ['wrong-client', `The ${token.kind} belongs to another client, or the request names none.`];
  }
  return explainState(tokens, takes, token);
}

function explainState(
  tokens: TokenStore,
  { reuseRevokes = [] }: TakenToken,
  token: IssuedToken,
): Reason | undefined {
  const state = tokens.readState(token);
  switch (state) {
    case 'live':
      return undefined;
    case 'spent':
      if (reuseRevokes.length > 0) {
        tokens.revokeFamily(token.family, reuseRevokes);
        const revoked = reuseRevokes.join(' and ');
        return [state, `The ${token.kind} was spent before. That revoked every ${revoked} of its family.`];
      }
      return [state, `The ${token.kind} was spent before.`];
    case 'replaced':
      return [state, `A later ${token.kind} of the same client and subject replaced this one.`];
    case 'revoked':
      return [state, `The ${token.kind} was revoked, by itself or with its family.`];
    default:
      return [state, `The ${token.kind} expired at ${new Date(token.expiresAtMs).toISOString()}.`];
  }
}

/** Lists the kinds of which one is taken. */
export function listKinds({ kind }: TakenToken): readonly string[] {
  return typeof kind === 'string' ? [kind] : kind;
}

function refuse(from: RequestPart | 'bearer' | undefined, code: string, message: string): Taking {
  const [part = ''] = from === 'bearer' ? [['header', 'authorization']] : Object.entries(from ?? {});
  return {
    refused: { location: ['request', ...part], severity: 'Information', code: `session.${code}`, message },
  };
}

// A token that was issued to no client in particular belongs to the one that names itself first.
function isClientRight(
  expected: string | undefined,
  { client }: TakenToken,
  input: SimulationInput,
): boolean {
  const named = readPart(input, client);
  return client === undefined || (named !== undefined && (expected === undefined || expected === named));
}

/**
 * Revokes the token that a request names, if the mock issued it, as RFC 7009 has it: who asks learns nothing.
 */
export function revokeNamed(
  tokens: TokenStore,
  { from, isWholeFamily = false }: NonNullable<SessionRule['revokes']>,
  input: SimulationInput,
): void {
  const token = tokens.find(readToken(input, from));
  if (token !== undefined) {
    tokens.end(token, 'revoked');
    if (isWholeFamily) {
      tokens.revokeFamily(token.family);
    }
  }
}
