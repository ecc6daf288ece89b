import { describe, expect, it } from 'vitest';
import { settle } from './manual-clock.ts';
import { credentials, errorOf, openSession, openSignedIn } from './open-session.ts';
import { bookingsPath, exchangePath, loseRequest, type Plan, tokenPath } from './provider.ts';

const ada = credentials;
const bob = { ...credentials, username: 'bob@example.com' };

/** Holds an answer back until `letGo`, deaf to the signal of the request. */
function holdBack(): { plan: Plan; letGo: () => void } {
  let letGo = (): void => {};
  const gate = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  return {
    letGo: () => letGo(),
    plan: async (_request, next) => {
      const answer = await next();
      await gate;
      return answer;
    },
  };
}

/** A session with a sign-in whose answer is held back. */
async function openSlow(path = tokenPath, options: { signal?: AbortSignal } = {}) {
  const open = openSession();
  const { plan, letGo } = holdBack();
  open.provider.plan(path, plan);
  const slow =
    path === tokenPath ? open.session.signIn(ada, options) : open.session.exchange('jwt-secret-1', options);
  const ended = errorOf(slow);
  await settle();
  return { ...open, ended, letGo };
}

describe.each([
  ['a sign-in', tokenPath],
  ['an exchange', exchangePath],
])('%s that is late', (_title, path) => {
  it('does not undo a sign-out', async () => {
    const { session, store, events, ended, letGo } = await openSlow(path);
    await session.signOut();
    letGo();
    expect(await ended).toMatchObject({
      name: 'SessionError',
      code: 'aborted',
      message: 'A sign-in or a sign-out began after this sign-in, whose tokens are dropped.',
    });
    expect(await store.read()).toBeUndefined();
    await settle();
    expect(events).toEqual([{ status: 'signed_out', reason: 'asked' }]);
  });

  it('does not replace a sign-in that began later', async () => {
    const { session, provider, store, events, ended, letGo } = await openSlow(path);
    await session.signIn(bob);
    const kept = await store.read();
    letGo();
    expect(await ended).toMatchObject({ code: 'aborted' });
    expect(await store.read()).toEqual(kept);
    await settle();
    expect(events).toEqual([{ status: 'signed_in' }]);
    expect((await session.fetch(bookingsPath)).status).toBe(200);
    expect(provider.sent(bookingsPath)).toHaveLength(1);
  });

  it('does not sign in when it is aborted, though fetch does not listen', async () => {
    const controller = new AbortController();
    const reason = new Error('the page was left');
    const { session, events, ended, letGo } = await openSlow(path, { signal: controller.signal });
    controller.abort(reason);
    expect(await ended).toMatchObject({ code: 'aborted', cause: reason });
    letGo();
    await settle();
    expect(await session.isSignedIn()).toBe(false);
    expect(events).toEqual([]);
  });

  it('is not counted by the session on another store', async () => {
    const { ended, letGo } = await openSlow(path);
    const other = await openSignedIn();
    await other.session.signOut();
    letGo();
    await expect(ended).rejects.toThrow('the call resolved');
  });
});

it('lets the later of two sign-ins win that is answered last', async () => {
  const { session, provider, store } = openSession();
  const { plan, letGo } = holdBack();
  provider.plan(tokenPath, (_request, next) => next(), plan);
  const first = errorOf(session.signIn(ada));
  const second = session.signIn(bob);
  expect(await first).toMatchObject({ code: 'aborted' });
  expect(await store.read()).toBeUndefined();
  letGo();
  expect(await second).toEqual({ status: 'signed_in' });
});

it('drops a sign-in though the later one failed', async () => {
  const { session, provider, ended, letGo } = await openSlow();
  provider.plan(tokenPath, loseRequest);
  expect(await errorOf(session.signIn(bob))).toMatchObject({ code: 'network_failure' });
  letGo();
  expect(await ended).toMatchObject({ code: 'aborted' });
  expect(await session.isSignedIn()).toBe(false);
});

it('keeps who was signed in when another sign-in is aborted', async () => {
  const { session, provider } = await openSignedIn();
  const signal = AbortSignal.abort();
  expect(await errorOf(session.signIn(bob, { signal }))).toMatchObject({ code: 'aborted' });
  expect(await session.isSignedIn()).toBe(true);
  expect(provider.requests).toHaveLength(1);
});
