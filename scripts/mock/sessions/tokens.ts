import { randomUUID } from 'node:crypto';
import { createBoundedMap } from '../engine/remember.ts';
import { readPart, readToken, type SimulationInput } from './input.ts';
import type { SessionRule, TakenToken } from './rules.ts';

/** What is known of a token that was handed out. */
export interface IssuedToken {
  kind: string;
  /** By the mock's clock, in milliseconds. It is valid before. */
  expiresAtMs: number;
  /** The client that it belongs to, where one is known. */
  client?: string | undefined;
  /** Who signed in, where one is known. */
  subject?: string | undefined;
  /** Whom it was issued for in the end: what comes of a token is held by who holds that one. To be shown only. */
  holder?: string | undefined;
  /** Who has this token alone: a fresh one of the same owner ends its life. */
  owner?: string | undefined;
}

/** The tokens that are handed out, and neither spent nor forgotten. */
export interface TokenStore {
  /** Hands out a fresh token: its kind, a count and a random part, all plain ASCII. */
  issue: (token: Omit<IssuedToken, 'expiresAtMs'> & { lifeSeconds: number }) => string;
  /** Finds a token that has not expired. */
  find: (kind: string, token: string) => IssuedToken | undefined;
  /** Says why `find` does not find a token, as a sentence. */
  explain: (kind: string, token: string) => string;
  /** Ends the life of a token. */
  spend: (token: string) => void;
  /** Lists the last ones without their texts, newest first. */
  list: () => TokenEntry[];
  /** How many there are. */
  count: () => number;
  /** Ends the life of the token of that id. Tells whether there was one. */
  revoke: (id: string) => boolean;
  /** Has the token of that id expire now. Tells whether there was one. */
  expire: (id: string) => boolean;
  clear: () => void;
}

/** A token as it is shown. */
export interface TokenEntry {
  /** Its kind and its count: all of its text but the random part. */
  id: string;
  kind: string;
  client?: string;
  subject?: string;
  /** By the mock's clock, in ISO 8601. */
  expiresAt: string;
  isExpired: boolean;
}

const maxListed = 200;
// How the last tokens ended that did not simply expire, for whoever uses them again.
const maxEnded = 2000;

/**
 * Makes an empty store, in memory.
 *
 * @param now the mock's clock
 * @param maxTokens default: 10,000 of all kinds. Beyond it, those that expired are forgotten, and otherwise the oldest.
 */
export function createTokenStore(now: () => Date, maxTokens = 10_000): TokenStore {
  // In the order of issue, as a Map keeps it.
  const tokens = new Map<string, IssuedToken>();
  const owned = new Map<string, string>();
  let count = 0;
  let ended = createBoundedMap<string>(maxEnded);
  const forget = (token = '', why?: string) => {
    owned.delete(tokens.get(token)?.owner ?? '');
    if (tokens.delete(token) && why !== undefined) {
      ended.set(token, why);
    }
  };
  const findById = (id: string) => [...tokens.keys()].find((token) => toId(token) === id);
  const makeRoom = (nowMs: number) => {
    if (tokens.size < maxTokens) {
      return;
    }
    for (const [token, { expiresAtMs }] of tokens) {
      if (expiresAtMs <= nowMs) {
        forget(token);
      }
    }
    if (tokens.size >= maxTokens) {
      forget(tokens.keys().next().value);
    }
  };
  return {
    issue: ({ lifeSeconds, ...issued }) => {
      const nowMs = now().getTime();
      makeRoom(nowMs);
      count += 1;
      const token = `${issued.kind}-${count}-${randomUUID()}`;
      if (issued.owner !== undefined) {
        forget(owned.get(issued.owner), 'was replaced by a newer one');
        owned.set(issued.owner, token);
      }
      tokens.set(token, { ...issued, expiresAtMs: nowMs + lifeSeconds * 1000 });
      return token;
    },
    find: (kind, token) => {
      const issued = tokens.get(token);
      return issued?.kind === kind && now().getTime() < issued.expiresAtMs ? issued : undefined;
    },
    explain: (kind, token) => {
      const issued = tokens.get(token);
      if (token === '') {
        return `The request has no token. It needs one of the kind ${kind}.`;
      }
      if (issued === undefined) {
        const why = ended.get(token);
        return why === undefined
          ? 'This mock has not issued the token, or has forgotten it.'
          : `The token ${why}.`;
      }
      return issued.kind === kind
        ? `The token expired at ${formatTime(issued.expiresAtMs)} by the mock's clock.`
        : `The token is of the kind ${issued.kind}, expected one of the kind ${kind}.`;
    },
    spend: (token) => forget(token, 'works once, and was used before'),
    list: () =>
      [...tokens]
        .slice(-maxListed)
        .reverse()
        .map(([token, issued]) => toTokenEntry(token, issued, now().getTime())),
    count: () => tokens.size,
    revoke: (id) => {
      const token = findById(id);
      forget(token, 'was revoked in the console of the mock');
      return token !== undefined;
    },
    expire: (id) => {
      const token = findById(id);
      const issued = token === undefined ? undefined : tokens.get(token);
      if (issued !== undefined) {
        issued.expiresAtMs = Math.min(issued.expiresAtMs, now().getTime());
      }
      return issued !== undefined;
    },
    clear: () => {
      ended = createBoundedMap<string>(maxEnded);
      tokens.clear();
      owned.clear();
    },
  };
}

// The random part is a UUID: 36 characters, after a hyphen.
function toId(token: string): string {
  return token.slice(0, -37);
}

function toTokenEntry(token: string, issued: IssuedToken, nowMs: number): TokenEntry {
  const { kind, client, holder, subject = holder, expiresAtMs } = issued;
  return {
    id: toId(token),
    kind,
    ...(client === undefined ? {} : { client }),
    ...(subject === undefined ? {} : { subject }),
    expiresAt: formatTime(expiresAtMs),
    isExpired: expiresAtMs <= nowMs,
  };
}

// A life can be longer than a date can say.
function formatTime(timeMs: number): string {
  const last = Date.UTC(9999, 11, 31);
  return new Date(Math.min(Number.isNaN(timeMs) ? last : timeMs, last)).toISOString();
}

/**
 * Takes what an operation needs from a request, and spends a token that works once.
 *
 * @returns the subject whom it names, where it names one; why, where it has not what the operation needs
 */
export function takeToken(
  tokens: TokenStore,
  { takes, secondFactor, subject }: SessionRule,
  input: SimulationInput,
): { subject: string | undefined; holder: string | undefined } | { reason: string } {
  const named = subject && readPart(input, subject);
  const isCodeWrong =
    secondFactor !== undefined &&
    named === secondFactor.subject &&
    readPart(input, secondFactor.from) !== secondFactor.code;
  if (isCodeWrong) {
    return { reason: 'The code of the second factor is missing or wrong.' };
  }
  if (takes === undefined) {
    return { subject: named, holder: named };
  }
  const token = readToken(input, takes.from);
  const issued = tokens.find(takes.kind, token);
  if (issued === undefined) {
    return { reason: tokens.explain(takes.kind, token) };
  }
  if (!isClientRight(issued.client, takes, input)) {
    return {
      reason: `The token belongs to another client than the header ${takes.client?.header} names, if it names any.`,
    };
  }
  if (takes.isSpent) {
    tokens.spend(token);
  }
  return { subject: issued.subject, holder: issued.subject ?? issued.holder };
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
