import { createNexudusAuthClient } from '../client/client.ts';
import { createNexudusAuthUrls } from '../client/urls.ts';
import { checkBaseUrl } from '../runtime/url.ts';
import { type AuthenticatedLink, createAuthenticatedLink } from './authenticated-link.ts';
import { systemClock } from './clock.ts';
import { type AuthenticatedLinkTarget, prepareTarget } from './link-target.ts';
import { createListeners } from './listeners.ts';
import { findLocks } from './locks.ts';
import type { NexudusAuthSessionOptions } from './options.ts';
import { createMediaTokens, createOneTimeTokens, mediaTokenLifeMs } from './protected-tokens.ts';
import { createRenewal } from './renewal.ts';
import { createSessionFetch, type SessionFetch } from './session-fetch.ts';
import {
  type Credentials,
  createFindClientId,
  type ExchangeOptions,
  type ExchangeResult,
  exchange,
  type SessionCallOptions,
  type SignInResult,
  signIn,
} from './sign-in.ts';
import { createMemoryStore } from './store.ts';
import { createTokenKeeper, type SessionEvent, type TokenKeeper } from './token-keeper.ts';
import { createSendWithBearer } from './with-bearer.ts';

/**
 * The session of one customer. Its functions can be taken off it, and none of its parts can be printed.
 *
 * Whatever needs a bearer token renews it before it expires and after a 401, once for all calls and all tabs; a call
 * that met a 401 is sent once more, and a second 401 is its answer, as is any 401 in the minute after such a renewal.
 * When Nexudus refuses the renewal, the session is signed out. When the renewal gets no answer, its tokens are kept, and
 * a bearer token that is not expired is used on.
 *
 * Of sign-ins and sign-outs, the one that begins last wins: an earlier sign-in that is still under way throws `aborted`,
 * and its tokens are dropped.
 *
 * Throws a `SessionError`, or the `CallError` of a call without a documented answer.
 */
export interface NexudusAuthSession {
  /**
   * Signs a customer in with a password.
   *
   * @example
   * let result = await session.signIn({ username, password });
   * if (result.status === 'two_factor_required') result = await result.answer(await askForCode());
   * if (result.status === 'refused') show(result.description ?? result.error);
   */
  signIn: (credentials: Credentials, options?: SessionCallOptions) => Promise<SignInResult>;
  /**
   * Signs a customer in with the one-time JWT of a sign-up, an e-mail verification, a password reset or a magic link.
   * A refused one leaves the session as it was.
   */
  exchange: (jwt: string, options?: ExchangeOptions) => Promise<ExchangeResult>;
  /** Forgets the tokens, here and in every tab on the store. Nexudus has no call for it: they live on until they expire. */
  signOut: () => Promise<void>;
  /** Says whether the store has tokens. Nexudus may refuse them all the same. */
  isSignedIn: () => Promise<boolean>;
  /** Calls `listener` after a sign-in and a sign-out, also in another tab on the store. Returns what stops that. */
  subscribe: (listener: (event: SessionEvent) => void) => () => void;
  /**
   * `fetch` for any other endpoint: a string that starts with a slash is a path under `baseUrl`.
   *
   * It adds the bearer token to calls of the space's own origin, unless they have an Authorization header of their own
   * or are a public operation of the spec. Every other call goes to `fetch` as it is.
   *
   * What has the bearer token does not follow redirects, unless `redirect` is given. Engines drop an Authorization
   * header on the way to another origin, as the Fetch standard has it; this does not rely on it.
   *
   * A 429 is waited for with GET, HEAD, OPTIONS, PUT and DELETE. A body that is a stream, also within a `Request`, is
   * sent once and not buffered: its 401 and its 429 are the answer. Aborted, it throws the signal's reason, as `fetch`
   * does.
   *
   * @throws {SessionError} `signed_out` when nobody is signed in: what visitors may see, plain `fetch` gets
   * @example
   * const response = await session.fetch('/api/public/bookings/my');
   */
  fetch: SessionFetch;
  /**
   * Gets a one-time token for a redirect URL: a new one at each call.
   *
   * @throws {SessionError} `not_successful` when the envelope failed, under whatever status
   */
  oneTimeToken: (options?: SessionCallOptions) => Promise<string>;
  /** Gets the media token: the same for all who ask within 50 of its 60 seconds. */
  mediaToken: (options?: SessionCallOptions) => Promise<string>;
  /**
   * Makes a link that signs the browser in. Make it once, not once a rendering: another link begins anew.
   *
   * @throws {UrlError} for a target that is no path or would leave the origin
   * @throws {TypeError} for a page of the portal without `portalUrl`
   * @example
   * // In React, useAuthenticatedLink of nexudus-auth-contract/react does it.
   * const link = session.authenticatedLink('/user/invoices');
   * const stop = link.subscribe(() => show(link.getState()));
   */
  authenticatedLink: (target: AuthenticatedLinkTarget) => AuthenticatedLink;
}

