import { describe, expect, it } from 'vitest';
import { CallError, createNexudusAuthClient } from '../../../src/index.ts';
import { errorOf, openSignedIn } from './open-session.ts';
import {
  answerWith,
  baseUrl,
  bookingsPath,
  createProvider,
  loseAnswer,
  loseRequest,
  type Plan,
  tokenPath,
} from './provider.ts';

const day = 86_400_000;

describe('a renewal whose answer is lost', () => {
  it.each([
    ['before it was carried out', loseRequest],
    [
      'in the middle of a body that nobody can read',
      () => new Response('{"access_token":"secret', { headers: { 'Content-Type': 'application/json' } }),
    ],
  ])('is asked for again, and succeeds when it was lost %s', async (_title, plan) => {
    const { session, provider } = await openSignedIn();
    provider.expireBearers();
    provider.plan(tokenPath, plan);
    expect((await session.fetch(bookingsPath)).status).toBe(200);
    expect(provider.sent(tokenPath)).toHaveLength(3);
  });

  it('signs out when it was carried out, since the refresh token is spent', async () => {
    const { session, provider, events } = await openSignedIn();
    provider.expireBearers();
    provider.plan(tokenPath, loseAnswer);
    expect(await errorOf(session.fetch(bookingsPath))).toMatchObject({ code: 'signed_out' });
    expect(events.at(-1)).toEqual({ status: 'signed_out', reason: 'refused' });
  });

  it('keeps the tokens when it is lost twice, and the next call tries again', async () => {
    const { session, provider } = await openSignedIn();
    provider.expireBearers();
    provider.plan(tokenPath, loseRequest, loseRequest);
    const error = await errorOf(session.fetch(bookingsPath));
    expect(error).toMatchObject({ code: 'renewal_failed', cause: { code: 'network_failure' } });
    expect(await session.isSignedIn()).toBe(true);
    expect((await session.fetch(bookingsPath)).status).toBe(200);
  });

  it('asks again after a time-out', async () => {
    const provider = createProvider();
    const client = createNexudusAuthClient({ baseUrl, fetch: provider.fetch, timeoutMs: 30 });
    const { session } = await openSignedIn({ client }, provider);
    provider.expireBearers();
    provider.plan(
      tokenPath,
      (request) =>
        new Promise((_resolve, reject) => {
          request.signal.addEventListener('abort', () => reject(request.signal.reason));
        }),
    );
    expect((await session.fetch(bookingsPath)).status).toBe(200);
    expect(provider.sent(tokenPath)).toHaveLength(3);
  });

  it('is not asked for again when Nexudus answers 503', async () => {
    const { session, provider } = await openSignedIn();
    provider.expireBearers();
    provider.plan(tokenPath, answerWith(503));
    const error = await errorOf(session.fetch(bookingsPath));
    expect(error).toMatchObject({ code: 'renewal_failed', cause: { status: 503 } });
    expect(provider.sent(tokenPath)).toHaveLength(2);
    expect((await session.fetch(bookingsPath)).status).toBe(200);
  });

  it('leaves a token that is not expired in use, and rests before it tries again', async () => {
    const { session, provider, clock } = await openSignedIn();
    clock.jump(day - 50_000);
    provider.plan(tokenPath, loseRequest, loseRequest);
    expect((await session.fetch(bookingsPath)).status).toBe(200);
    expect((await session.fetch(bookingsPath)).status).toBe(200);
    expect(provider.sent(tokenPath)).toHaveLength(3);
    clock.jump(10_000);
    await session.fetch(bookingsPath);
    expect(provider.sent(tokenPath)).toHaveLength(4);
    expect(provider.sent(bookingsPath)[2]?.headers.get('Authorization')).not.toBe('Bearer access-secret-1');
  });

  it('sends nothing with a token that is expired', async () => {
    const { session, provider, clock } = await openSignedIn();
    clock.jump(day);
    provider.plan(tokenPath, ...Array(4).fill(loseRequest));
    for (const _call of [1, 2]) {
      expect(await errorOf(session.fetch(bookingsPath))).toMatchObject({ code: 'renewal_failed' });
    }
    expect(provider.sent(bookingsPath)).toHaveLength(0);
    expect((await session.fetch(bookingsPath)).status).toBe(200);
  });

  it('leaves a token in use when the answer holds none', async () => {
    const { session, provider, clock } = await openSignedIn();
    clock.jump(day - 1);
    provider.plan(tokenPath, () => Response.json({}));
    expect((await session.fetch(bookingsPath)).status).toBe(200);
    expect(await session.isSignedIn()).toBe(true);
  });
});

