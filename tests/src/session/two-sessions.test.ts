import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  createMemoryStore,
  createNexudusAuthSession,
  type SessionLocks,
  type SessionStore,
} from '../../../src/index.ts';
import { createManualClock, settle } from './manual-clock.ts';
import { credentials, errorOf, openSession, openSignedIn } from './open-session.ts';
import { baseUrl, bookingsPath, createProvider, tokenPath } from './provider.ts';

const noLocks: SessionLocks = { request: (_name, run) => run() };

/** Two tabs: sessions that share a store, a provider and a clock, and the first has signed in. */
async function openTabs(options: { locks?: SessionLocks } = {}) {
  const provider = createProvider();
  const clock = createManualClock();
  const store = createMemoryStore();
  const first = await openSignedIn({ ...options, store }, provider, clock);
  const second = openSession({ ...options, store }, provider, clock);
  return { provider, clock, store, first, second };
}

describe('two sessions on one store', () => {
  it('are both signed in, and renew once between them', async () => {
    const { provider, first, second } = await openTabs();
    expect(await second.session.isSignedIn()).toBe(true);
    for (let round = 1; round <= 3; round += 1) {
      provider.expireBearers();
      const calls = [first, second].flatMap(({ session }) =>
        Array.from({ length: 50 }, () => session.fetch(bookingsPath)),
      );
      for (const { status } of await Promise.all(calls)) expect(status).toBe(200);
      expect(provider.sent(tokenPath)).toHaveLength(1 + round);
    }
  });

  it('renew once between them before the token expires', async () => {
    const { provider, clock, first, second } = await openTabs();
    clock.jump(86_400_000 - 1000);
    await Promise.all([first.session.mediaToken(), second.session.mediaToken()]);
    expect(provider.sent(tokenPath)).toHaveLength(2);
  });

  it('are both signed out by one, and the other notices at its next call', async () => {
    const { first, second } = await openTabs();
    await second.session.fetch(bookingsPath);
    await first.session.signOut();
    expect(await errorOf(second.session.fetch(bookingsPath))).toMatchObject({ code: 'signed_out' });
    expect(await errorOf(second.session.fetch(bookingsPath))).toMatchObject({ code: 'signed_out' });
    expect(second.events).toEqual([{ status: 'signed_out', reason: 'elsewhere' }]);
    expect(first.events.at(-1)).toEqual({ status: 'signed_out', reason: 'asked' });
  });

  it('are both signed out when the renewal is refused', async () => {
    const { provider, first, second } = await openTabs();
    provider.expireBearers();
    provider.expireRefreshToken();
    const codes = await Promise.all(
      [first, second].map(async ({ session }) => (await errorOf(session.fetch(bookingsPath))).code),
    );
    expect(codes).toEqual(['signed_out', 'signed_out']);
    expect(provider.sent(tokenPath)).toHaveLength(2);
  });

  it('survive a refusal where locks do not reach, when the other has renewed meanwhile', async () => {
    const { provider, first, second, store } = await openTabs({ locks: noLocks });
    provider.expireBearers();
    provider.plan(tokenPath, async (_request, next) => {
      await second.session.fetch(bookingsPath);
      return next();
    });
    expect((await first.session.fetch(bookingsPath)).status).toBe(200);
    expect(await store.read()).toBeDefined();
    expect(first.events).toEqual([{ status: 'signed_in' }]);
  });
});

