import type { SessionStore } from './store.ts';

/**
 * Locks by name, as `navigator.locks` has them: `run` is called when no other holder of that name is left, and the
 * lock is let go when what it returns settles.
 *
 * @see https://www.w3.org/TR/web-locks/
 */
export interface SessionLocks {
  request: <Value>(name: string, run: () => Promise<Value>) => Promise<Value>;
}

const queuesOfStores = new WeakMap<SessionStore, Map<string, Promise<unknown>>>();

/**
 * Finds the locks for a store. A store that others may share needs locks that reach them, so Web Locks where there are
 * any. Without them, and for a store that no one else can have, it is a queue for each store in this process.
 */
export function findLocks(store: SessionStore, isShared: boolean): SessionLocks {
  // React Native has a navigator without locks, Node.js 20 has none.
  const { locks } = (globalThis.navigator ?? {}) as { locks?: SessionLocks };
  return (isShared ? locks : undefined) ?? createQueues(store);
}

function createQueues(store: SessionStore): SessionLocks {
  const queues = queuesOfStores.get(store) ?? new Map<string, Promise<unknown>>();
  queuesOfStores.set(store, queues);
  return {
    request: (name, run) => {
      const turn = (queues.get(name) ?? Promise.resolve()).then(run);
      queues.set(
        name,
        turn.catch(() => {}),
      );
      return turn;
    },
  };
}
