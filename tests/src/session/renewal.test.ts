import { describe, expect, it } from 'vitest';
import { settle } from './manual-clock.ts';
import { credentials, errorOf, openSession, openSignedIn } from './open-session.ts';
import {
  answerWith,
  bookingsPath,
  createProvider,
  oneTimePath,
  type Provider,
  tokenPath,
} from './provider.ts';

const day = 86_400_000;

describe('a renewal', () => {
  it('is done once for a hundred calls that are answered with 401, each of which is sent once more', async () => {
    const { session, provider } = await openSignedIn();
    provider.expireBearers();
    const calls = Array.from({ length: 100 }, () => session.fetch(bookingsPath));
    expect((await Promise.all(calls)).map(({ status }) => status)).toEqual(Array(100).fill(200));
    expect(provider.sent(tokenPath)).toHaveLength(2);
    expect(provider.sent(bookingsPath)).toHaveLength(200);
  });

  it('is not done again for a 401 that comes after it', async () => {
    const { session, provider } = await openSignedIn();
    provider.expireBearers();
    let letGo = (): void => {};
    provider.plan(bookingsPath, async (_request, next) => {
      await new Promise<void>((resolve) => {
        letGo = resolve;
      });
      return next();
    });
    const late = session.fetch(bookingsPath);
    await settle();
    await session.fetch(bookingsPath);
    letGo();
    expect((await late).status).toBe(200);
    expect(provider.sent(tokenPath)).toHaveLength(2);
  });

  it('is done a minute before the token expires, and no earlier', async () => {
    const { session, provider, clock } = await openSignedIn();
    clock.jump(day - 60_001);
    await session.fetch(bookingsPath);
    expect(provider.sent(tokenPath)).toHaveLength(1);
    clock.jump(1);
    await Promise.all([session.fetch(bookingsPath), session.oneTimeToken(), session.mediaToken()]);
    expect(provider.sent(tokenPath)).toHaveLength(2);
    expect(provider.sent(bookingsPath)[1]?.headers.get('Authorization')).toBe('Bearer access-secret-3');
  });

  it('sends the client_id of the sign-in, and keeps the new refresh token', async () => {
    const { session, provider, store } = await openSignedIn({ clientId: 'my-app' });
    provider.expireBearers();
    await session.fetch(bookingsPath);
    expect(provider.sent(tokenPath)[1]?.headers.get('client_id')).toBe('my-app');
    const renewed = (await store.read())?.refreshToken;
    expect(renewed).toBe('refresh-secret-2');
    provider.expireBearers();
    await session.fetch(bookingsPath);
    const form = new URLSearchParams(await provider.sent(tokenPath)[2]?.text());
    expect(form.get('refresh_token')).toBe(renewed);
    expect(provider.sent(tokenPath)).toHaveLength(3);
  });

  it('waits for half of the life of a token that lives shorter than twice the margin', async () => {
    const { session, provider, clock } = await openSignedIn({}, createProvider({ expiresInSeconds: 30 }));
    clock.jump(14_999);
    await session.fetch(bookingsPath);
    expect(provider.sent(tokenPath)).toHaveLength(1);
    clock.jump(1);
    await session.fetch(bookingsPath);
    await session.fetch(bookingsPath);
    expect(provider.sent(tokenPath)).toHaveLength(2);
  });

  it.each([0, -1, Number.NaN, 'soon'])('leaves a life of %j to the 401', async (expiresInSeconds) => {
    const provider = createProvider({ expiresInSeconds: expiresInSeconds as number });
    const { session, clock } = await openSignedIn({}, provider);
    clock.jump(day * 365);
    await session.fetch(bookingsPath);
    expect(provider.sent(tokenPath)).toHaveLength(1);
  });

  it('answers the second 401 as it is', async () => {
    const { session, provider } = await openSignedIn();
    provider.plan(bookingsPath, answerWith(401), answerWith(401));
    expect((await session.fetch(bookingsPath)).status).toBe(401);
    expect(provider.sent(tokenPath)).toHaveLength(2);
    provider.plan(oneTimePath, answerWith(401), answerWith(401));
    expect(await errorOf(session.oneTimeToken())).toMatchObject({ code: 'bearer_token_refused' });
    expect(await session.isSignedIn()).toBe(true);
  });
});