/**
 * Makes the session of one customer in one space.
 *
 * It keeps the tokens in a store, which may have some already: then the customer is signed in. Of two tabs that share
 * a store, one renews, under a lock, and the other finds the new tokens in the store: a renewal invalidates the refresh
 * token that it was done with.
 *
 * A 429 is waited for, as `Retry-After` says, in whatever is safe to repeat: one-time tokens, media tokens, renewals
 * and idempotent calls of `fetch`. It is waited for here, and not in the `fetch` of the client, so that the wait is no
 * part of the client's `timeoutMs`, and so that any client will do.
 *
 * @throws {TypeError} when `baseUrl` or `portalUrl` is no absolute http or https URL, and when no header can carry
 *   `clientId`
 * @throws {RangeError} when `linkLifeMs` is less than 1000 or no number
 * @example
 * const session = createNexudusAuthSession({ baseUrl: 'https://your-space.spaces.nexudus.com' });
 * const result = await session.signIn({ username, password });
 * if (result.status === 'signed_in') await session.fetch('/api/public/bookings/my');
 */
export function createNexudusAuthSession(options: NexudusAuthSessionOptions): NexudusAuthSession {
  const { portalUrl, clientId, renewBeforeMs = 60_000, linkLifeMs = 50_000, clock = systemClock } = options;
  // Below that, and with what is no number, a link would do nothing but get tokens.
  if (!(linkLifeMs >= 1000)) {
    throw new RangeError(`linkLifeMs is ${linkLifeMs}, expected 1000 milliseconds or more.`);
  }
  const baseUrl = checkBaseUrl(options.baseUrl, 'baseUrl');
  const urls = createNexudusAuthUrls({ baseUrl, portalUrl: portalUrl ?? baseUrl });
  const fetch =
    options.fetch ?? ((input: string | Request, init?: RequestInit) => globalThis.fetch(input, init));
  const client = options.client ?? createNexudusAuthClient({ baseUrl, fetch });
  const store = options.store ?? createMemoryStore();
  const locks = options.locks ?? findLocks(store, options.store !== undefined);
  const lockName = options.lockName ?? `nexudus-auth-session ${baseUrl}`;

  const events = createListeners<SessionEvent>(() => keeper.follow());
  const keeper: TokenKeeper = createTokenKeeper({ store, locks, lockName: `${lockName} store`, events });
  const renewal = createRenewal({ client, keeper, clock, locks, lockName });
  const sendWithBearer = createSendWithBearer({ keeper, renewal, clock, renewBeforeMs });
  const findClientId = createFindClientId(clientId, keeper);
  const parts = { client, keeper, clock, findClientId, sendWithBearer };
  const tokens = { 'one-time': createOneTimeTokens(parts), media: createMediaTokens(parts) };

  return {
    signIn: (credentials, callOptions) => signIn(parts, credentials, callOptions),
    exchange: (jwt, callOptions) => exchange(parts, jwt, callOptions),
    signOut: keeper.signOut,
    isSignedIn: async () => (await keeper.read()) !== undefined,
    subscribe: events.add,
    fetch: createSessionFetch({ baseUrl, fetch, sendWithBearer }),
    oneTimeToken: async ({ signal } = {}) => (await tokens['one-time'](signal)).t,
    mediaToken: async ({ signal } = {}) => (await tokens.media(signal)).t,
    authenticatedLink: (target) => {
      const { token, build } = prepareTarget(target, urls, portalUrl !== undefined);
      const lifeMs = token === 'media' ? mediaTokenLifeMs : linkLifeMs;
      return createAuthenticatedLink({
        load: async (signal) => {
          const { t, issuedAt } = await tokens[token](signal);
          return { href: build(t), staleAt: issuedAt + lifeMs };
        },
        isSpentByUse: token === 'one-time',
        clock,
        events,
      });
    },
  };
}
