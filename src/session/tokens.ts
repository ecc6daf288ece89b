import type { BearerToken } from '../../generated/schema.ts';
import { isClientId } from './client-id.ts';
import { SessionError } from './session-error.ts';

/** What a session keeps of a sign-in. All of it is secret. */
export interface SessionTokens {
  accessToken: string;
  /** Renews the session once: each renewal brings another. */
  refreshToken: string;
  /** When `accessToken` was asked for, in milliseconds since 1970 by the session's clock. */
  issuedAt: number;
  /** When `accessToken` expires, by the same clock. */
  expiresAt: number;
  /** The `client_id` that a renewal must send. */
  clientId: string;
  /** Made at the sign-in and kept by renewals: tells one customer's calls from the next one's. No secret. */
  signInId: string;
}

/**
 * Reads what a session keeps out of a grant's answer.
 *
 * A life that is no positive number counts as unknown: then only a 401 tells that the token is expired.
 *
 * @throws {SessionError} `unusable_answer` when a token is missing
 */
export function readGrant(
  { access_token: accessToken, refresh_token: refreshToken, expires_in: expiresInSeconds }: BearerToken,
  { clientId, signInId }: Pick<SessionTokens, 'clientId' | 'signInId'>,
  issuedAt: number,
): SessionTokens {
  if (!isToken(accessToken) || !isToken(refreshToken)) {
    throw new SessionError('unusable_answer', 'The grant was answered with 200, but without both tokens.');
  }
  // Finite, because JSON has no Infinity: a store that keeps JSON would lose it.
  const lifeMs = expiresInSeconds > 0 ? expiresInSeconds * 1000 : Number.POSITIVE_INFINITY;
  const expiresAt = Math.min(issuedAt + lifeMs, Number.MAX_SAFE_INTEGER);
  return { accessToken, refreshToken, issuedAt, expiresAt, clientId, signInId };
}

/**
 * Finds the tokens in what a store holds. A record that a session can't go on with counts as none, whatever it is: one
 * that lacks a field, one of another version, or garbage.
 */
export function readTokens(record: unknown): SessionTokens | undefined {
  const { accessToken, refreshToken, issuedAt, expiresAt, clientId, signInId } = (record ??
    {}) as Partial<SessionTokens>;
  const isUsable =
    [accessToken, refreshToken, signInId].every(isToken) &&
    [issuedAt, expiresAt].every(Number.isFinite) &&
    isClientId(clientId);
  return isUsable ? (record as SessionTokens) : undefined;
}

/**
 * Takes the tokens of the customer who is signed in.
 *
 * @param before tokens of the sign-in that must go on
 * @throws {SessionError} `signed_out` when nobody is signed in, or another customer than `before`
 */
export function requireSameSignIn(tokens: SessionTokens | undefined, before?: SessionTokens): SessionTokens {
  if (tokens === undefined || (before !== undefined && tokens.signInId !== before.signInId)) {
    throw new SessionError('signed_out', 'Nobody is signed in, or somebody else is by now. Sign in first.');
  }
  return tokens;
}

/** Tells a token from what a broken answer has in its place. */
export function isToken(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