describe('two sessions on a store that tells who has written', () => {
  /** Two tabs as above, of which the second listens while the first has signed in. */
  async function openListeningTabs() {
    const listeners = new Set<() => void>();
    const memory = createMemoryStore();
    const store: SessionStore = {
      read: memory.read,
      write: async (tokens) => {
        await memory.write(tokens);
        for (const listener of listeners) queueMicrotask(listener);
      },
      subscribe: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    };
    const provider = createProvider();
    const first = openSession({ store }, provider);
    const second = openSession({ store }, provider);
    await settle();
    await first.session.signIn(credentials);
    await settle();
    return { listeners, provider, first, second };
  }

  it('tell at once who signs in and out in the other one, each once', async () => {
    const { first, second } = await openListeningTabs();
    expect(second.events).toEqual([{ status: 'signed_in' }]);
    await first.session.signOut();
    await settle();
    expect(second.events.slice(1)).toEqual([{ status: 'signed_out', reason: 'elsewhere' }]);
    expect(first.events).toEqual([{ status: 'signed_in' }, { status: 'signed_out', reason: 'asked' }]);
  });

  it('tell when another customer signs in in the other one, and nothing of a renewal', async () => {
    const { provider, first, second } = await openListeningTabs();
    provider.expireBearers();
    await first.session.fetch(bookingsPath);
    await settle();
    expect(second.events).toHaveLength(1);
    await first.session.signIn({ ...credentials, username: 'grace@hopper.dev' });
    await settle();
    expect(second.events.slice(1)).toEqual([{ status: 'signed_in' }]);
  });

  it('take the link of the other one away', async () => {
    const { first, second } = await openListeningTabs();
    const link = second.session.authenticatedLink('/user/invoices');
    link.subscribe(() => {});
    await settle();
    expect(link.getState()).toMatchObject({ status: 'ready' });
    await first.session.signOut();
    await settle();
    expect(link.getState()).toMatchObject({ status: 'failed', reason: 'signed_out' });
  });

  it('listen to the store only while somebody listens to them', async () => {
    const { listeners, first } = await openListeningTabs();
    expect(listeners.size).toBe(2);
    const { session } = openSession({ store: first.store });
    expect(listeners.size).toBe(3);
    const stop = session.subscribe(() => {});
    stop();
    expect(listeners.size).toBe(3);
    const link = createNexudusAuthSession({ baseUrl, store: first.store }).authenticatedLink('/user');
    link.subscribe(() => {})();
    expect(listeners.size).toBe(3);
  });
});

describe('the locks', () => {
  afterEach(() => vi.unstubAllGlobals());

  /** Web Locks that note who asks, and run at once. */
  function stubWebLocks(): string[] {
    const names: string[] = [];
    const request = (name: string, run: () => Promise<unknown>) => {
      names.push(name);
      return run();
    };
    vi.stubGlobal('navigator', { locks: { request } });
    return names;
  }

  async function renew(options: Parameters<typeof openSignedIn>[0]) {
    const { session, provider } = await openSignedIn(options);
    provider.expireBearers();
    await session.fetch(bookingsPath);
  }

  it('are Web Locks for a store that others may share', async () => {
    const names = stubWebLocks();
    await renew({ store: createMemoryStore() });
    expect(new Set(names)).toEqual(
      new Set([`nexudus-auth-session ${baseUrl} store`, `nexudus-auth-session ${baseUrl}`]),
    );
  });

  it('are named as the caller says', async () => {
    const names = stubWebLocks();
    await renew({ store: createMemoryStore(), lockName: 'customer 7' });
    expect(new Set(names)).toEqual(new Set(['customer 7 store', 'customer 7']));
  });

  it('are none of others for the memory of one session, so that customers of a server do not wait', async () => {
    const names = stubWebLocks();
    const provider = createProvider();
    const session = createNexudusAuthSession({ baseUrl, fetch: provider.fetch });
    await session.signIn(credentials);
    provider.expireBearers();
    expect((await session.fetch(bookingsPath)).status).toBe(200);
    expect(names).toEqual([]);
  });

  it.each([undefined, {}])('are a queue in this process where navigator is %j', async (navigator) => {
    vi.stubGlobal('navigator', navigator);
    const { provider, first, second } = await openTabs();
    provider.expireBearers();
    await Promise.all([first.session.fetch(bookingsPath), second.session.fetch(bookingsPath)]);
    expect(provider.sent(tokenPath)).toHaveLength(2);
  });

  it('go on after a holder that failed', async () => {
    vi.stubGlobal('navigator', undefined);
    const { provider, first, second } = await openTabs();
    provider.expireBearers();
    provider.plan(tokenPath, () => new Response(null, { status: 503 }));
    const results = await Promise.allSettled([
      first.session.fetch(bookingsPath),
      second.session.fetch(bookingsPath),
    ]);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
  });
});
