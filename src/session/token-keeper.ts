import type { Listeners } from './listeners.ts';
import type { SessionLocks } from './locks.ts';
import { describeKind, SessionError } from './session-error.ts';
import type { SessionStore } from './store.ts';
import { readTokens, type SessionTokens } from './tokens.ts';

/**
 * A customer signed in or out.
 *
 * `reason` is `asked` after `signOut`, `refused` when Nexudus refused to renew the session, and `elsewhere` when the
 * tokens are gone from the store, as when another tab signs out. What another tab does is told at once where the store
 * has `subscribe`, as `createIndexedDbStore()` does, and else at the next call.
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
  /** Follows what others do to the store, where it tells. Returns what stops that. */
  follow: () => () => void;
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
  /** Whose tokens the store had at the last look, `undefined` for nobody's and `null` before the first look. */
  let known: string | undefined | null = null;
  let writes = 0;
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
    remember(tokens);
  };
  const remember = (tokens: SessionTokens | undefined) => {
    writes += 1;
    known = tokens?.signInId;
  };
  /** Tells what somebody else has done. */
  const notice = (tokens: SessionTokens | undefined) => {
    if (known !== null && tokens?.signInId !== known) {
      events.tell(tokens ? { status: 'signed_in' } : { status: 'signed_out', reason: 'elsewhere' });
    }
    known = tokens?.signInId;
  };
  const loadAndWrite = async () => {
    const tokens = await load();
    if (unwritten !== undefined) await write(tokens).catch(() => {});
    return tokens;
  };
  const exclusively = <Value>(run: () => Promise<Value>) => locks.request(lockName, run);

  return {
    read: async () => {
      const writesBefore = writes;
      const tokens = await (unwritten === undefined ? readStore() : exclusively(loadAndWrite));
      // What was read before a write of ours may be what it replaced.
      if (writes === writesBefore) notice(tokens);
      return tokens;
    },
    follow: () => {
      const look = () => void exclusively(load).then(notice, () => {});
      if (store.subscribe === undefined) return () => {};
      look();
      return store.subscribe(look);
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
        remember(renewed);
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
