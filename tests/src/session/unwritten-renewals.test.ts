import { describe, expect, it } from 'vitest';
import { createMemoryStore, type SessionStore } from '../../../src/index.ts';
import { settle } from './manual-clock.ts';
import { credentials, errorOf, openSession, openSignedIn } from './open-session.ts';
import { bookingsPath, tokenPath } from './provider.ts';

/** A store that refuses so many writes, as one that is full. */
function createFullStore(): SessionStore & { refuse: (writes: number) => void; countWrites: () => number } {
  const inner = createMemoryStore();
  let refused = 0;
  let count = 0;
  return {
    read: inner.read,
    write: async (tokens) => {
      count += 1;
      if (refused > 0) {
        refused -= 1;
        throw new DOMException('No room for refresh-secret-2.', 'QuotaExceededError');
      }
      await inner.write(tokens);
    },
    refuse: (writes) => {
      refused = writes;
    },
    countWrites: () => count,
  };
}

async function openOnFullStore() {
  const store = createFullStore();
  const { session, provider, events, clock } = await openSignedIn({ store });
  provider.expireBearers();
  return { session, provider, events, clock, store };
}

describe('a renewal that the store does not take', () => {
  it('goes on from memory, and is written at the next call', async () => {
    const { session, provider, store, events } = await openOnFullStore();
    store.refuse(1);
    expect((await session.fetch(bookingsPath)).status).toBe(200);
    expect((await store.read())?.refreshToken).toBe('refresh-secret-1');
    expect((await session.fetch(bookingsPath)).status).toBe(200);
    expect((await store.read())?.refreshToken).toBe('refresh-secret-2');
    expect(provider.sent(tokenPath)).toHaveLength(2);
    expect(events).toEqual([{ status: 'signed_in' }]);
    const writes = store.countWrites();
    await session.fetch(bookingsPath);
    expect(store.countWrites()).toBe(writes);
  });

  it('is renewed again from memory for as long as the store takes nothing', async () => {
    const { session, provider, store } = await openOnFullStore();
    store.refuse(Number.POSITIVE_INFINITY);
    for (let round = 1; round <= 3; round += 1) {
      expect((await session.fetch(bookingsPath)).status).toBe(200);
      expect(provider.sent(tokenPath)).toHaveLength(1 + round);
      provider.expireBearers();
    }
    store.refuse(0);
    expect((await session.fetch(bookingsPath)).status).toBe(200);
    expect((await store.read())?.accessToken).toMatch(/^access-secret-/);
    expect((await store.read())?.refreshToken).not.toBe('refresh-secret-1');
  });

  it('is dropped when another session has signed in or out meanwhile', async () => {
    const { session, provider, store } = await openOnFullStore();
    store.refuse(1);
    await session.fetch(bookingsPath);
    const { session: other } = openSession({ store }, provider);
    await other.signOut();
    expect(await errorOf(session.fetch(bookingsPath))).toMatchObject({ code: 'signed_out' });
    await other.signIn({ ...credentials, username: 'grace@hopper.dev' });
    const kept = await store.read();
    expect((await session.fetch(bookingsPath)).status).toBe(200);
    expect(await store.read()).toEqual(kept);
  });

  it('ends with a sign-out', async () => {
    const { session, store } = await openOnFullStore();
    store.refuse(1);
    await session.fetch(bookingsPath);
    await session.signOut();
    expect(await session.isSignedIn()).toBe(false);
    expect(await store.read()).toBeUndefined();
  });

  it('signs out all the same when it is refused, and removes the record later', async () => {
    const { session, provider, store, events } = await openOnFullStore();
    provider.expireRefreshToken();
    store.refuse(2);
    expect(await errorOf(session.fetch(bookingsPath))).toMatchObject({ code: 'signed_out' });
    expect(await session.isSignedIn()).toBe(false);
    expect(await store.read()).toBeDefined();
    expect(await session.isSignedIn()).toBe(false);
    expect(await store.read()).toBeUndefined();
    await settle();
    expect(events).toEqual([{ status: 'signed_in' }, { status: 'signed_out', reason: 'refused' }]);
    expect(provider.sent(tokenPath)).toHaveLength(2);
  });
});
