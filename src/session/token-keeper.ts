import type { Listeners } from './listeners.ts';
import type { SessionLocks } from './locks.ts';
import { SessionError } from './session-error.ts';
import type { SessionStore } from './store.ts';
import type { SessionTokens } from './tokens.ts';

/**
 * A customer signed in or out.
 *
 * `reason` is `asked` after `signOut`, `refused` when Nexudus refused to renew the session, and `elsewhere` when the
 * tokens are gone from the store, as when another tab signs out. The latter is noticed at the next call.
 */
export type SessionEvent =
  | { status: 'signed_in' }
  | { status: 'signed_out'; reason: 'asked' | 'refused' | 'elsewhere' };

/** Reads and writes the store of a session. Each throws a `SessionError` `store_failure` when the store does. */
export interface TokenKeeper {
  read: () => Promise<SessionTokens | undefined>;
  /** Keeps the tokens of a sign-in, whatever was there. */
  signIn: (tokens: SessionTokens) => Promise<void>;
  signOut: () => Promise<void>;
  /**
   * Puts `renewed` in the place of `spent`, or nothing where the renewal was refused; but only while `spent` is what
   * the store holds: a sign-in or a sign-out in between wins. Resolves to what the store holds then.
   */
  replace: (spent: SessionTokens, renewed: SessionTokens | undefined) => Promise<SessionTokens | undefined>;
}

/** What a keeper works on. */
export interface TokenKeeperParts {
  store: SessionStore;
  locks: SessionLocks;
  /** Names the lock under which the store is changed. It is never held during a call. */
  lockName: string;
  events: Listeners<SessionEvent>;
}

/** Makes the keeper of a store. */
export function createTokenKeeper({ store, locks, lockName, events }: TokenKeeperParts): TokenKeeper {
  let wasSignedIn = false;
  const read = () => orStoreFailure('read', () => store.read());
  const write = async (tokens: SessionTokens | undefined) => {
    await orStoreFailure('write', () => store.write(tokens));
    wasSignedIn = tokens !== undefined;
  };
  const exclusively = <Value>(run: () => Promise<Value>) => locks.request(lockName, run);

  return {
    read: async () => {
      const tokens = await read();
      if (tokens === undefined && wasSignedIn) {
        events.tell({ status: 'signed_out', reason: 'elsewhere' });
      }
      wasSignedIn = tokens !== undefined;
      return tokens;
    },
    signIn: (tokens) =>
      exclusively(async () => {
        await write(tokens);
        events.tell({ status: 'signed_in' });
      }),
    signOut: () =>
      exclusively(async () => {
        await write(undefined);
        events.tell({ status: 'signed_out', reason: 'asked' });
      }),
    replace: (spent, renewed) =>
      exclusively(async () => {
        const kept = await read();
        if (kept?.refreshToken !== spent.refreshToken) {
          return kept;
        }
        await write(renewed);
        if (renewed === undefined) {
          events.tell({ status: 'signed_out', reason: 'refused' });
        }
        return renewed;
      }),
  };
}

async function orStoreFailure<Value>(name: 'read' | 'write', use: () => Promise<Value>): Promise<Value> {
  try {
    return await use();
  } catch (error) {
    // Without the cause: that of a record that doesn't parse quotes the record.
    const kind = error instanceof Error ? error.name : typeof error;
    throw new SessionError('store_failure', `The store of the session threw in ${name} (${kind}).`);
  }
}
