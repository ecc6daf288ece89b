import type { NexudusAuthClient } from '../client/client.ts';
import type { SessionClock } from './clock.ts';
import type { SessionLocks } from './locks.ts';
import type { SessionStore } from './store.ts';

/** What a session is made of. Only `baseUrl` is needed. */
export interface NexudusAuthSessionOptions {
  /** Origin of the space: `https://your-space.spaces.nexudus.com`. The bearer token goes there and nowhere else. */
  baseUrl: string;
  /** Origin of the Members Portal, for links to its pages. */
  portalUrl?: string;
  /**
   * Calls the auth endpoints. A client doesn't tell where it sends to, so `baseUrl` must name the same space.
   * Default: a client of `baseUrl` that sends with `fetch`.
   */
  client?: NexudusAuthClient;
  /** Sends a request, and is called as `fetch` is. Default: `globalThis.fetch`, looked up at every call. */
  fetch?: (input: string | Request, init?: RequestInit) => Promise<Response>;
  /**
   * Keeps the tokens. `createIndexedDbStore()` is one that lasts, for all tabs. Default: memory, for as long as the
   * page lasts.
   */
  store?: SessionStore;
  /**
   * The `client_id` that sign-ins and renewals send, in printable ASCII. One refresh token lives for each: devices that
   * share it sign each other out. Default: a random GUID of this installation, which is kept in `store` with the tokens.
   * It outlives a sign-out for as long as the session does.
   */
  clientId?: string;
  /** Milliseconds before its expiry from which on a bearer token is renewed, at most half of its life. Default 60000. */
  renewBeforeMs?: number;
  /**
   * Milliseconds until the one-time token of a link counts as stale, 1000 or more. Nexudus says "short-lived" and no
   * figure. After 24 days it is stale, whatever this says. Default 50000.
   */
  linkLifeMs?: number;
  /** Time. Default: the engine's. */
  clock?: SessionClock;
  /** Locks that reach all sessions on the store. Default: Web Locks where there are any, else a queue in this process. */
  locks?: SessionLocks;
  /**
   * Names the lock. Sessions that share a store must share the name; a server that keeps many customers should give
   * each another, so that they don't wait for each other. Default: `nexudus-auth-session` and `baseUrl`.
   */
  lockName?: string;
}