describe('a renewal whose answer breaks the contract', () => {
  const openValidating = async () => {
    const provider = createProvider();
    const client = createNexudusAuthClient({ baseUrl, fetch: provider.fetch, validate: true });
    const open = await openSignedIn({ client }, provider);
    provider.expireBearers();
    return open;
  };
  const change =
    (properties: object): Plan =>
    async (_request, next) =>
      Response.json({ ...((await (await next()).json()) as object), ...properties });

  it.each([{ expires_in: '3600' }, { token_type: 'Bearer' }, { expires_in: null }])(
    'in a trifle is taken by a client that validates: %j',
    async (trifle) => {
      const { session, provider } = await openValidating();
      provider.plan(tokenPath, change(trifle));
      expect((await session.fetch(bookingsPath)).status).toBe(200);
      expect((await session.fetch(bookingsPath)).status).toBe(200);
      expect(provider.sent(tokenPath)).toHaveLength(2);
    },
  );

  it('for want of a token is an answer all the same, and is not asked for again', async () => {
    const { session, provider } = await openValidating();
    provider.plan(tokenPath, change({ refresh_token: undefined }));
    expect(await errorOf(session.fetch(bookingsPath))).toMatchObject({
      code: 'renewal_failed',
      cause: { code: 'unusable_answer' },
    });
    expect(provider.sent(tokenPath)).toHaveLength(2);
    expect(await session.isSignedIn()).toBe(true);
  });

  it.each(['contract_violation', 'undocumented_status', 'aborted'] as const)(
    'is not asked for again when a client of the caller throws %s',
    async (code) => {
      const provider = createProvider();
      const client = createNexudusAuthClient({ baseUrl, fetch: provider.fetch });
      const call = { operationId: 'getBearerToken', method: 'POST', url: `${baseUrl}${tokenPath}` };
      let calls = 0;
      const throwing: typeof client.getBearerToken = (input) => {
        calls += 1;
        return calls === 1
          ? client.getBearerToken(input)
          : Promise.reject(new CallError(code, call, 'failed.'));
      };
      const { session } = await openSignedIn({ client: { ...client, getBearerToken: throwing } }, provider);
      provider.expireBearers();
      expect(await errorOf(session.fetch(bookingsPath))).toMatchObject({
        code: 'renewal_failed',
        cause: { code },
      });
      expect(calls).toBe(2);
    },
  );
});

describe('a clock that jumps', () => {
  it.each([
    ['ahead', 400 * day, 2],
    ['back', -400 * day, 1],
  ])('%s costs one renewal at most', async (_title, byMs, grants) => {
    const { session, provider, clock } = await openSignedIn();
    clock.jump(byMs);
    for (let call = 0; call < 5; call += 1) await session.fetch(bookingsPath);
    expect(provider.sent(tokenPath)).toHaveLength(grants);
    clock.jump(-byMs);
    for (let call = 0; call < 5; call += 1) await session.fetch(bookingsPath);
    expect(provider.sent(tokenPath)).toHaveLength(grants);
  });

  it('to and fro during renewals never loops', async () => {
    const { session, provider, clock } = await openSignedIn();
    for (let call = 1; call <= 10; call += 1) {
      provider.plan(tokenPath, (_request, next) => {
        clock.jump(call % 2 === 0 ? -3 * day : 3 * day);
        return next();
      });
      await session.fetch(bookingsPath);
    }
    expect(provider.sent(tokenPath).length).toBeLessThan(12);
  });
});