describe('an endpoint that always answers with 401', () => {
  const alwaysRefuse = (provider: Provider, count: number) =>
    provider.plan(bookingsPath, ...Array(count).fill(answerWith(401)));

  it('costs one renewal a minute, not one a call', async () => {
    const { session, provider, clock } = await openSignedIn();
    alwaysRefuse(provider, 500);
    for (let call = 0; call < 200; call += 1) expect((await session.fetch(bookingsPath)).status).toBe(401);
    expect(provider.sent(tokenPath)).toHaveLength(2);
    clock.jump(60_000);
    for (let call = 0; call < 100; call += 1) await session.fetch(bookingsPath);
    expect(provider.sent(tokenPath)).toHaveLength(3);
  });

  it('costs no more with a body that is a stream', async () => {
    const { session, provider } = await openSignedIn();
    alwaysRefuse(provider, 20);
    for (let call = 0; call < 20; call += 1) {
      const init = { method: 'PUT', body: new Blob(['rooms=2']).stream(), duplex: 'half' };
      expect((await session.fetch(bookingsPath, init)).status).toBe(401);
    }
    expect(provider.sent(tokenPath)).toHaveLength(2);
  });

  it('costs little more in two tabs, and keeps them signed in', async () => {
    const first = await openSignedIn();
    const second = openSession({ store: first.store }, first.provider, first.clock);
    alwaysRefuse(first.provider, 500);
    for (let call = 0; call < 50; call += 1) {
      for (const { session } of [first, second]) {
        expect((await session.fetch(bookingsPath)).status).toBe(401);
      }
    }
    expect(first.provider.sent(tokenPath)).toHaveLength(3);
    expect(await first.session.isSignedIn()).toBe(true);
  });

  it('keeps no call from a renewal that it was sent before', async () => {
    const { session, provider, clock } = await openSignedIn();
    clock.jump(1000);
    provider.expireBearers();
    let letGo = (): void => {};
    const gate = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    provider.plan(oneTimePath, async (_request, next) => {
      await gate;
      return next();
    });
    alwaysRefuse(provider, 2);
    const slow = session.oneTimeToken();
    await settle();
    expect((await session.fetch(bookingsPath)).status).toBe(401);
    letGo();
    expect(await slow).toMatch(/^one-time/);
  });

  it('keeps no other endpoint from a renewal once the token is older than a minute', async () => {
    const { session, provider, clock } = await openSignedIn();
    alwaysRefuse(provider, 2);
    await session.fetch(bookingsPath);
    clock.jump(60_000);
    provider.expireBearers();
    expect(await session.oneTimeToken()).toMatch(/^one-time/);
  });
});

describe('a renewal that is refused', () => {
  it('signs out once, for all who wait', async () => {
    const { session, provider, store, events } = await openSignedIn();
    provider.expireBearers();
    provider.expireRefreshToken();
    const calls = Array.from({ length: 20 }, () => errorOf(session.fetch(bookingsPath)));
    expect(new Set((await Promise.all(calls)).map(({ code }) => code))).toEqual(new Set(['signed_out']));
    expect(await store.read()).toBeUndefined();
    expect(events).toEqual([{ status: 'signed_in' }, { status: 'signed_out', reason: 'refused' }]);
    expect(provider.sent(tokenPath)).toHaveLength(2);
  });
});

describe('what happens during a renewal', () => {
  /** A session whose renewal is under way, until `letGo`. */
  async function openRenewing() {
    const open = await openSignedIn();
    open.provider.expireBearers();
    let letGo = (): void => {};
    const gate = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    open.provider.plan(tokenPath, async (_request, next) => {
      await gate;
      return next();
    });
    const call = errorOf(open.session.fetch(bookingsPath));
    await settle();
    return { ...open, call, letGo };
  }

  it('does not undo a sign-out', async () => {
    const { session, store, call, letGo } = await openRenewing();
    await session.signOut();
    letGo();
    expect(await call).toMatchObject({ code: 'signed_out' });
    expect(await store.read()).toBeUndefined();
  });

  it('sends no call of one customer in the name of the next', async () => {
    const { session, store, provider, call, letGo } = await openRenewing();
    await session.signIn({ ...credentials, username: 'grace@hopper.dev' });
    const grace = await store.read();
    letGo();
    expect(await call).toMatchObject({ code: 'signed_out' });
    expect(provider.sent(bookingsPath)).toHaveLength(1);
    expect(await store.read()).toEqual(grace);
    expect((await session.fetch(bookingsPath)).status).toBe(200);
  });

  it('goes on for the others when one who waits aborts', async () => {
    const { session, provider } = await openSignedIn();
    provider.expireBearers();
    const controller = new AbortController();
    const reason = new Error('the page was left');
    provider.plan(tokenPath, async (_request, next) => {
      controller.abort(reason);
      await settle();
      return next();
    });
    const left = session.oneTimeToken({ signal: controller.signal });
    const stayed = session.oneTimeToken();
    expect(await errorOf(left)).toMatchObject({ code: 'aborted', cause: reason });
    expect(await stayed).toMatch(/^one-time/);
    expect(provider.sent(tokenPath)).toHaveLength(2);
  });

  it('begins nothing under a signal that is aborted already', async () => {
    const { session, provider } = await openSignedIn();
    provider.expireBearers();
    const signal = AbortSignal.abort();
    expect(await errorOf(session.oneTimeToken({ signal }))).toMatchObject({ code: 'aborted' });
    expect(await errorOf(session.mediaToken({ signal }))).toMatchObject({ code: 'aborted' });
    expect(provider.requests).toHaveLength(1);
  });
});

it('fails as signed out before anybody signed in', async () => {
  const { session, provider, events } = openSession();
  expect(await errorOf(session.mediaToken())).toMatchObject({ code: 'signed_out' });
  expect(provider.requests).toEqual([]);
  expect(events).toEqual([]);
});
