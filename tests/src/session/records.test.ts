import { describe, expect, it } from 'vitest';
import { createMemoryStore, type SessionStore, type SessionTokens } from '../../../src/index.ts';
import { settle } from './manual-clock.ts';
import { credentials, errorOf, openSession, openSignedIn } from './open-session.ts';
import { bookingsPath, createProvider, mediaPath, tokenPath } from './provider.ts';

const record: SessionTokens = {
  accessToken: 'access-secret-1',
  refreshToken: 'refresh-secret-1',
  issuedAt: 0,
  expiresAt: Number.MAX_SAFE_INTEGER,
  clientId: 'my-app',
  signInId: '1',
};

/** Opens a session on a store that holds whatever it is given. */
async function openOn(kept: unknown) {
  const store = createMemoryStore();
  await store.write(kept as SessionTokens);
  return openSession({ store });
}

/** A store that keeps JSON, as those of React Native do. */
function createJsonStore(keep: (tokens: SessionTokens) => unknown = (tokens) => tokens): SessionStore {
  let text = 'null';
  return {
    read: async () => JSON.parse(text),
    write: async (tokens) => {
      text = JSON.stringify(tokens === undefined ? null : keep(tokens));
    },
  };
}

describe('a record', () => {
  it('is one that a session has written', async () => {
    const { session } = await openOn(record);
    expect(await session.isSignedIn()).toBe(true);
  });

  it.each<[string, unknown]>([
    ['null', null],
    ['an empty object', {}],
    ['a list', []],
    ['an empty text', ''],
    ['a text', JSON.stringify(record)],
    ['a number', 7],
    ['true', true],
    ['a function', () => record],
    ...Object.keys(record).map((name): [string, unknown] => [
      `without ${name}`,
      { ...record, [name]: undefined },
    ]),
    ['with an empty access token', { ...record, accessToken: '' }],
    ['with a refresh token that is no text', { ...record, refreshToken: 1 }],
    ['with an endless life', { ...record, expiresAt: Number.POSITIVE_INFINITY }],
    ['with a life that is no number', { ...record, expiresAt: Number.NaN }],
    ['with a life that JSON has lost', { ...record, expiresAt: null }],
    ['with an age that is a text', { ...record, issuedAt: '0' }],
    ['with a client_id that no header carries', { ...record, clientId: 'łukasz@example.com' }],
  ])('that is no record counts as signed out, and a sign-in recovers: %s', async (_title, kept) => {
    const { session, provider } = await openOn(kept);
    const link = session.authenticatedLink('/user/invoices');
    link.subscribe(() => {});
    await settle();
    expect(link.getState()).toMatchObject({ status: 'failed', reason: 'signed_out' });
    expect(await session.isSignedIn()).toBe(false);
    for (const call of [session.fetch(bookingsPath), session.oneTimeToken(), session.mediaToken()]) {
      expect(await errorOf(call)).toMatchObject({ code: 'signed_out' });
    }
    expect(provider.requests).toEqual([]);
    expect(await session.signIn(credentials)).toEqual({ status: 'signed_in' });
    provider.expireBearers();
    expect((await session.fetch(bookingsPath)).status).toBe(200);
  });

  it('that turns to garbage signs out, and tells it once', async () => {
    const { session, store, events } = await openSignedIn();
    await store.write({} as SessionTokens);
    expect(await session.isSignedIn()).toBe(false);
    expect(await session.isSignedIn()).toBe(false);
    await settle();
    expect(events).toEqual([{ status: 'signed_in' }, { status: 'signed_out', reason: 'elsewhere' }]);
  });

  it('that lacks the sign-in hands no customer the media token of the one before', async () => {
    const store = createJsonStore(({ signInId: _, ...some }) => some);
    const { session, provider } = await openSignedIn({ store });
    await errorOf(session.mediaToken());
    await session.signIn({ ...credentials, username: 'bob@example.com' });
    await errorOf(session.mediaToken());
    expect(provider.sent(mediaPath)).toEqual([]);
  });

  it.each([1e308, Number.MAX_VALUE, 1e20])('survives JSON with a life of %d seconds', async (life) => {
    const provider = createProvider({ expiresInSeconds: life });
    const { session } = await openSignedIn({ store: createJsonStore() }, provider);
    for (let call = 0; call < 5; call += 1) expect((await session.fetch(bookingsPath)).status).toBe(200);
    expect(provider.sent(tokenPath)).toHaveLength(1);
  });
});
