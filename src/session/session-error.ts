import { toSafeError } from '../runtime/errors.ts';

/**
 * Why a session can't do what it was asked for:
 *
 * - `signed_out`: nobody is signed in, any more or under the same sign-in: ask the customer to sign in;
 * - `renewal_failed`: the bearer token is expired or refused, and its renewal got no answer that says yes or no.
 *   The tokens are kept, and the next call tries again. `cause` says what went wrong, without what a client of the
 *   caller threw, since that may quote a token;
 * - `bearer_token_refused`: a bearer token that had just been renewed was answered with 401;
 * - `not_successful`: the envelope of a one-time token says that it failed. The message quotes its `Message`, on one line
 *   and without whatever could be a token;
 * - `unusable_answer`: the answer to a grant or to a token holds no token;
 * - `store_failure`: the store threw. What it threw is not kept, since it may quote a token;
 * - `aborted`: the caller's signal aborted a wait, `cause` is its reason; or another sign-in or a sign-out began after
 *   this sign-in, which is dropped.
 */
export type SessionErrorCode =
  | 'signed_out'
  | 'renewal_failed'
  | 'bearer_token_refused'
  | 'not_successful'
  | 'unusable_answer'
  | 'store_failure'
  | 'aborted';

/**
 * A session that can't do what it was asked for. What goes wrong on the wire is a `CallError` instead.
 *
 * Neither the message nor a property holds a token or a password.
 */
export class SessionError extends Error {
  override readonly name = 'SessionError';
  readonly code: SessionErrorCode;

  constructor(code: SessionErrorCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? cause : { cause });
    this.code = code;
  }
}

/** Tells a `SessionError` from other errors, also one of another copy of this package, as `isCallError` does. */
export function isSessionError(error: unknown): error is SessionError {
  return error instanceof Error && error.name === 'SessionError';
}

/**
 * Quotes what Nexudus says for people: 200 characters at most, without `secrets` and without words that are long enough
 * to be a token or that are an e-mail address. Empty where it says nothing.
 */
export function quoteMessage(message: unknown, secrets: readonly string[]): string {
  if (typeof message !== 'string' || message.trim() === '') {
    return '';
  }
  const line = message.replace(/\s+/g, ' ').trim();
  const masked = toSafeError(line, secrets).message.replace(/\S*@\S*|(?=\S*\d)\S{12,}|\S{20,}/g, '***');
  return JSON.stringify(masked.slice(0, 200));
}

/** Names the kind of what was thrown, and nothing of it: what others throw can quote a token. */
export function describeKind(error: unknown): string {
  return typeof error === 'object' ? toSafeError(error).name : typeof error;
}
