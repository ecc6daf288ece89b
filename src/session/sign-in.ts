import type { PasswordGrant, TokenError } from '../../generated/schema.ts';
import type { NexudusAuthClient } from '../client/client.ts';
import { checkClientId, createGuid, isGuid } from './client-id.ts';
import { orAborted, type SessionClock } from './clock.ts';
import type { TokenKeeper } from './token-keeper.ts';
import { readGrant } from './tokens.ts';

/** What a customer signs in with; `totp` where the code is known at once. */
export type Credentials = Omit<PasswordGrant, 'grant_type'>;

/** What a call of a session can be given. */
export interface SessionCallOptions {
  /** Aborts the call and each of its waits. */
  signal?: AbortSignal;
}

/**
 * How a sign-in ended, discriminated by `status`. None of it holds a token or a password that could be printed.
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

/** How an exchange ended, discriminated by `status`; `httpStatus` is all that Nexudus says about a refusal. */
export type ExchangeResult = { status: 'signed_in' } | { status: 'refused'; httpStatus: 400 | 401 };

/** What an exchange can be given. */
export interface ExchangeOptions extends SessionCallOptions {
  /** The life of the bearer token. Default: 1440, one day, as the portal asks for. */
  validForInMinutes?: number;
  /**
   * The `client_id` that renewals send, in printable ASCII. Default: the session's. An exchange sends none, and Nexudus
   * does not say which one its refresh token is bound to: that it is this one is inferred.
   */
  clientId?: string;
}

/** What signs in. */
export interface SignInParts {
  client: NexudusAuthClient;
  keeper: TokenKeeper;
  clock: SessionClock;
  /** Finds the session's `client_id`. */
  findClientId: () => Promise<string>;
}

/**
 * Creates a function that finds the `client_id` of sign-ins: `given`, or else a GUID of this installation. It is the
 * one that the store holds, so that it lasts as long as the record. A sign-out removes the record, and the session
 * remembers the GUID; the next session, after a reload, makes another one.
 */
export function createFindClientId(given: string | undefined, keeper: TokenKeeper): () => Promise<string> {
  checkClientId(given);
  let own: string | undefined;
  return async () => {
    if (given !== undefined) return given;
    // A sign-in is what recovers from a store that can't be read.
    const kept = await keeper.read().catch(() => undefined);
    own = kept !== undefined && isGuid(kept.clientId) ? kept.clientId : (own ?? createGuid());
    return own;
  };
}

/** Signs in with a password. A 429 is thrown at once: a password is not sent twice. */
export async function signIn(
  parts: SignInParts,
  credentials: Credentials,
  options: SessionCallOptions = {},
): Promise<SignInResult> {
  const { client, keeper, clock, findClientId } = parts;
  const keep = keeper.beginSignIn();
  const clientId = await orAborted(findClientId, options.signal);
  const issuedAt = clock.now();
  const send = () =>
    client.getBearerToken({
      header: { client_id: clientId },
      body: { ...credentials, grant_type: 'password' },
      ...pickSignal(options),
    });
  const { status, body } = await orAborted(send, options.signal);
  if (status !== 200) {
    return explainRefusal(body, (totp, next) => signIn(parts, { ...credentials, totp }, next));
  }
  await keep(readGrant(body, { clientId, signInId: createGuid() }, issuedAt));
  return { status: 'signed_in' };
}

/** Signs in with a JWT that Nexudus issued. It works once, so that it is not sent twice. */
export async function exchange(
  { client, keeper, clock, findClientId }: SignInParts,
  jwt: string,
  options: ExchangeOptions = {},
): Promise<ExchangeResult> {
  checkClientId(options.clientId);
  const keep = keeper.beginSignIn();
  const clientId = options.clientId ?? (await orAborted(findClientId, options.signal));
  const issuedAt = clock.now();
  const send = () =>
    client.exchangeJwt({
      query: { token: jwt, validForInMinutes: options.validForInMinutes ?? 1440 },
      ...pickSignal(options),
    });
  const { status, body } = await orAborted(send, options.signal);
  if (status !== 200) {
    return { status: 'refused', httpStatus: status };
  }
  const granted = { ...body, access_token: body.token };
  await keep(readGrant(granted, { clientId, signInId: createGuid() }, issuedAt));
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

function pickSignal({ signal }: SessionCallOptions): { signal?: AbortSignal } {
  return signal === undefined ? {} : { signal };
}
