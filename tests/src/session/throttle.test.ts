import { describe, expect, it } from 'vitest';
import { errorOf, openSignedIn } from './open-session.ts';
import { answerWith, bookingsPath, mediaPath, oneTimePath, tokenPath } from './provider.ts';

const day = 86_400_000;

describe('a 429', () => {
  it.each([
    ['seconds', '7', 7000],
    ['zero seconds', '0', 0],
    ['a date', 'Tue, 24 Nov 2026 12:00:07 GMT', 7000],
    ['a date that is past', 'Tue, 24 Nov 2026 11:00:00 GMT', 0],
    ['nothing', undefined, 1000],
    ['nonsense', 'soon', 1000],
    ['a negative number', '-5', 1000],
    ['a number that is none of seconds', '1e3', 1000],
  ])('is waited for as Retry-After says: %s', async (_title, retryAfter, delayMs) => {
    const { session, provider, clock } = await openSignedIn();
    provider.plan(
      bookingsPath,
      answerWith(429, retryAfter === undefined ? {} : { 'Retry-After': retryAfter }),
    );
    const answer = session.fetch(bookingsPath);
    if (delayMs > 0) {
      await clock.advance(delayMs - 1);
      expect(provider.sent(bookingsPath)).toHaveLength(1);
    }
    await clock.advance(1);
    expect((await answer).status).toBe(200);
  });

  it('is the answer after three attempts', async () => {
    const { session, provider, clock } = await openSignedIn();
    provider.plan(bookingsPath, answerWith(429), answerWith(429), answerWith(429));
    const answer = session.fetch(bookingsPath);
    await clock.advance(1000);
    expect(provider.sent(bookingsPath)).toHaveLength(2);
    await clock.advance(1999);
    expect(provider.sent(bookingsPath)).toHaveLength(2);
    await clock.advance(1);
    expect((await answer).status).toBe(429);
    expect(provider.sent(bookingsPath)).toHaveLength(3);
  });

  it('is the answer when it asks for more than a minute', async () => {
    const { session, provider, clock } = await openSignedIn();
    provider.plan(bookingsPath, answerWith(429, { 'Retry-After': '61' }));
    expect((await session.fetch(bookingsPath)).headers.get('Retry-After')).toBe('61');
    expect(clock.countTimers()).toBe(0);
  });

  it.each(['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE'])('is waited for with %s', async (method) => {
    const { session, provider, clock } = await openSignedIn();
    provider.plan(bookingsPath, answerWith(429));
    const answer = session.fetch(bookingsPath, { method });
    await clock.advance(1000);
    expect((await answer).status).toBe(200);
  });

  it.each(['POST', 'PATCH'])('is the answer of %s, which is not safe to repeat', async (method) => {
    const { session, provider } = await openSignedIn();
    provider.plan(bookingsPath, answerWith(429));
    expect((await session.fetch(bookingsPath, { method })).status).toBe(429);
  });

  it('is the answer of a stream', async () => {
    const { session, provider } = await openSignedIn();
    provider.plan(bookingsPath, answerWith(429));
    const init = { method: 'PUT', body: new Blob(['x']).stream(), duplex: 'half' };
    expect((await session.fetch(bookingsPath, init)).status).toBe(429);
  });

  it.each([
    ['a one-time token', oneTimePath, 'oneTimeToken'],
    ['a media token', mediaPath, 'mediaToken'],
  ] as const)('is waited for with %s', async (_title, path, name) => {
    const { session, provider, clock } = await openSignedIn();
    provider.plan(path, answerWith(429, { 'Retry-After': '3' }));
    const token = session[name]();
    await clock.advance(3000);
    expect(await token).toMatch(/secret/);
  });

  it('is thrown when it never ends, with what it asks for', async () => {
    const { session, provider } = await openSignedIn();
    provider.plan(oneTimePath, answerWith(429, { 'Retry-After': '3600' }));
    const error = await errorOf(session.oneTimeToken());
    expect(error).toMatchObject({ code: 'undocumented_status', status: 429, retryAfter: '3600' });
  });
});

describe('a 429 of the renewal', () => {
  it('is waited for when the token is expired, and asked for once by all', async () => {
    const { session, provider, clock } = await openSignedIn();
    provider.expireBearers();
    provider.plan(tokenPath, answerWith(429, { 'Retry-After': '5' }));
    const calls = Promise.all([session.fetch(bookingsPath), session.oneTimeToken(), session.mediaToken()]);
    await clock.advance(4999);
    expect(provider.sent(tokenPath)).toHaveLength(2);
    await clock.advance(1);
    await calls;
    expect(provider.sent(tokenPath)).toHaveLength(3);
  });

  it('is not waited for while the token is good, and not provoked again before its time', async () => {
    const { session, provider, clock } = await openSignedIn();
    clock.jump(day - 50_000);
    provider.plan(tokenPath, answerWith(429, { 'Retry-After': '20' }));
    for (const waitMs of [0, 19_999]) {
      clock.jump(waitMs);
      expect((await session.fetch(bookingsPath)).status).toBe(200);
    }
    expect(provider.sent(tokenPath)).toHaveLength(2);
    clock.jump(1);
    await session.fetch(bookingsPath);
    expect(provider.sent(tokenPath)).toHaveLength(3);
  });

  it('can be left by one, and signs nobody out', async () => {
    const { session, provider, clock } = await openSignedIn();
    provider.expireBearers();
    provider.plan(tokenPath, answerWith(429, { 'Retry-After': '5' }));
    const controller = new AbortController();
    const left = errorOf(session.oneTimeToken({ signal: controller.signal }));
    await clock.advance(1000);
    controller.abort();
    expect(await left).toMatchObject({ code: 'aborted' });
    expect(clock.countTimers()).toBe(0);
    expect(await session.isSignedIn()).toBe(true);
  });
});
