import { isWithin, orAborted, type SessionClock } from './clock.ts';
import type { Renewal } from './renewal.ts';
import { SessionError } from './session-error.ts';
import { whileThrottled } from './throttle.ts';
import type { TokenKeeper } from './token-keeper.ts';
import { requireSameSignIn, type SessionTokens } from './tokens.ts';

/** A call that needs a bearer token. */
export interface BearerCall<Answer> {
  send: (bearerToken: string) => Promise<Answer>;
  /** After a 429. Default: true. */
  isRepeatable?: boolean;
  /** After a 401. Default: true. Else the token is renewed all the same, for the caller's next attempt. */
  isReplayable?: boolean;
  signal?: AbortSignal | undefined;
}

/** Sends a call under the customer's bearer token. */
export type SendWithBearer = <Answer extends { readonly status: number }>(
  call: BearerCall<Answer>,
) => Promise<Answer>;

/** What calls under a bearer token work with. */
export interface SendWithBearerParts {
  keeper: TokenKeeper;
  renewal: Renewal;
  clock: SessionClock;
  /** Milliseconds before its expiry from which on a bearer token is renewed, at most half of its life. */
  renewBeforeMs: number;
}

// So soon after a renewal, a 401 is about something else than the age of the token.
const freshMs = 60_000;

/**
 * Creates the single path that calls with a bearer token take. It renews the token before it expires and after a 401,
 * and then sends the call once more. A second 401 is the answer; so is any other one in the minute after that renewal,
 * because a call that is refused with a new token gains nothing from another.
 *
 * A token that is not expired yet is used when it can't be renewed now.
 */
export function createSendWithBearer(parts: SendWithBearerParts): SendWithBearer {
  const { keeper, renewal, clock } = parts;
  /** When the last token was issued that a 401 led to and that was refused as well. */
  let refusedSince = Number.POSITIVE_INFINITY;

  const renew = (stale: SessionTokens, signal: AbortSignal | undefined) =>
    whileThrottled(() => orAborted(() => renewal.renew(stale), signal), clock, signal);

  const findTokens = async (signal: AbortSignal | undefined): Promise<SessionTokens> => {
    const kept = requireSameSignIn(await orAborted(keeper.read, signal));
    const { isExpired, isDue } = judgeAge(kept, parts);
    if (isExpired) {
      return renew(kept, signal);
    }
    if (!isDue || renewal.rests()) {
      return kept;
    }
    return orAborted(() => renewal.renew(kept), signal).catch((error: unknown) => {
      if (error instanceof SessionError && error.code === 'renewal_failed') return kept;
      throw error;
    });
  };

  return async ({ send, isRepeatable = true, isReplayable = true, signal }) => {
    const sendWith = ({ accessToken }: SessionTokens) =>
      isRepeatable ? whileThrottled(() => send(accessToken), clock, signal) : send(accessToken);

    const tokens = await findTokens(signal);
    const answer = await sendWith(tokens);
    const isFresh = tokens.issuedAt >= refusedSince && isWithin(clock, tokens.issuedAt, freshMs);
    if (answer.status !== 401 || isFresh) {
      return answer;
    }
    const renewed = await renew(tokens, signal);
    const last = isReplayable ? await sendWith(renewed) : answer;
    if (last.status === 401) refusedSince = renewed.issuedAt;
    return last;
  };
}

// By its own clock a session can't know more than this. After a jump back, a token lives longer here than at Nexudus:
// then the 401 tells. After a jump ahead it is renewed too early, once.
function judgeAge(
  { issuedAt, expiresAt }: SessionTokens,
  { clock, renewBeforeMs }: SendWithBearerParts,
): { isExpired: boolean; isDue: boolean } {
  const leftMs = expiresAt - clock.now();
  return { isExpired: leftMs <= 0, isDue: leftMs <= Math.min(renewBeforeMs, (expiresAt - issuedAt) / 2) };
}
