import { describe, expect, it } from 'vitest';
import { settle } from './manual-clock.ts';
import { listenTo, openLink } from './open-link.ts';
import { credentials, openSession, openSignedIn } from './open-session.ts';
import { answerWith, envelope, loseRequest, oneTimePath } from './provider.ts';

describe('a link that fails', () => {
  it.each([
    ['not_successful', () => Response.json(envelope())],
    ['not_successful', () => Response.json(envelope(), { status: 500 })],
    ['network_failure', loseRequest],
    ['undocumented_status', answerWith(503)],
  ])('says %s, and tries again when it is told to', async (reason, plan) => {
    const open = await openSignedIn();
    open.provider.plan(oneTimePath, plan);
    const { link, states } = listenTo(open, '/user/invoices');
    await settle();
    expect(link.getState()).toMatchObject({ status: 'failed', reason });
    expect(open.clock.countTimers()).toBe(0);
    link.refresh();
    link.refresh();
    await settle();
    expect(states).toEqual(['pending', 'failed', 'pending', 'ready']);
    expect(open.provider.sent(oneTimePath)).toHaveLength(2);
  });

  it('calls an error of an injected part unexpected, and hands it on', async () => {
    const error = new RangeError('no such lock');
    const locks = { request: () => Promise.reject(error) };
    const { session, store, clock } = openSession({ locks });
    const tokens = { accessToken: 'a', refreshToken: 'r', issuedAt: 0, clientId: 'c', signInId: '1' };
    await store.write({ ...tokens, expiresAt: clock.now() });
    const link = session.authenticatedLink('/');
    link.subscribe(() => {});
    await settle();
    expect(link.getState()).toEqual({ status: 'failed', reason: 'unexpected', error });
  });

  it('has no href after a sign-out, and gets one when a customer signs in', async () => {
    const { session, link, href, clock } = await openLink();
    await settle();
    await session.signOut();
    await settle();
    expect(link.getState()).toMatchObject({ status: 'failed', reason: 'signed_out' });
    expect(clock.countTimers()).toBe(0);
    await session.signIn(credentials);
    await settle();
    expect(href()).toContain('/user/login?');
  });

  it('has no href when a customer signs out while it waits for one', async () => {
    const { session, link, states, provider } = await openLink();
    provider.plan(oneTimePath, async (_request, next) => {
      await session.signOut();
      return next();
    });
    await settle();
    expect(link.getState()).toMatchObject({ status: 'failed', reason: 'signed_out' });
    expect(states).not.toContain('ready');
  });

  it('disturbs nobody when a listener throws', async () => {
    const { session, events } = await openSignedIn();
    const reported: unknown[] = [];
    const keep = (error: unknown) => reported.push(error);
    const before = process.listeners('uncaughtException');
    process.removeAllListeners('uncaughtException').on('uncaughtException', keep);
    try {
      session.subscribe(() => {
        throw new RangeError('a listener');
      });
      await session.signOut();
      await settle();
    } finally {
      process.removeAllListeners('uncaughtException');
      for (const listener of before) process.on('uncaughtException', listener);
    }
    expect(reported).toEqual([new RangeError('a listener')]);
    expect(events.at(-1)).toEqual({ status: 'signed_out', reason: 'asked' });
  });
});
