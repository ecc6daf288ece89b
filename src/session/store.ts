import type { SessionTokens } from './tokens.ts';

/**
 * Where a session keeps its tokens: one record, or nothing while nobody is signed in.
 *
 * Sessions may share one. The session reads it before each call and keeps no copy, so that a sign-in, a renewal or a
 * sign-out of one tab holds for all. What is written must be what others read from then on: tabs share an IndexedDB
 * (`createIndexedDbStore`), not `localStorage`, whose writes reach other tabs late. A session that meets a refresh token
 * that another has spent reads again before it signs out, so that this costs a call, as a rule.
 *
 * The record is secret. Keep all of it: one that lacks a field, or that is anything else, counts as signed out.
 *
 * When a write fails after a renewal, the session goes on with the new tokens in memory, and writes them again at its
 * next call. Of a sign-in or a sign-out, the failure is thrown.
 *
 * @example
 * // React Native, with expo-secure-store.
 * const store: SessionStore = {
 *   read: async () => JSON.parse((await getItemAsync('nexudus')) ?? 'null') ?? undefined,
 *   write: (tokens) =>
 *     tokens === undefined ? deleteItemAsync('nexudus') : setItemAsync('nexudus', JSON.stringify(tokens)),
 * };
 */
export interface SessionStore {
  /** Reads the record; `undefined` while nobody is signed in. */
  read: () => Promise<SessionTokens | undefined>;
  /** Replaces the record; `undefined` removes it. */
  write: (tokens: SessionTokens | undefined) => Promise<void>;
  /**
   * Calls `listener` after somebody has written, in whatever tab, and returns what stops that. The session then tells
   * at once who signed in or out elsewhere. Without it, it notices at its next call.
   */
  subscribe?: (listener: () => void) => () => void;
}

/** Makes a store that lasts as long as the page. */
export function createMemoryStore(): SessionStore {
  let kept: SessionTokens | undefined;
  return {
    read: async () => kept,
    write: async (tokens) => {
      kept = tokens;
    },
  };
}
