import { expect } from 'vitest';

/** What tokens are for. */
export type Kind = 'bearer' | 'refresh' | 'jwt' | 'once' | 'media';

/** A token that was handed out, spent or not. */
export interface Token {
  kind: Kind;
  text: string;
  /** Seconds of the ledger. */
  expiresAt: number;
  /** With a refresh token; `undefined` takes whoever comes first. */
  client?: string | undefined;
  /** With a refresh token; `undefined` after an exchange, whose JWT names nobody. */
  customer?: string | undefined;
  isSpent?: boolean;
}

/** Which token to take: one of the right kind, or any. */
export interface Pick {
  pick: number;
  isAnyKind: boolean;
}

/** What a grant hands out. */
export interface Pair {
  bearer: string;
  refresh: string;
  life: number;
  client: string | undefined;
  customer: string | undefined;
}

/** What is expected of sessions, said as simply as can be: all tokens that ever were, and the time. */
export interface SessionLedger {
  /** In seconds. */
  now: number;
  /** Fails where the token is not fresh. */
  add: (token: Token) => void;
  /** Ends the refresh token that the client of this customer had before. */
  addPair: (pair: Pair) => void;
  choose: (kind: Kind, pick: Pick) => { token: Token; isGood: boolean };
}

/** Makes a ledger with one token, which was never handed out. */
export function createLedger(): SessionLedger {
  const tokens: Token[] = [{ kind: 'bearer', text: 'access-token-1', expiresAt: 0 }];
  const ledger: SessionLedger = {
    now: 0,
    add: (token) => {
      expect(tokens.map(({ text }) => text)).not.toContain(token.text);
      tokens.push(token);
    },
    addPair: ({ bearer, refresh, life, client, customer }) => {
      for (const token of tokens) {
        token.isSpent ||= customer !== undefined && token.customer === customer && token.client === client;
      }
      ledger.add({ kind: 'bearer', text: bearer, expiresAt: ledger.now + life });
      const expiresAt = ledger.now + 15 * 24 * 60 * 60;
      ledger.add({ kind: 'refresh', text: refresh, expiresAt, client, customer });
    },
    choose: (kind, { pick, isAnyKind }) => {
      const right = tokens.filter((token) => token.kind === kind);
      const candidates = isAnyKind || right.length === 0 ? tokens : right;
      const token = candidates[pick % candidates.length] ?? expect.fail('there is always one');
      return { token, isGood: token.kind === kind && !token.isSpent && ledger.now < token.expiresAt };
    },
  };
  return ledger;
}
