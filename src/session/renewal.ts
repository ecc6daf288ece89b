import type { GetBearerTokenResult } from '../../generated/client.ts';
import type { NexudusAuthClient } from '../client/client.ts';
import { CallError } from '../runtime/errors.ts';
import { isWithin, type SessionClock } from './clock.ts';
import type { SessionLocks } from './locks.ts';
import { describeKind, SessionError } from './session-error.ts';
import { findThrottled, readDelay } from './throttle.ts';
import type { TokenKeeper } from './token-keeper.ts';
import { readGrant, requireSameSignIn, type SessionTokens } from './tokens.ts';

/** Renews a session, once for all who ask, in whatever tab. */
export interface Renewal {
  /**
   * Resolves to the tokens that come after `stale`: those of the store, where somebody was faster, or renewed ones.
   *
   * @throws {SessionError} `signed_out` when Nexudus refuses, or the customer is no longer signed in;
   *   `renewal_failed` when there was no answer that says yes or no
   */
  renew: (stale: SessionTokens) => Promise<SessionTokens>;
  /** Says whether a renewal has just failed, so that to try another now would only cost time. */
  rests: () => boolean;
}

/** What renewals work with. */
export interface RenewalParts {
  client: NexudusAuthClient;
  keeper: TokenKeeper;
  clock: SessionClock;
  locks: SessionLocks;
  /** Names the lock that is held during a renewal. */
  lockName: string;
}

const restMs = 10_000;

// Of a client that validates: the tokens of a renewal are all that is left of the session, whatever else its answer has
// wrong. They are checked here.
const unchecked = { validate: false };

/** Makes the renewal of a session. */
export function createRenewal({ client, keeper, clock, locks, lockName }: RenewalParts): Renewal {
  let pending: { accessToken: string; tokens: Promise<SessionTokens> } | undefined;
  let rest = { since: 0, spanMs: 0 };

  const renewUnderLock = async (stale: SessionTokens): Promise<SessionTokens> => {
    const kept = requireSameSignIn(await keeper.read(), stale);
    // Another tab was faster: its refresh token is the one that counts now.
    return kept.accessToken === stale.accessToken ? requireSameSignIn(await replaceSpent(kept), stale) : kept;
  };

  const replaceSpent = async (spent: SessionTokens): Promise<SessionTokens | undefined> => {
    let issuedAt = clock.now();
    const send = () => {
      issuedAt = clock.now();
      return sendRefresh(client, spent);
    };
    const renewed = await askTwice(send)
      .then((result) => readRenewed(result, spent, issuedAt))
      .catch((error: unknown) => {
        const throttled = findThrottled(error);
        rest = { since: clock.now(), spanMs: (throttled && readDelay(throttled, clock)) ?? restMs };
        const isOurs = error instanceof CallError || error instanceof SessionError;
        const cause = isOurs ? error : new Error(`The client threw a ${describeKind(error)}.`);
        throw new SessionError('renewal_failed', 'The session could not be renewed now; see cause.', cause);
      });
    return keeper.replace(spent, renewed);
  };

  return {
    rests: () => isWithin(clock, rest.since, rest.spanMs),
    renew: (stale) => {
      if (pending?.accessToken !== stale.accessToken) {
        const tokens = locks.request(lockName, () => renewUnderLock(stale));
        const mine = { accessToken: stale.accessToken, tokens };
        const forget = () => {
          if (pending === mine) pending = undefined;
        };
        tokens.then(forget, forget);
        pending = mine;
      }
      return pending.tokens;
    },
  };
}

function sendRefresh(
  client: NexudusAuthClient,
  { clientId, refreshToken }: SessionTokens,
): Promise<GetBearerTokenResult> {
  return client.getBearerToken({
    ...unchecked,
    header: { client_id: clientId },
    body: { grant_type: 'refresh_token', refresh_token: refreshToken },
  });
}

// When no answer comes, nobody knows whether the refresh token is spent. To send it again costs nothing: if it is not
// spent, this renews the session; if it is, the session is lost anyway, and the 400 says so. Any answer that can be read
// is not lost: Nexudus has spoken, and asking again at once would only add to its load.
async function askTwice<Answer>(send: () => Promise<Answer>): Promise<Answer> {
  try {
    return await send();
  } catch (error) {
    const isLost =
      error instanceof CallError && /^(network_failure|timeout|unreadable_body)$/.test(error.code);
    if (!isLost) {
      throw error;
    }
    return send();
  }
}

function readRenewed(
  { status, body }: GetBearerTokenResult,
  spent: SessionTokens,
  issuedAt: number,
): SessionTokens | undefined {
  return status === 200 ? readGrant(body, spent, issuedAt) : undefined;
}
