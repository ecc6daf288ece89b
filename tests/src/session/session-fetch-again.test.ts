import { describe, expect, it } from 'vitest';
import { errorOf, openSession, openSignedIn } from './open-session.ts';
import { answerWith, baseUrl, bookingsPath, tokenPath } from './provider.ts';

describe('a call that is sent again', () => {
  it.each([
    ['a string', 'rooms=2'],
    ['a form', new URLSearchParams({ rooms: '2' })],
    ['bytes', new TextEncoder().encode('rooms=2')],
    ['a Blob', new Blob(['rooms=2'])],
  ])('has its body again when it is %s', async (_title, body) => {
    const { session, provider } = await openSignedIn();
    provider.expireBearers();
    const answer = await session.fetch(bookingsPath, { method: 'POST', body });
    expect(await answer.json()).toEqual({ authorization: 'Bearer access-secret-2', body: 'rooms=2' });
    expect(provider.sent(bookingsPath)).toHaveLength(2);
  });

  it('has its body again when it is a Request', async () => {
    const { session, provider } = await openSignedIn();
    provider.expireBearers();
    const request = new Request(`${baseUrl}${bookingsPath}`, { method: 'PATCH', body: 'rooms=2' });
    const answer = await session.fetch(request);
    expect(await answer.json()).toMatchObject({ body: 'rooms=2' });
  });

  it('is not sent again when its body is a stream: the 401 is the answer, and the token is renewed', async () => {
    const { session, provider } = await openSignedIn();
    provider.expireBearers();
    const send = () => {
      const init = { method: 'PUT', body: new Blob(['rooms=2']).stream(), duplex: 'half' };
      return session.fetch(bookingsPath, init);
    };
    expect((await send()).status).toBe(401);
    expect(provider.sent(bookingsPath)).toHaveLength(1);
    expect(await (await send()).json()).toMatchObject({ body: 'rooms=2' });
    expect(provider.sent(tokenPath)).toHaveLength(2);
  });

  it.each([
    ['a stream', () => new Blob(['rooms=2']).stream()],
    [
      'an async iterable',
      async function* () {
        yield new TextEncoder().encode('rooms=2');
      },
    ],
  ])('is not sent again when its body is %s within a Request', async (_title, createBody) => {
    const { session, provider } = await openSignedIn();
    provider.expireBearers();
    const send = () => {
      const init = { method: 'PUT', body: createBody() as ReadableStream, duplex: 'half' };
      return session.fetch(new Request(`${baseUrl}${bookingsPath}`, init));
    };
    expect((await send()).status).toBe(401);
    expect(provider.sent(bookingsPath)).toHaveLength(1);
    expect(await (await send()).json()).toMatchObject({ body: 'rooms=2' });
    expect(provider.sent(tokenPath)).toHaveLength(2);
  });

  it('holds no copy of a stream within a Request: what fetch cancels is cancelled', async () => {
    const { store } = await openSignedIn();
    let isCancelled = false;
    const body = new ReadableStream({
      cancel: () => {
        isCancelled = true;
      },
    });
    const fetch = async (input: string | Request) => {
      await (input as Request).body?.cancel();
      return new Response();
    };
    const { session } = openSession({ store, fetch });
    const init = { method: 'PUT', body, duplex: 'half' };
    await session.fetch(new Request(`${baseUrl}${bookingsPath}`, init));
    expect(isCancelled).toBe(true);
  });
});

describe('an answer that nobody will read', () => {
  /** An answer, and whether its body was cancelled. */
  function watch(status: number) {
    let isCancelled = false;
    const body = new ReadableStream({
      cancel: () => {
        isCancelled = true;
      },
    });
    return { answer: () => new Response(body, { status }), isCancelled: () => isCancelled };
  }

  it('is let go when the call is sent again', async () => {
    const { session, provider } = await openSignedIn();
    const { answer, isCancelled } = watch(401);
    provider.plan(bookingsPath, answer);
    await session.fetch(bookingsPath);
    expect(isCancelled()).toBe(true);
  });

  it('is let go when the renewal throws', async () => {
    const { session, provider } = await openSignedIn();
    const { answer, isCancelled } = watch(401);
    provider.plan(bookingsPath, answer);
    provider.expireRefreshToken();
    expect(await errorOf(session.fetch(bookingsPath))).toMatchObject({ code: 'signed_out' });
    expect(isCancelled()).toBe(true);
  });

  it('is let go when the wait for another attempt is aborted', async () => {
    const { session, provider, clock } = await openSignedIn();
    const { answer, isCancelled } = watch(429);
    provider.plan(bookingsPath, answer);
    const controller = new AbortController();
    const call = session.fetch(bookingsPath, { signal: controller.signal });
    await clock.advance(500);
    controller.abort();
    await expect(call).rejects.toThrow();
    expect(isCancelled()).toBe(true);
  });

  it('is not let go when it is the answer', async () => {
    const { session, provider } = await openSignedIn();
    provider.plan(
      bookingsPath,
      () => new Response('refused', { status: 401 }),
      () => new Response('again', { status: 401 }),
    );
    expect(await (await session.fetch(bookingsPath)).text()).toBe('again');
  });
});

describe('abort and failure', () => {
  it("throws the signal's reason, as fetch does", async () => {
    const { session, provider } = await openSignedIn();
    const reason = new Error('the page was left');
    await expect(session.fetch(bookingsPath, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    expect(provider.requests).toHaveLength(1);
  });

  it('ends the wait for a 429', async () => {
    const { session, provider, clock } = await openSignedIn();
    const controller = new AbortController();
    provider.plan(bookingsPath, answerWith(429, { 'Retry-After': '30' }));
    const call = session.fetch(bookingsPath, { signal: controller.signal });
    await clock.advance(1000);
    controller.abort();
    await expect(call).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }));
    expect(clock.countTimers()).toBe(0);
  });

  it('passes on what fetch throws', async () => {
    const { session, provider } = await openSignedIn();
    const failure = new TypeError('fetch failed');
    provider.plan(bookingsPath, () => Promise.reject(failure));
    await expect(session.fetch(bookingsPath)).rejects.toBe(failure);
  });
});
