import { describe, expect, it } from 'vitest';
import { settle } from './manual-clock.ts';
import { listenTo, openLink } from './open-link.ts';
import { openSignedIn } from './open-session.ts';
import { loseRequest, mediaPath, oneTimePath } from './provider.ts';

describe('a link that is used', () => {
  it('keeps its href until the browser has followed it, and gets another', async () => {
    const { link, states, href, clock, provider } = await openLink();
    await settle();
    const used = href();
    link.markUsed();
    link.markUsed();
    await Promise.resolve();
    expect(href()).toBe(used);
    await clock.advance(0);
    expect(states).toEqual(['pending', 'ready', 'pending', 'ready']);
    expect(href()).not.toBe(used);
    expect(provider.sent(oneTimePath)).toHaveLength(2);
    expect(clock.countTimers()).toBe(1);
  });

  it('keeps a media token, which is not spent', async () => {
    const { link, states, clock } = await openLink({ operationId: 'downloadInvoicePdf', invoiceId: 1 });
    await settle();
    link.markUsed();
    await clock.advance(0);
    expect(states).toEqual(['pending', 'ready']);
  });

  it('does nothing while it is pending', async () => {
    const { link, clock } = await openLink();
    link.markUsed();
    expect(clock.countTimers()).toBe(0);
  });
});

describe('a link that goes stale', () => {
  it('gets another href after 50 seconds, and keeps the old one until then', async () => {
    const { states, href, clock } = await openLink();
    await settle();
    const stale = href();
    await clock.advance(49_999);
    expect(href()).toBe(stale);
    await clock.advance(1);
    expect(href()).not.toBe(stale);
    expect(states).toEqual(['pending', 'ready', 'ready']);
  });

  it('takes the life that the session gives it', async () => {
    const open = await openSignedIn({ linkLifeMs: 10_000 });
    listenTo(open, '/user/invoices');
    await open.clock.advance(10_000);
    expect(open.provider.sent(oneTimePath)).toHaveLength(2);
  });

  it('keeps a media token for its own life, whatever that of a link is', async () => {
    const open = await openSignedIn({ linkLifeMs: 10_000 });
    listenTo(open, { operationId: 'downloadInvoicePdf', invoiceId: 1 });
    await open.clock.advance(49_999);
    expect(open.provider.sent(mediaPath)).toHaveLength(1);
    await open.clock.advance(1);
    expect(open.provider.sent(mediaPath)).toHaveLength(2);
  });

  it('shares a media token with the others, and renews it with them', async () => {
    const open = await openSignedIn();
    await open.session.mediaToken();
    await open.clock.advance(30_000);
    const links = [1, 2, 3].map((invoiceId) =>
      listenTo(open, { operationId: 'downloadInvoicePdf', invoiceId }),
    );
    await open.clock.advance(19_999);
    expect(open.provider.sent(mediaPath)).toHaveLength(1);
    const stale = links.map(({ href }) => href());
    await open.clock.advance(1);
    expect(open.provider.sent(mediaPath)).toHaveLength(2);
    for (const [index, { href }] of links.entries()) expect(href()).not.toBe(stale[index]);
  });

  it('loses its href when there is no other', async () => {
    const { link, clock, provider } = await openLink();
    await settle();
    provider.plan(oneTimePath, loseRequest);
    await clock.advance(50_000);
    expect(link.getState()).toMatchObject({ status: 'failed', reason: 'network_failure' });
  });
});
