import { describe, expect, it } from 'vitest';
import { settle } from './manual-clock.ts';
import { credentials, errorOf, openSession, openSignedIn } from './open-session.ts';
import { answerWith, bookingsPath, exchangePath, tokenPath } from './provider.ts';

describe('signIn', () => {
  it('keeps the tokens, tells it, and names the client', async () => {
    const { session, provider, store, events, clock } = openSession({ clientId: 'my-app' });
    expect(await session.isSignedIn()).toBe(false);
    expect(await session.signIn(credentials)).toEqual({ status: 'signed_in' });
    expect(await session.isSignedIn()).toBe(true);
    expect(provider.sent(tokenPath)[0]?.headers.get('client_id')).toBe('my-app');
    expect(await store.read()).toMatchObject({ clientId: 'my-app', expiresAt: clock.now() + 86_400_000 });
    expect(events).toEqual([{ status: 'signed_in' }]);
  });

  it('asks for the second factor, and takes it without the password', async () => {
    const { session, provider } = openSession();
    const first = await session.signIn({ ...credentials, username: 'two-factor@lovelace.dev' });
    if (first.status !== 'two_factor_required') return expect.fail(first.status);
    const second = await first.answer('000000');
    if (second.status !== 'two_factor_required') return expect.fail(second.status);
    expect(await session.isSignedIn()).toBe(false);
    expect(await second.answer('492039')).toEqual({ status: 'signed_in' });
    expect(await provider.sent(tokenPath)[2]?.text()).toContain('totp=492039');
  });

  it('says why it is refused, and leaves an earlier sign-in alone', async () => {
    const { session } = await openSignedIn();
    expect(await session.signIn({ ...credentials, password: 'wrong' })).toEqual({
      status: 'refused',
      error: 'invalid_grant',
      description: 'The password is incorrect.',
    });
    expect(await session.isSignedIn()).toBe(true);
  });

  it('hands out a reset token on request only', async () => {
    const result = await openSession().session.signIn({ ...credentials, password: 'old' });
    if (result.status !== 'must_reset_password') return expect.fail(result.status);
    expect(JSON.stringify(result)).not.toContain('secret');
    expect(result.readResetToken()).toBe('reset-secret-1');
  });

  it('sends a password once, whatever Retry-After says', async () => {
    const { session, provider } = openSession();
    provider.plan(tokenPath, answerWith(429, { 'Retry-After': '1' }));
    const error = await errorOf(session.signIn(credentials));
    expect(error).toMatchObject({ code: 'undocumented_status', status: 429, retryAfter: '1' });
    expect(provider.requests).toHaveLength(1);
  });

  it('refuses a grant without tokens', async () => {
    const { session, provider } = openSession();
    provider.plan(tokenPath, () => Response.json({ access_token: 'secret', expires_in: 1 }));
    expect(await errorOf(session.signIn(credentials))).toMatchObject({ code: 'unusable_answer' });
    expect(await session.isSignedIn()).toBe(false);
  });

  it('can be aborted', async () => {
    const { session } = openSession();
    const error = await errorOf(session.signIn(credentials, { signal: AbortSignal.abort() }));
    expect(error).toMatchObject({ code: 'aborted' });
  });
});

describe('exchange', () => {
  it('signs in with a JWT for a day, under the client_id of the session', async () => {
    const { session, provider, store } = openSession({ clientId: 'my-app' });
    expect(await session.exchange('jwt-secret-1')).toEqual({ status: 'signed_in' });
    expect(new URL(provider.requests[0]?.url ?? '').searchParams.get('validForInMinutes')).toBe('1440');
    expect(await store.read()).toMatchObject({ accessToken: 'access-secret-1', clientId: 'my-app' });
  });

  it('renews under the client_id that the session made, where it is given none', async () => {
    const { session, provider, store } = openSession();
    await session.exchange('jwt-secret-1', { validForInMinutes: 5 });
    const clientId = (await store.read())?.clientId;
    expect(clientId).toMatch(/^[0-9a-f-]{36}$/);
    provider.expireBearers();
    expect((await session.fetch(bookingsPath)).status).toBe(200);
    expect(provider.sent(tokenPath)[0]?.headers.get('client_id')).toBe(clientId);
  });

  it('lets the caller name the client_id', async () => {
    const { session, store } = openSession();
    await session.exchange('jwt-secret-1', { clientId: credentials.username });
    expect(await store.read()).toMatchObject({ clientId: credentials.username });
  });

  it.each([400, 401] as const)('says that it is refused with %i, and stays signed in', async (httpStatus) => {
    const { session, provider } = await openSignedIn();
    provider.plan(exchangePath, answerWith(httpStatus));
    expect(await session.exchange('used')).toEqual({ status: 'refused', httpStatus });
    expect(await session.isSignedIn()).toBe(true);
  });
});

describe('signOut', () => {
  it('forgets the tokens, tells it, and sends nothing', async () => {
    const { session, provider, store, events } = await openSignedIn();
    await session.signOut();
    expect(await store.read()).toBeUndefined();
    expect(events.at(-1)).toEqual({ status: 'signed_out', reason: 'asked' });
    expect(provider.requests).toHaveLength(1);
    for (const call of [session.fetch(bookingsPath), session.oneTimeToken(), session.mediaToken()]) {
      expect(await errorOf(call)).toMatchObject({ code: 'signed_out' });
    }
    expect(provider.requests).toHaveLength(1);
  });

  it('tells nobody who has left', async () => {
    const { session } = await openSignedIn();
    const heard: string[] = [];
    const stop = session.subscribe(({ status }) => heard.push(status));
    stop();
    await session.signOut();
    expect(heard).toEqual([]);
  });

  it('tells nobody who leaves while it is being told', async () => {
    const { session } = await openSignedIn();
    const heard: string[] = [];
    session.subscribe(() => {
      heard.push('first');
      stop();
    });
    const stop = session.subscribe(() => heard.push('second'));
    await session.signOut();
    await settle();
    expect(heard).toEqual(['first']);
  });
});

describe('a store that fails', () => {
  const broken = () => {
    throw new SyntaxError('Unexpected token in "access-secret-1"');
  };

  it('is told without what it threw, which can quote a token', async () => {
    const { session } = openSession({ store: { read: broken, write: broken } });
    const reading = await errorOf(session.oneTimeToken());
    expect(reading).toMatchObject({ code: 'store_failure' });
    expect(reading).not.toHaveProperty('cause');
    expect(reading.message).toBe('The store of the session threw in read (SyntaxError).');
    expect((await errorOf(session.signIn(credentials))).message).toContain('write (SyntaxError)');
  });

  it('is mended by the next sign-in', async () => {
    let isBroken = true;
    const store = {
      read: async () => (isBroken ? broken() : undefined),
      write: async () => {
        isBroken = false;
      },
    };
    const { session } = openSession({ store });
    expect(await session.signIn(credentials)).toEqual({ status: 'signed_in' });
  });
});
