import { afterEach, describe, expect, it, vi } from 'vitest';
import { createMemoryStore } from '../../../src/index.ts';
import { credentials, openSession, openSignedIn } from './open-session.ts';
import { bookingsPath, createProvider, tokenPath } from './provider.ts';

const guid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

const clientIdsOf = (provider: ReturnType<typeof createProvider>) =>
  provider.sent(tokenPath).map(({ headers }) => headers.get('client_id'));

describe('the client_id of a session that is given none', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('is a GUID of its own, sent with the sign-in and with each renewal', async () => {
    const { session, provider } = await openSignedIn();
    provider.expireBearers();
    await session.fetch(bookingsPath);
    const [first, second] = clientIdsOf(provider);
    expect(first).toMatch(guid);
    expect(second).toBe(first);
  });

  it('is another one for each session with a store of its own', async () => {
    const provider = createProvider();
    for (let count = 0; count < 50; count += 1) await openSignedIn({}, provider);
    expect(new Set(clientIdsOf(provider)).size).toBe(50);
  });

  it.each([
    ['ada@lovelace.dev'],
    ['łukasz@example.com'],
    ['ада@пример.рф'],
    ['😀@x.dev'],
    ['josé@example.com'],
  ])('lets %s sign in and renew', async (username) => {
    const { session, provider } = openSession();
    expect(await session.signIn({ ...credentials, username })).toEqual({ status: 'signed_in' });
    provider.expireBearers();
    expect((await session.fetch(bookingsPath)).status).toBe(200);
  });

  it('stays the same over a sign-out and other sign-ins', async () => {
    const { session, provider } = await openSignedIn();
    await session.signIn({ ...credentials, username: 'grace@hopper.dev' });
    await session.signOut();
    await session.signIn(credentials);
    expect(new Set(clientIdsOf(provider)).size).toBe(1);
  });

  it('is found in the store by the next session, after a reload', async () => {
    const store = createMemoryStore();
    const { provider } = await openSignedIn({ store });
    await openSignedIn({ store }, provider);
    expect(new Set(clientIdsOf(provider)).size).toBe(1);
  });

  it.each(['ada@lovelace.dev', 'my-app'])('is not %j, which an earlier version kept', async (clientId) => {
    const { session, provider, store } = await openSignedIn({ clientId });
    const { session: later } = openSession({ store }, provider);
    provider.expireBearers();
    expect((await later.fetch(bookingsPath)).status).toBe(200);
    expect(clientIdsOf(provider)).toEqual([clientId, clientId]);
    await later.signIn(credentials);
    expect(clientIdsOf(provider)[2]).toMatch(guid);
    expect(await session.isSignedIn()).toBe(true);
  });

  it.each([
    ['a page without a secure context', { getRandomValues: crypto.getRandomValues.bind(crypto) }],
    ['an engine without crypto', undefined],
    ['an engine whose crypto is empty', {}],
  ])('is made in %s', async (_title, stub) => {
    vi.stubGlobal('crypto', stub);
    const provider = createProvider();
    for (let count = 0; count < 50; count += 1) await openSignedIn({}, provider);
    const found = clientIdsOf(provider);
    for (const clientId of found) expect(clientId).toMatch(guid);
    expect(new Set(found).size).toBe(50);
  });
});
