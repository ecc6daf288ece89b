import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { NexudusAuthSession } from '../../../src/index.ts';
import { hasChromium, openBrowser } from '../../check/report/open-browser.ts';
import { bookingsPath, createProvider, type Plan, tokenPath } from './provider.ts';
import { servePage } from './serve-page.ts';

declare const session: NexudusAuthSession;

// Long enough for the other tab to get there, too.
const slowly: Plan = async (_request, next) => {
  await new Promise((resolve) => setTimeout(resolve, 300));
  return next();
};

describe.skipIf(!hasChromium)('two tabs of a browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser.close());

  async function openTabs(context: BrowserContext, url: string): Promise<[Page, Page]> {
    const tabs: [Page, Page] = [await context.newPage(), await context.newPage()];
    for (const tab of tabs) {
      await tab.goto(url);
      await tab.waitForFunction('typeof session === "object"');
    }
    await tabs[0].evaluate(() => session.signIn({ username: 'ada@lovelace.dev', password: 'x' }));
    return tabs;
  }

  const callManyTimes = (tab: Page, path: string) =>
    tab.evaluate(async (path) => {
      const calls = Array.from({ length: 10 }, () => session.fetch(path).catch((error) => error.code));
      return (await Promise.all(calls)).map((answer) => answer.status ?? answer);
    }, path);

  it('renew once between them, under a Web Lock', async () => {
    const provider = createProvider();
    await using page = await servePage(provider.fetch);
    await using context = await browser.newContext();
    const tabs = await openTabs(context, page.url);
    for (let round = 1; round <= 2; round += 1) {
      provider.expireBearers();
      provider.plan(tokenPath, slowly);
      const answers = await Promise.all(tabs.map((tab) => callManyTimes(tab, bookingsPath)));
      expect(answers.flat()).toEqual(Array(20).fill(200));
      expect(provider.sent(tokenPath)).toHaveLength(1 + round);
    }
  });

  it('are both signed out by one', async () => {
    const provider = createProvider();
    await using page = await servePage(provider.fetch);
    await using context = await browser.newContext();
    const [first, second] = await openTabs(context, page.url);
    await second.evaluate(() => session.signOut());
    expect(new Set(await callManyTimes(first, bookingsPath))).toEqual(new Set(['signed_out']));
    expect(provider.sent(bookingsPath)).toHaveLength(0);
  });

  it('tell at once who signs in and out in the other one', async () => {
    const provider = createProvider();
    await using page = await servePage(provider.fetch);
    await using context = await browser.newContext();
    const [first, second] = await openTabs(context, page.url);
    await second.evaluate(() => {
      const told: unknown[] = [];
      Object.assign(globalThis, { told });
      session.subscribe((event) => told.push(event));
      return session.isSignedIn();
    });
    await first.evaluate(() => session.signOut());
    await second.waitForFunction('told.length === 1');
    await first.evaluate(() => session.signIn({ username: 'ada@lovelace.dev', password: 'x' }));
    await second.waitForFunction('told.length === 2');
    expect(await second.evaluate('told')).toEqual([
      { status: 'signed_out', reason: 'elsewhere' },
      { status: 'signed_in' },
    ]);
    expect(provider.sent(bookingsPath), 'without any call').toHaveLength(0);
  });

  it("begin anew when the site's data is cleared", async () => {
    const provider = createProvider();
    await using page = await servePage(provider.fetch);
    await using context = await browser.newContext();
    const [first, second] = await openTabs(context, page.url);
    const isSignedIn = () => first.evaluate(() => session.isSignedIn());
    expect(await isSignedIn()).toBe(true);
    await second.evaluate(
      () =>
        new Promise((resolve) => {
          indexedDB.deleteDatabase('nexudus-auth-session').onsuccess = resolve;
        }),
    );
    expect(await isSignedIn()).toBe(false);
    await second.evaluate(() => session.signIn({ username: 'ada@lovelace.dev', password: 'x' }));
    expect(await isSignedIn()).toBe(true);
  });
});
