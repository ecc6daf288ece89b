import type { Listeners } from './listeners.ts';
import type { SessionLocks } from './locks.ts';
import { describeKind, SessionError } from './session-error.ts';
import type { SessionStore } from './store.ts';
import { readTokens, type SessionTokens } from './tokens.ts';

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
  /**
   * Begins a sign-in, and returns what keeps its tokens, whatever is in the store by then. That throws a `SessionError`
   * `aborted` when another sign-in or a sign-out of this session has begun since: the last one that begins wins.
   */
  beginSignIn: () => (tokens: SessionTokens) => Promise<void>;
  signOut: () => Promise<void>;
  /**
   * Puts `renewed` in the place of `spent`, or nothing where the renewal was refused; but only while `spent` is what
   * the store holds: a sign-in or a sign-out in between wins. Resolves to what the store holds then.
   *
   * A renewal can't be had a second time. So where the store does not take it, it is kept in memory instead, and
   * written at the next read.
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
  let lastNumber = 0;
  /** What comes after the refresh token that the store still holds. */
  let unwritten: { spent: string; tokens: SessionTokens | undefined } | undefined;

  const readStore = async () => readTokens(await orStoreFailure('read', () => store.read()));
  // Under the lock only, as what is read without it may be old by the time that it is here.
  const load = async () => {
    const kept = await readStore();
    if (unwritten?.spent !== kept?.refreshToken) unwritten = undefined;
    return unwritten === undefined ? kept : unwritten.tokens;
  };
  const write = async (tokens: SessionTokens | undefined) => {
    await orStoreFailure('write', () => store.write(tokens));
    wasSignedIn = tokens !== undefined;
  };
  const loadAndWrite = async () => {
    const tokens = await load();
    if (unwritten !== undefined) await write(tokens).catch(() => {});
    return tokens;
  };
  const exclusively = <Value>(run: () => Promise<Value>) => locks.request(lockName, run);

  return {
    read: async () => {
      const tokens = await (unwritten === undefined ? readStore() : exclusively(loadAndWrite));
      if (tokens === undefined && wasSignedIn) {
        events.tell({ status: 'signed_out', reason: 'elsewhere' });
      }
      wasSignedIn = tokens !== undefined;
      return tokens;
    },
    beginSignIn: () => {
      lastNumber += 1;
      const number = lastNumber;
      return (tokens) =>
        exclusively(async () => {
          if (number !== lastNumber) {
            const what = 'A sign-in or a sign-out began after this sign-in, whose tokens are dropped.';
            throw new SessionError('aborted', what);
          }
          await write(tokens);
          events.tell({ status: 'signed_in' });
        });
    },
    signOut: () => {
      lastNumber += 1;
      return exclusively(async () => {
        await write(undefined);
        events.tell({ status: 'signed_out', reason: 'asked' });
      });
    },
    replace: (spent, renewed) =>
      exclusively(async () => {
        const kept = await load();
        if (kept?.refreshToken !== spent.refreshToken) {
          return kept;
        }
        await write(renewed).catch(() => {
          unwritten = { spent: unwritten?.spent ?? spent.refreshToken, tokens: renewed };
        });
        wasSignedIn = renewed !== undefined;
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
    throw new SessionError(
      'store_failure',
      `The store of the session threw in ${name} (${describeKind(error)}).`,
    );
  }
}
