import type { SessionStore } from './store.ts';
import type { SessionTokens } from './tokens.ts';

const table = 'sessions';
const key = 'current';

/**
 * Makes a store that all tabs of an origin share and that outlives them.
 *
 * It is IndexedDB because what one tab has written there, the next one reads. `localStorage` promises no such thing:
 * between processes its writes arrive late, and a tab that has just got the lock can find the tokens that are spent.
 * Any script of the origin can read either.
 *
 * Each write is told to the other tabs by a `BroadcastChannel` of the same name, without what was written.
 *
 * @param name of the database, one for each space that the origin signs in to
 * @see https://html.spec.whatwg.org/multipage/webstorage.html#introduction-16
 * @example
 * const session = createNexudusAuthSession({ baseUrl, store: createIndexedDbStore() });
 */
export function createIndexedDbStore(name = 'nexudus-auth-session'): SessionStore {
  let opened: Promise<IDBDatabase> | undefined;
  const forget = () => {
    opened = undefined;
  };
  const open = () => {
    opened ??= openDatabase(name, forget);
    opened.catch(forget);
    return opened;
  };
  const run = async <Value>(
    mode: IDBTransactionMode,
    use: (sessions: IDBObjectStore) => { readonly result: Value },
  ): Promise<Value> => {
    const transaction = (await open()).transaction(table, mode);
    const request = use(transaction.objectStore(table));
    await new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error);
    });
    return request.result;
  };
  return {
    read: () => run<SessionTokens | undefined>('readonly', (sessions) => sessions.get(key)),
    write: async (tokens) => {
      await run<unknown>('readwrite', (sessions) =>
        tokens === undefined ? sessions.delete(key) : sessions.put(tokens, key),
      );
      const channel = openChannel(name);
      channel?.postMessage('written');
      channel?.close();
    },
    // Open only while somebody listens: browsers keep a page with an open channel out of their back-forward cache.
    subscribe: (listener) => {
      const channel = openChannel(name);
      channel?.addEventListener('message', listener);
      return () => channel?.close();
    },
  };
}

// Old engines have none.
function openChannel(name: string): BroadcastChannel | undefined {
  return typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel(name);
}

function openDatabase(name: string, forget: () => void): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(table);
    request.onerror = () => reject(request.error);
    request.onsuccess = () => {
      const database = request.result;
      // The browser closes it when the customer clears the site's data.
      database.onclose = forget;
      database.onversionchange = () => {
        database.close();
        forget();
      };
      resolve(database);
    };
  });
}
