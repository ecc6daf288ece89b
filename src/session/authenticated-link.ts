import { CallError, type CallErrorCode } from '../runtime/errors.ts';
import { longestTimerMs } from '../runtime/stop.ts';
import type { SessionClock } from './clock.ts';
import { createListeners, type Listeners } from './listeners.ts';
import { SessionError, type SessionErrorCode } from './session-error.ts';
import type { SessionEvent } from './token-keeper.ts';

/**
 * Why a link has no href: the code of the error that was thrown. `unexpected` is an error of no kind that the toolkit
 * knows, such as one of an injected part.
 */
export type AuthenticatedLinkFailure = SessionErrorCode | CallErrorCode | 'unexpected';

/**
 * The state of a link, discriminated by `status`. Only `ready` has an href, and there is none before Nexudus said
 * `WasSuccessful`. The href holds a token: don't log it.
 */
export type AuthenticatedLinkState =
  | { readonly status: 'pending' }
  | { readonly status: 'ready'; readonly href: string }
  | { readonly status: 'failed'; readonly reason: AuthenticatedLinkFailure; readonly error: unknown };

/**
 * A link that signs the browser in, as a store that `useSyncExternalStore` takes as it is.
 *
 * It lives while somebody listens: the first listener makes it get a token, and the last one that goes makes it forget
 * what it has, so that there is nothing to close. An href that went stale is replaced, and one that was used or whose
 * customer signed out is taken away. A failed link tries again after `refresh`, or when a customer signs in.
 */
export interface AuthenticatedLink {
  /** The state now: the same object until it changes. */
  getState: () => AuthenticatedLinkState;
  /** Calls `listener` after each change of the state. Returns what stops that. */
  subscribe: (listener: () => void) => () => void;
  /** Gets another token now, unless one is under way. Call it when the page wakes up: a sleeping one has no timers. */
  refresh: () => void;
  /**
   * Tells that the browser has followed the link: a one-time token is spent then, and the link gets another. A media
   * token is not, and the link stays. Call it in the `onClick` of the link.
   */
  markUsed: () => void;
}

/** What a link works with. */
export interface AuthenticatedLinkParts {
  /** Gets an href, and says when it goes stale. */
  load: (signal: AbortSignal) => Promise<{ href: string; staleAt: number }>;
  isSpentByUse: boolean;
  clock: SessionClock;
  events: Listeners<SessionEvent>;
}

const pending: AuthenticatedLinkState = { status: 'pending' };

/** Makes a link, which does nothing until somebody listens. */
export function createAuthenticatedLink(parts: AuthenticatedLinkParts): AuthenticatedLink {
  const listeners = createListeners<void>();
  const machine = createLinkMachine(parts, listeners.tell);
  const active = new Set<symbol>();
  let stopFollowing = () => {};

  return {
    getState: machine.getState,
    refresh: () => {
      if (active.size > 0) machine.refresh();
    },
    markUsed: machine.markUsed,
    subscribe: (listener) => {
      const remove = listeners.add(listener);
      const key = Symbol();
      active.add(key);
      if (active.size === 1) {
        stopFollowing = parts.events.add(machine.follow);
        machine.refresh();
      }
      return () => {
        remove();
        if (active.delete(key) && active.size === 0) {
          stopFollowing();
          machine.reset();
        }
      };
    },
  };
}

interface LinkMachine extends Pick<AuthenticatedLink, 'getState' | 'refresh' | 'markUsed'> {
  /** Goes with the session in and out. */
  follow: (event: SessionEvent) => void;
  /** Forgets all, without telling. */
  reset: () => void;
}

function createLinkMachine(
  { load, isSpentByUse, clock }: AuthenticatedLinkParts,
  tell: () => void,
): LinkMachine {
  let state = pending;
  let loading: AbortController | undefined;
  let cancelTimer = () => {};

  const change = (next: AuthenticatedLinkState) => {
    if (next === state) return;
    state = next;
    tell();
  };
  const rest = () => {
    loading?.abort();
    loading = undefined;
    cancelTimer();
  };
  const refresh = () => {
    if (loading !== undefined) return;
    cancelTimer();
    if (state.status === 'failed') change(pending);
    const mine = new AbortController();
    loading = mine;
    const settle = (next: AuthenticatedLinkState, staleAt?: number) => {
      // Nobody waits for it any more.
      if (loading !== mine) return;
      loading = undefined;
      if (staleAt !== undefined) {
        const delayMs = Math.max(0, staleAt - clock.now());
        cancelTimer = clock.setTimer(refresh, Math.min(delayMs, longestTimerMs));
      }
      change(next);
    };
    load(mine.signal).then(
      ({ href, staleAt }) => settle({ status: 'ready', href }, staleAt),
      (error: unknown) => settle(fail(error)),
    );
  };
  const startOver = () => {
    rest();
    change(pending);
    refresh();
  };

  return {
    getState: () => state,
    refresh,
    markUsed: () => {
      if (!isSpentByUse || state.status !== 'ready') return;
      const used = state;
      // Later, because the browser follows the link after its click handlers, and an href that is gone by then leads
      // nowhere. React renders between the two.
      clock.setTimer(() => {
        if (state === used) startOver();
      }, 0);
    },
    follow: (event) => {
      if (event.status === 'signed_in') return startOver();
      rest();
      change(fail(new SessionError('signed_out', 'The customer signed out.')));
    },
    reset: () => {
      rest();
      state = pending;
    },
  };
}

function fail(error: unknown): AuthenticatedLinkState {
  const isKnown = error instanceof SessionError || error instanceof CallError;
  return { status: 'failed', reason: isKnown ? error.code : 'unexpected', error };
}
