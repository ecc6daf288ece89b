/** Why a token is taken no longer. `replaced`: its owner got a fresh one. */
type EndReason = 'spent' | 'replaced' | 'revoked';

/** What is known of a token that was handed out. */
export interface IssuedToken {
  /** Its text without the random part: its kind, and a count that goes on after the store was cleared. */
  id: string;
  kind: string;
  issuedAtMs: number;
  /** By the mock's clock, in milliseconds. It is valid before. */
  expiresAtMs: number;
  /** The id of the first token of its family: of a sign-in, and all that came of it. */
  family: string;
  /** The operation that issued it. Missing where none did. */
  issuedBy?: string | undefined;
  /** The client that it belongs to, where one is known. */
  client?: string | undefined;
  /** Who signed in, where one is known. */
  subject?: string | undefined;
  /** Who has this token alone: a fresh one of the same owner ends its life. */
  owner?: string | undefined;
  /** Missing while it is taken, and where it only expires. */
  ended?: EndReason | undefined;
}

/** What a token is to be. Without a family, it begins one. */
type TokenOrder = Omit<IssuedToken, 'id' | 'issuedAtMs' | 'expiresAtMs' | 'family' | 'ended'> & {
  lifeSeconds: number;
  family?: string | undefined;
};

/** A token as it is listed, without its text. */
export interface TokenEntry {
  /** Its text without the random part, such as `refresh-token-7`. */
  id: string;
  kind: string;
  state: 'live' | 'expired' | EndReason;
  /** By the mock's clock, in ISO 8601. */
  issuedAt: string;
  expiresAt: string;
  /** The id of the first token of its family: of a sign-in, and all that came of it. */
  family: string;
  /** The operation that issued it. Missing where none did. */
  issuedBy?: string;
  client?: string;
  subject?: string;
}

/** The tokens that are handed out, with those that are taken no longer: a refusal says why. */
export interface TokenStore {
  /** Hands out a fresh token: its kind, a count and a random part, all plain ASCII. */
  issue: (token: TokenOrder) => string;
  /** Finds a token that is not forgotten, whatever its state. */
  find: (token: string) => IssuedToken | undefined;
  /** Finds the token of an id. */
  get: (id: string) => IssuedToken | undefined;
  readState: (token: IssuedToken) => TokenEntry['state'];
  /** Ends the life of a token. What has ended stays as it is. */
  end: (token: IssuedToken, reason: EndReason) => void;
  /** Ends the life of all tokens of a family. @param kinds default: of any kind */
  revokeFamily: (family: string, kinds?: readonly string[]) => void;
  /** Has a token expire now. */
  expire: (token: IssuedToken) => void;
  /** Newest first. @param maxTokens default: 200 */
  list: (maxTokens?: number) => TokenEntry[];
  /** How many there are, with those that are taken no longer. */
  count: () => number;
  clear: () => void;
}

/**
 * Makes an empty store, in memory.
 *
 * @param now the mock's clock
 * @param maxTokens default: 10,000 of all kinds. Beyond it, those that are taken no longer are forgotten, as many tokens
 *   as a tenth of it apart, and otherwise the oldest.
 */
export function createTokenStore(now: () => Date, maxTokens = 10_000): TokenStore {
  // In the order of issue, as a Map keeps it.
  const tokens = new Map<string, IssuedToken>();
  // Goes on from one to the next: to find the first of a Map again takes as long as many were deleted before it.
  const oldest = tokens.keys();
  const owned = new Map<string, IssuedToken>();
  let count = 0;
  const readState: TokenStore['readState'] = ({ ended, expiresAtMs }) =>
    ended ?? (now().getTime() < expiresAtMs ? 'live' : 'expired');
  const end: TokenStore['end'] = (token, reason) => {
    token.ended ??= reason;
  };
  const forget = (token: string): void => {
    const { owner = '' } = tokens.get(token) ?? {};
    if (owned.get(owner) === tokens.get(token)) {
      owned.delete(owner);
    }
    tokens.delete(token);
  };
  let nextSweep = 0;
  const makeRoom = (): void => {
    if (tokens.size < maxTokens) {
      return;
    }
    // Not with each token: to look at all of them takes a while.
    if (count >= nextSweep) {
      nextSweep = count + Math.floor(maxTokens / 10);
      const nowMs = now().getTime();
      for (const [token, { ended, expiresAtMs }] of tokens) {
        if (ended !== undefined || expiresAtMs <= nowMs) {
          forget(token);
        }
      }
    }
    if (tokens.size >= maxTokens) {
      forget(oldest.next().value ?? '');
    }
  };
  const findAll = (accept: (token: IssuedToken) => boolean): IssuedToken[] =>
    [...tokens.values()].filter(accept);
  return {
    issue: ({ lifeSeconds, family, ...order }) => {
      makeRoom();
      count += 1;
      const issuedAtMs = now().getTime();
      const id = `${order.kind}-${count}`;
      const token = `${id}-${crypto.randomUUID()}`;
      const issued: IssuedToken = {
        ...order,
        id,
        issuedAtMs,
        expiresAtMs: issuedAtMs + lifeSeconds * 1000,
        family: family ?? id,
      };
      if (issued.owner !== undefined) {
        const earlier = owned.get(issued.owner);
        if (earlier !== undefined) {
          end(earlier, 'replaced');
        }
        owned.set(issued.owner, issued);
      }
      tokens.set(token, issued);
      return token;
    },
    find: (token) => tokens.get(token),
    get: (id) => findAll((token) => token.id === id)[0],
    readState,
    end,
    revokeFamily: (family, kinds) => {
      for (const token of findAll((one) => one.family === family && (kinds?.includes(one.kind) ?? true))) {
        end(token, 'revoked');
      }
    },
    expire: (token) => {
      token.expiresAtMs = Math.min(token.expiresAtMs, now().getTime());
    },
    list: (maxListed = 200) =>
      [...tokens.values()]
        .slice(-maxListed)
        .reverse()
        .map((token) => toEntry(token, readState(token))),
    count: () => tokens.size,
    clear: () => {
      tokens.clear();
      owned.clear();
    },
  };
}

function toEntry(token: IssuedToken, state: TokenEntry['state']): TokenEntry {
  const { id, kind, family, issuedBy, client, subject } = token;
  return {
    id,
    kind,
    state,
    issuedAt: new Date(token.issuedAtMs).toISOString(),
    expiresAt: toTime(token.expiresAtMs),
    family,
    ...(issuedBy === undefined ? {} : { issuedBy }),
    ...(client === undefined ? {} : { client }),
    ...(subject === undefined ? {} : { subject }),
  };
}

// The last day that a Date can have: a life is as long as a request asks for.
const lastMs = 8.64e15;

function toTime(timeMs: number): string {
  return new Date(Number.isNaN(timeMs) ? 0 : Math.min(lastMs, Math.max(-lastMs, timeMs))).toISOString();
}
