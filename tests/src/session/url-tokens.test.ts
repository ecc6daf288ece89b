import { describe, expect, it } from 'vitest';
import { credentials, errorOf, openSignedIn } from './open-session.ts';
import { answerWith, envelope, mediaPath, oneTimePath } from './provider.ts';

describe('oneTimeToken', () => {
  it('gets another at every call, at once too', async () => {
    const { session, provider } = await openSignedIn();
    const tokens = await Promise.all([session.oneTimeToken(), session.oneTimeToken()]);
    expect(new Set([...tokens, await session.oneTimeToken()]).size).toBe(3);
    expect(provider.sent(oneTimePath)).toHaveLength(3);
  });

  it.each([
    ['under 200', () => Response.json(envelope())],
    ['under 500', () => Response.json(envelope(), { status: 500 })],
    ['with an empty token', () => Response.json(envelope(''))],
    ['with a token in spite of it', () => Response.json({ ...envelope('secret'), WasSuccessful: false })],
  ])('throws when the envelope failed %s', async (_title, plan) => {
    const { session, provider } = await openSignedIn();
    provider.plan(oneTimePath, plan);
    expect(await errorOf(session.oneTimeToken())).toMatchObject({ code: 'not_successful' });
  });

  it.each([
    ['The token could not be created.', 'and says: "The token could not be created."'],
    ['Two\nlines, "quoted"', String.raw`and says: "Two lines, \"quoted\""`],
    ['ada@lovelace.dev has access-secret-1, t=abc', 'and says: "*** has ***, t=***"'],
    ['eyJhbGciOi.J9.c2VjcmV0 expired', 'and says: "*** expired"'],
    ['no '.repeat(200), `and says: "${'no '.repeat(66)}no"`],
    [null, 'and does not say why.'],
    [' ', 'and does not say why.'],
    [{ secret: 'secret' }, 'and does not say why.'],
  ])('says what Nexudus says, without what could be a token: %j', async (Message, said) => {
    const { session, provider } = await openSignedIn();
    provider.plan(oneTimePath, () => Response.json({ ...envelope(), Message }));
    const { message } = await errorOf(session.oneTimeToken());
    expect(message).toBe(`getOneTimeToken: Nexudus issues no token, ${said}`);
  });

  it('throws for a body that is no envelope at all', async () => {
    const { session, provider } = await openSignedIn();
    provider.plan(oneTimePath, () => Response.json(null));
    expect(await errorOf(session.oneTimeToken())).toMatchObject({ code: 'not_successful' });
  });

  it('renews the session on a 401, and throws the failure of the wire', async () => {
    const { session, provider } = await openSignedIn();
    provider.expireBearers();
    expect(await session.oneTimeToken()).toMatch(/^one-time/);
    provider.plan(oneTimePath, answerWith(503));
    expect(await errorOf(session.oneTimeToken())).toMatchObject({ code: 'undocumented_status' });
  });

  it('passes the signal on', async () => {
    const { session, provider } = await openSignedIn();
    const controller = new AbortController();
    provider.plan(oneTimePath, async (request) => {
      controller.abort();
      throw request.signal.reason;
    });
    const error = await errorOf(session.oneTimeToken({ signal: controller.signal }));
    expect(error).toMatchObject({ name: 'CallError', code: 'aborted' });
  });
});

describe('mediaToken', () => {
  it('is shared for 50 seconds since it was asked for, and then renewed', async () => {
    const { session, provider, clock } = await openSignedIn();
    provider.plan(mediaPath, (_request, next) => {
      clock.jump(2000);
      return next();
    });
    const tokens = await Promise.all(Array.from({ length: 50 }, () => session.mediaToken()));
    clock.jump(47_999);
    tokens.push(await session.mediaToken());
    expect(new Set(tokens).size).toBe(1);
    expect(provider.sent(mediaPath)).toHaveLength(1);
    clock.jump(1);
    expect(await session.mediaToken()).not.toBe(tokens[0]);
    expect(provider.sent(mediaPath)).toHaveLength(2);
  });

  it('is shared while it is under way, and counts from its last attempt', async () => {
    const { session, provider, clock } = await openSignedIn();
    provider.plan(mediaPath, answerWith(429, { 'Retry-After': '55' }));
    const early = session.mediaToken();
    await clock.advance(52_000);
    const late = session.mediaToken();
    await clock.advance(3000);
    expect(await early).toBe(await late);
    await clock.advance(49_999);
    expect(await session.mediaToken()).toBe(await late);
    expect(provider.sent(mediaPath)).toHaveLength(2);
  });

  it('is renewed once when the clock is put back', async () => {
    const { session, provider, clock } = await openSignedIn();
    await session.mediaToken();
    clock.jump(-3_600_000);
    await session.mediaToken();
    await session.mediaToken();
    expect(provider.sent(mediaPath)).toHaveLength(2);
  });

  it('is not the one of the customer before', async () => {
    const { session } = await openSignedIn();
    const before = await session.mediaToken();
    await session.signOut();
    expect(await errorOf(session.mediaToken())).toMatchObject({ code: 'signed_out' });
    await session.signIn({ ...credentials, username: 'grace@hopper.dev' });
    expect(await session.mediaToken()).not.toBe(before);
  });

  it('is asked for again after a failure, which all who wait get', async () => {
    const { session, provider } = await openSignedIn();
    provider.plan(mediaPath, answerWith(503));
    const failed = await Promise.all([errorOf(session.mediaToken()), errorOf(session.mediaToken())]);
    expect(failed.map(({ code }) => code)).toEqual(['undocumented_status', 'undocumented_status']);
    expect(await session.mediaToken()).toMatch(/^media/);
    expect(provider.sent(mediaPath)).toHaveLength(2);
  });

  it('is fetched to the end for the others when one who waits aborts', async () => {
    const { session, provider } = await openSignedIn();
    const controller = new AbortController();
    provider.plan(mediaPath, (_request, next) => {
      controller.abort();
      return next();
    });
    const [left, stayed] = await Promise.all([
      errorOf(session.mediaToken({ signal: controller.signal })),
      session.mediaToken(),
    ]);
    expect(left).toMatchObject({ code: 'aborted' });
    expect(stayed).toMatch(/^media/);
  });

  it.each([
    ['a second 401', [answerWith(401), answerWith(401)], 'bearer_token_refused'],
    ['an answer without one', [() => Response.json({})], 'unusable_answer'],
  ])('throws on %s', async (_title, plans, code) => {
    const { session, provider } = await openSignedIn();
    provider.plan(mediaPath, ...plans);
    expect(await errorOf(session.mediaToken())).toMatchObject({ code });
  });
});
