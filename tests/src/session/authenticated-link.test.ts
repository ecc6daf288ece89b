import { describe, expect, it } from 'vitest';
import { UrlError } from '../../../src/index.ts';
import { settle } from './manual-clock.ts';
import { openLink } from './open-link.ts';
import { openSession, openSignedIn } from './open-session.ts';
import { baseUrl, oneTimePath } from './provider.ts';

describe('a link', () => {
  it('is pending without an href, and ready once WasSuccessful is true', async () => {
    const { link, states, href, provider } = await openLink();
    expect(link.getState()).toEqual({ status: 'pending' });
    await settle();
    expect(href()).toBe(
      `${baseUrl}/user/login?server=true&t=one-time-secret-2&redirectUrl=%2Fuser%2Finvoices`,
    );
    expect(states).toEqual(['pending', 'ready']);
    expect(provider.sent(oneTimePath)).toHaveLength(1);
  });

  it.each([
    [{ operationId: 'redirectToServerPage', redirectUrl: '/a' }, `${baseUrl}/user/login?server=true&t=`],
    [{ operationId: 'redirectToPortal', redirectUrl: '/a' }, 'https://portal.your-space.com/login?t='],
    [{ operationId: 'redirectToPortal' }, 'https://portal.your-space.com/login?t='],
    [
      { operationId: 'downloadInvoicePdf', invoiceId: 1024 },
      `${baseUrl}/api/public/billing/invoices/1024/pdf?t=media-secret-2`,
    ],
  ] as const)('leads to %j', async (target, start) => {
    const { href } = await openLink(target);
    await settle();
    expect(href()?.startsWith(start)).toBe(true);
  });

  it('is the same state until it changes', async () => {
    const { link } = await openLink();
    expect(link.getState()).toBe(link.getState());
    await settle();
    expect(link.getState()).toBe(link.getState());
  });

  it('refuses a target that leaves the origin, and a portal that it does not know', async () => {
    const { session } = openSession();
    expect(() => session.authenticatedLink('https://evil.example')).toThrow(UrlError);
    expect(() => session.authenticatedLink({ operationId: 'downloadInvoicePdf', invoiceId: 0.5 })).toThrow(
      UrlError,
    );
    const { session: portalless } = openSession({ portalUrl: undefined as unknown as string });
    expect(() => portalless.authenticatedLink({ operationId: 'redirectToPortal' })).toThrow(
      /needs portalUrl/,
    );
    expect(() => portalless.authenticatedLink('/user/invoices')).not.toThrow();
  });

  it('does nothing before somebody listens, and nothing after the last has gone', async () => {
    const { session, provider, clock } = await openSignedIn();
    const link = session.authenticatedLink('/user/invoices');
    link.refresh();
    await settle();
    expect(provider.sent(oneTimePath)).toHaveLength(0);
    const stops = [link.subscribe(() => {}), link.subscribe(() => {})];
    await settle();
    expect(provider.sent(oneTimePath)).toHaveLength(1);
    stops[0]?.();
    stops[0]?.();
    expect(link.getState().status).toBe('ready');
    stops[1]?.();
    expect(link.getState()).toEqual({ status: 'pending' });
    expect(clock.countTimers()).toBe(0);
    await session.signOut();
    await settle();
    expect(link.getState()).toEqual({ status: 'pending' });
  });

  it('starts over for a listener that comes back, as under the StrictMode of React', async () => {
    const { stop, link, provider } = await openLink();
    stop();
    link.subscribe(() => {});
    await settle();
    expect(link.getState().status).toBe('ready');
    expect(provider.sent(oneTimePath).length).toBeLessThanOrEqual(2);
  });

  it('aborts what is under way when the last listener goes', async () => {
    const { stop, provider } = await openLink();
    let signal: AbortSignal | undefined;
    provider.plan(oneTimePath, (request) => {
      signal = request.signal;
      return new Promise(() => {});
    });
    await settle();
    expect(signal?.aborted).toBe(false);
    stop();
    expect(signal?.aborted).toBe(true);
  });
});
