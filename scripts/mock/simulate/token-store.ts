import { randomUUID } from 'node:crypto';
import type { TokenKind } from './rules.ts';

/** What is known of a token that was handed out. */
export interface IssuedToken {
  kind: TokenKind;
  /** By the mock's clock, in milliseconds. It is valid before. */
  expiresAtMs: number;
  /** With a refresh token: the `client_id` that it belongs to, where one is known. */
  clientId?: string | undefined;
}

/** The tokens that are handed out, and neither spent nor forgotten. */
export interface TokenStore {
  /** Hands out a fresh token: its kind, a count and a random part, all plain ASCII. */
  issue: (token: Omit<IssuedToken, 'expiresAtMs'> & { lifeSeconds: number }) => string;
  /** Finds a token that has not expired. */
  find: (kind: TokenKind, token: string) => IssuedToken | undefined;
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
  let count = 0;
  return {
    issue: ({ lifeSeconds, ...issued }) => {
      const nowMs = now().getTime();
      makeRoom(tokens, maxTokens, nowMs);
      count += 1;
      const token = `${issued.kind}-${count}-${randomUUID()}`;
      tokens.set(token, { ...issued, expiresAtMs: nowMs + lifeSeconds * 1000 });
      return token;
    },
    find: (kind, token) => {
      const issued = tokens.get(token);
      return issued?.kind === kind && now().getTime() < issued.expiresAtMs ? issued : undefined;
    },
    spend: (token) => {
      tokens.delete(token);
    },
    clear: () => tokens.clear(),
  };
}

function makeRoom(tokens: Map<string, IssuedToken>, maxTokens: number, nowMs: number): void {
  if (tokens.size < maxTokens) {
    return;
  }
  for (const [token, { expiresAtMs }] of tokens) {
    if (expiresAtMs <= nowMs) {
      tokens.delete(token);
    }
  }
  const [oldest] = tokens.keys();
  if (tokens.size >= maxTokens && oldest !== undefined) {
    tokens.delete(oldest);
  }
}
