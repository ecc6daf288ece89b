import { randomUUID } from 'node:crypto';
import type { SessionRule, TakenToken } from './rules.ts';
import { readPart, readToken, type SimulationInput } from './rules.ts';

/** What is known of a token that was handed out. */
export interface IssuedToken {
  kind: string;
  /** By the mock's clock, in milliseconds. It is valid before. */
  expiresAtMs: number;
  /** The client that it belongs to, where one is known. */
  client?: string | undefined;
  /** Who signed in, where one is known. */
  subject?: string | undefined;
  /** Who has this token alone: a fresh one of the same owner ends its life. */
  owner?: string | undefined;
}

/** The tokens that are handed out, and neither spent nor forgotten. */
export interface TokenStore {
  /** Hands out a fresh token: its kind, a count and a random part, all plain ASCII. */
  issue: (token: Omit<IssuedToken, 'expiresAtMs'> & { lifeSeconds: number }) => string;
  /** Finds a token that has not expired. */
  find: (kind: string, token: string) => IssuedToken | undefined;
  /** Ends the life of a token. */
  spend: (token: string) => void;
  clear: () => void;
}

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
  const forget = (token = '') => {
    owned.delete(tokens.get(token)?.owner ?? '');
    tokens.delete(token);
  };
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
        forget(owned.get(issued.owner));
        owned.set(issued.owner, token);
      }
      tokens.set(token, { ...issued, expiresAtMs: nowMs + lifeSeconds * 1000 });
      return token;
    },
    find: (kind, token) => {
      const issued = tokens.get(token);
      return issued?.kind === kind && now().getTime() < issued.expiresAtMs ? issued : undefined;
    },
    spend: forget,
    clear: () => {
      tokens.clear();
      owned.clear();
    },
  };
}

/**
 * Takes what an operation needs from a request, and spends a token that works once.
 *
 * @returns the subject whom it names, where it names one; nothing where it has not what the operation needs
 */
export function takeToken(
  tokens: TokenStore,
  { takes, secondFactor, subject }: SessionRule,
  input: SimulationInput,
): { subject: string | undefined } | undefined {
  const named = subject && readPart(input, subject);
  const isCodeWrong =
    secondFactor !== undefined &&
    named === secondFactor.subject &&
    readPart(input, secondFactor.from) !== secondFactor.code;
  if (isCodeWrong) {
    return undefined;
  }
  if (takes === undefined) {
    return { subject: named };
  }
  const token = readToken(input, takes.from);
  const issued = tokens.find(takes.kind, token);
  if (issued === undefined || !isClientRight(issued.client, takes, input)) {
    return undefined;
  }
  if (takes.isSpent) {
    tokens.spend(token);
  }
  return { subject: issued.subject };
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
