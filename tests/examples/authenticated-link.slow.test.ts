import type { Locator } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { hasChromium } from '../check/report/open-browser.ts';
import {
  failures,
  hasFocus,
  heading,
  link,
  signIn,
  untilGone,
  useExample,
  wakeUp,
} from './example-in-browser.ts';

const day = 86_400;

describe.skipIf(!hasChromium)('an authenticated link of the example', () => {
  const { url: pageUrl, mock, open, openSignedIn, statusesOf } = useExample();

  it('is disabled, and leads nowhere, until its token is there', async () => {
    const page = await open();
    let release = () => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    await page.route('**/api/sys/users/token/refresh', (route) => released.then(() => route.continue()));
    await signIn(page);
    await link(page, true).waitFor();
    expect(await link(page, true).getAttribute('href')).toBeNull();
    await link(page, true).focus();
    await page.keyboard.press('Enter');
    expect(page.url()).toBe(pageUrl());
    release();
    await link(page).waitFor();
    expect(await hasFocus(link(page))).toBe(true);
  });

  it('navigates to the pinned URL, and on to the page, signed in', async () => {
    const page = await openSignedIn();
    const request = page.waitForRequest('**/user/login?*');
    await link(page).click();
    const url = (await request).url().replace(/(?<=t=)one-time-token[^&]+/, 'TOKEN');
    expect(url).toBe(`${mock().url}/user/login?server=true&t=TOKEN&redirectUrl=%2Fuser%2Finvoices`);
    await page.waitForURL(`${mock().url}/user/invoices`);
    await heading(page, 'You would be on /user/invoices, signed in as ada@lovelace.dev').waitFor();
    expect(statusesOf('redirectToServerPage')).toEqual([302]);
  });

  it('leads there again after the way back', async () => {
    const page = await openSignedIn();
    for (const count of [1, 2]) {
      await link(page).click();
      await page.waitForURL(`${mock().url}/user/invoices`);
      expect(statusesOf('redirectToServerPage')).toEqual(Array(count).fill(302));
      await page.goBack();
    }
    await link(page).waitFor();
  });

  it('gets another token once it was followed', async () => {
    const page = await openSignedIn();
    const used = await link(page).getAttribute('href');
    const tab = page.context().waitForEvent('page');
    await link(page).click({ modifiers: ['ControlOrMeta'] });
    await tab;
    await untilGone(page, used);
    await link(page).waitFor();
    expect(await link(page).getAttribute('href')).not.toBe(used);
  });

  it('opens an invoice of one page, with a media token', async () => {
    const page = await openSignedIn();
    const answer = page.waitForResponse('**/api/public/billing/invoices/1024/pdf?t=*');
    await page.getByRole('link', { name: 'Invoice 1024 (PDF)', disabled: false }).click();
    expect((await answer).headers()['content-type']).toBe('application/pdf');
    // Chromium's own viewer is a page within the page.
    const findViewer = () => page.frames().find((frame) => frame.url().startsWith('chrome-extension:'));
    await expect.poll(findViewer, { timeout: 30_000 }).toBeDefined();
    const pageCount = findViewer()?.locator('#pagelength') as Locator;
    await pageCount.waitFor();
    expect(await pageCount.textContent()).toBe('1');
  });

  it('recovers from an expired bearer token', async () => {
    const page = await openSignedIn();
    await link(page).waitFor();
    const spent = await link(page).getAttribute('href');
    mock().clock.advanceSeconds(day);
    await wakeUp(page);
    await untilGone(page, spent);
    await link(page).click();
    await page.waitForURL(`${mock().url}/user/invoices`);
    expect(statusesOf('getOneTimeToken')).toContain(401);
    expect(statusesOf('getBearerToken')).toEqual([200, 200]);
  });

  it('gives way to signing in when the session has ended', async () => {
    const page = await openSignedIn();
    await link(page).waitFor();
    mock().clock.advanceSeconds(16 * day);
    await wakeUp(page);
    await page.getByText('You were signed out, because').waitFor();
    expect(await hasFocus(heading(page, 'Sign in'))).toBe(true);
  });

  it.each(failures)('says that the envelope failed under $status, and tries again', async (failure) => {
    const page = await openSignedIn();
    await link(page).waitFor();
    mock().force(failure);
    await wakeUp(page);
    await page.getByRole('alert').getByText('We could not prepare this page for you.').waitFor();
    await link(page, true).waitFor();
    await page.getByRole('button', { name: 'Try again: All invoices' }).click();
    await link(page).waitFor();
    expect(await hasFocus(link(page))).toBe(true);
    expect(await page.getByRole('alert').allTextContents()).toEqual(['', '']);
  });
});
