import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { hasChromium } from '../check/report/open-browser.ts';
import { failures, hasFocus, heading, link, useExample } from './example-in-browser.ts';

describe.skipIf(!hasChromium)('the check-out of the example', () => {
  const { url: pageUrl, mock, openSignedIn, statusesOf } = useExample();
  const buy = (page: Page) => page.getByRole('button', { name: 'Buy (demo, no charge)' }).click();

  it('goes on to the page of the portal, signed in', async () => {
    const page = await openSignedIn();
    const request = page.waitForRequest('**/login?*');
    await buy(page);
    const url = (await request).url().replace(/(?<=t=)one-time-token[^&]+/, 'TOKEN');
    expect(url).toBe(`${mock().url}/login?t=TOKEN&redirectUrl=%2Fbookings`);
    await page.waitForURL(`${mock().url}/bookings`);
    await heading(page, 'You would be on /bookings, signed in as ada@lovelace.dev').waitFor();
    expect(statusesOf('redirectToPortal')).toEqual([302]);
  });

  it.each(failures)('stays, and says why, when the envelope failed under $status', async (failure) => {
    const page = await openSignedIn();
    await link(page).waitFor();
    mock().force(failure);
    await buy(page);
    const alert = page.getByRole('form', { name: 'Day pass' }).getByRole('alert');
    await alert.waitFor();
    expect(await hasFocus(alert)).toBe(true);
    expect(page.url()).toBe(pageUrl());
  });
});
