import type { NexudusAuthClient } from '../client.ts';
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
   * The `client_id` that sign-ins and renewals send, for instance `nexudus-portal`. Default: none, which Nexudus reads
   * as the customer's e-mail address.
   */
  clientId?: string;
  /** Milliseconds before its expiry from which on a bearer token is renewed, at most half of its life. Default 60000. */
  renewBeforeMs?: number;
  /**
   * Milliseconds until the one-time token of a link counts as stale. Nexudus says "short-lived" and no figure.
   * Default 50000.
   */
  linkLifeMs?: number;
  /** Time. Default: the engine's. */
  clock?: SessionClock;
  /** Locks that reach all sessions on the store. Default: Web Locks where there are any, else a queue in this process. */
  locks?: SessionLocks;
  /**
   * Names the lock. Sessions that share a store must share the name; a server that keeps many customers should give
   * each another, lest they wait for each other. Default: `nexudus-auth-session` and `baseUrl`.
   */
  lockName?: string;
}
