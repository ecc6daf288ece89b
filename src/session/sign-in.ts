import type { PasswordGrant, TokenError } from '../../generated/schema.ts';
import type { NexudusAuthClient } from '../client.ts';
import type { SessionClock } from './clock.ts';
import type { TokenKeeper } from './token-keeper.ts';
import { keepTokens } from './tokens.ts';

/** What a customer signs in with; `totp` where the code is known at once. */
export type Credentials = Omit<PasswordGrant, 'grant_type'>;

/** What a call of a session can be given. */
export interface SessionCallOptions {
  /** Aborts the call and each of its waits. */
  signal?: AbortSignal;
}

/**
 * How a sign-in ended, told apart by `status`. None of it holds a token or a password that could be printed.
 *
 * - `signed_in`: the tokens are in the store;
 * - `two_factor_required`: ask for the code of six digits and give it to `answer`, which resolves to the next result:
 *   this one again after a wrong code, which is inferred;
 * - `must_reset_password`: the customer has to choose a new password. `readResetToken` reads what Nexudus was seen to
 *   send for it;
 * - `refused`: anything else. `error` is a code of the spec or one that it doesn't know, `description` is for people.
 */
export type SignInResult =
  | { status: 'signed_in' }
  | {
      status: 'two_factor_required';
      answer: (totp: string, options?: SessionCallOptions) => Promise<SignInResult>;
    }
  | { status: 'must_reset_password'; readResetToken: () => string | undefined }
  | { status: 'refused'; error: TokenError['error']; description?: string };

/** How an exchange ended, told apart by `status`; `httpStatus` is all that Nexudus says about a refusal. */
export type ExchangeResult = { status: 'signed_in' } | { status: 'refused'; httpStatus: 400 | 401 };

/** What an exchange can be given. */
export interface ExchangeOptions extends SessionCallOptions {
  /** The life of the bearer token. Default: 1440, one day, as the portal asks for. */
  validForInMinutes?: number;
  /**
   * The `client_id` that renewals send. Default: the session's. An exchange sends none, and Nexudus does not say which
   * one its refresh token is bound to: that it is this one is inferred. Where neither is given, a renewal sends none,
   * and the docs make us expect that it is refused.
   */
  clientId?: string;
}

/** What signs in. */
export interface SignInParts {
  client: NexudusAuthClient;
  keeper: TokenKeeper;
  clock: SessionClock;
  clientId: string | undefined;
}

/** Signs in with a password. A 429 is thrown at once: a password is not sent twice. */
export async function signIn(
  parts: SignInParts,
  credentials: Credentials,
  options: SessionCallOptions = {},
): Promise<SignInResult> {
  const { client, keeper, clock, clientId } = parts;
  const issuedAt = clock.now();
  const { status, body } = await client.getBearerToken({
    ...(clientId === undefined ? {} : { header: { client_id: clientId } }),
    body: { ...credentials, grant_type: 'password' },
    ...pickSignal(options),
  });
  if (status !== 200) {
    return explainRefusal(body, (totp, next) => signIn(parts, { ...credentials, totp }, next));
  }
  // Without a client_id, Nexudus takes the e-mail address for it.
  await keeper.signIn(keepTokens(body, beginSignIn(clientId ?? credentials.username), issuedAt));
  return { status: 'signed_in' };
}

/** Signs in with a JWT that Nexudus issued. It works once, so that it is not sent twice. */
export async function exchange(
  { client, keeper, clock, clientId }: SignInParts,
  jwt: string,
  options: ExchangeOptions = {},
): Promise<ExchangeResult> {
  const issuedAt = clock.now();
  const { status, body } = await client.exchangeJwt({
    query: { token: jwt, validForInMinutes: options.validForInMinutes ?? 1440 },
    ...pickSignal(options),
  });
  if (status !== 200) {
    return { status: 'refused', httpStatus: status };
  }
  const granted = { ...body, access_token: body.token };
  await keeper.signIn(keepTokens(granted, beginSignIn(options.clientId ?? clientId), issuedAt));
  return { status: 'signed_in' };
}

function explainRefusal(
  { error, error_description }: TokenError,
  answer: (totp: string, options?: SessionCallOptions) => Promise<SignInResult>,
): SignInResult {
  if (error === 'two_factor_auth_check') {
    return { status: 'two_factor_required', answer };
  }
  if (error === 'must_reset_password') {
    return { status: 'must_reset_password', readResetToken: () => error_description };
  }
  return {
    status: 'refused',
    error,
    ...(error_description === undefined ? {} : { description: error_description }),
  };
}

function beginSignIn(clientId: string | undefined): { clientId?: string; signInId: string } {
  const signInId = Math.random().toString(36).slice(2);
  return clientId === undefined ? { signInId } : { clientId, signInId };
}

function pickSignal({ signal }: SessionCallOptions): { signal?: AbortSignal } {
  return signal === undefined ? {} : { signal };
}
