import type { ActionConfirmation } from '../../generated/schema.ts';
import type { NexudusAuthClient } from '../client/client.ts';
import { readOneTimeToken } from '../client/one-time-token.ts';
import { isWithin, orAborted, type SessionClock } from './clock.ts';
import { quoteMessage, SessionError } from './session-error.ts';
import type { TokenKeeper } from './token-keeper.ts';
import { isToken, requireSameSignIn } from './tokens.ts';
import type { SendWithBearer } from './with-bearer.ts';

/** How long a media token is handed out, of the 60 seconds that it lives: the portal does the same. */
export const mediaTokenLifeMs = 50_000;

/** A token for a URL, with the time that it was asked for. */
export interface UrlToken {
  t: string;
  issuedAt: number;
}

/** Gets a token for a URL. */
export type GetUrlToken = (signal?: AbortSignal) => Promise<UrlToken>;

/** What the tokens for URLs are made with. */
export interface UrlTokenParts {
  client: NexudusAuthClient;
  keeper: TokenKeeper;
  sendWithBearer: SendWithBearer;
  clock: SessionClock;
}

/** Creates a function that gets a one-time token, another one at each call. */
export function createOneTimeTokens({ client, sendWithBearer, clock }: UrlTokenParts): GetUrlToken {
  return async (signal) => {
    let issuedAt = clock.now();
    let sent = '';
    const result = await sendWithBearer({
      send: (bearerToken) => {
        issuedAt = clock.now();
        sent = bearerToken;
        return client.getOneTimeToken({ bearerToken, ...(signal && { signal }) });
      },
      signal,
    });
    const t = readOneTimeToken(result);
    if (result.status === 401) {
      throw refusedBearer('getOneTimeToken');
    }
    if (!isToken(t)) {
      throw refusedToken(result.body, sent);
    }
    return { t, issuedAt };
  };
}

/** Creates a function that gets the media token: one for all calls within 50 seconds, and for one sign-in only. */
export function createMediaTokens(parts: UrlTokenParts): GetUrlToken {
  const { keeper, clock } = parts;
  let shared: { signInId: string; token: Promise<UrlToken>; issuedAt?: number } | undefined;

  return (signal) =>
    orAborted(async () => {
      const { signInId } = requireSameSignIn(await keeper.read());
      if (shared === undefined || shared.signInId !== signInId || isStale(shared.issuedAt)) {
        // Without the signal: a caller that aborts stops waiting, and the others go on.
        const mine: typeof shared = { signInId, token: fetchMediaToken(parts) };
        shared = mine;
        mine.token.then(
          ({ issuedAt }) => {
            mine.issuedAt = issuedAt;
          },
          () => {
            if (shared === mine) shared = undefined;
          },
        );
      }
      return shared.token;
    }, signal);

  // One that is under way has no age yet.
  function isStale(issuedAt: number | undefined): boolean {
    return issuedAt !== undefined && !isWithin(clock, issuedAt, mediaTokenLifeMs);
  }
}

async function fetchMediaToken({ client, sendWithBearer, clock }: UrlTokenParts): Promise<UrlToken> {
  let issuedAt = clock.now();
  const result = await sendWithBearer({
    send: (bearerToken) => {
      issuedAt = clock.now();
      return client.getMediaToken({ bearerToken });
    },
  });
  if (result.status === 401) {
    throw refusedBearer('getMediaToken');
  }
  if (!isToken(result.body.jwt)) {
    throw new SessionError('unusable_answer', 'getMediaToken: answered 200, but holds no token.');
  }
  return { t: result.body.jwt, issuedAt };
}

function refusedToken(envelope: ActionConfirmation | null, bearerToken: string): SessionError {
  const { Message, Value } = envelope ?? {};
  const reason = quoteMessage(Message, [bearerToken, Value ?? '']);
  const said = reason === '' ? 'and does not say why.' : `and says: ${reason}`;
  return new SessionError('not_successful', `getOneTimeToken: Nexudus issues no token, ${said}`);
}

function refusedBearer(operationId: string): SessionError {
  return new SessionError(
    'bearer_token_refused',
    `${operationId}: answered 401, though the bearer token had just been renewed.`,
  );
}
