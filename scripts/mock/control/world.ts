import { createBoundedMap } from '../engine/remember.ts';
import { createTokenStore, type TokenStore } from '../sessions/tokens.ts';
import { type Clock, createClock } from './clock.ts';
import type { Control } from './control.ts';
import { createForcedQueue, type ForcedQueue } from './forced.ts';
import { createJournal, type Journal } from './journal.ts';
import { createTokenControl, type TokenControl } from './tokens.ts';

/** The state of a mock, or of a part of it that one test has for itself. */
export interface WorldState {
  journal: Journal;
  forced: ForcedQueue;
  /** What the journal and the life of tokens go by. */
  clock: Clock;
  /** What a simulation has handed out. */
  tokens: TokenStore;
  tokenControl: TokenControl;
  /** Where redirects led to lately, by their paths, and which operation led there. */
  redirects: { get: (path: string) => Redirect | undefined; set: (path: string, redirect: Redirect) => void };
  /** Forgets forced answers, the journal, all tokens and redirects, and puts the clock back. */
  reset: () => void;
}

/** What led to a path that is not the API's. */
export interface Redirect {
  operationId: string | undefined;
  /** Who is signed in, where a simulation knows. */
  holder: string | undefined;
}

/** How much a world keeps. What is older is forgotten. */
export interface WorldLimits {
  /** Default: 200. */
  maxEntries?: number;
  /** Default: 10,000. */
  maxTokens?: number;
}

/**
 * Makes the state of a world in which nothing has happened yet.
 */
export function createWorldState(
  { findOperation, masks, listTokenKinds }: Pick<Control, 'findOperation' | 'masks' | 'listTokenKinds'>,
  { maxEntries, maxTokens }: WorldLimits = {},
): WorldState {
  const clock = createClock();
  const journal = createJournal(findOperation, clock.now, masks, maxEntries);
  const forced = createForcedQueue(findOperation);
  const tokens = createTokenStore(clock.now, maxTokens);
  let redirects = createBoundedMap<Redirect>(100);
  return {
    journal,
    forced,
    clock,
    tokens,
    tokenControl: createTokenControl(listTokenKinds, tokens),
    redirects: {
      get: (path) => redirects.get(path),
      set: (path, redirect) => redirects.set(path, redirect),
    },
    reset: () => {
      journal.clear();
      forced.clear();
      tokens.clear();
      clock.reset();
      redirects = createBoundedMap<Redirect>(100);
    },
  };
}
