import { describe, expect, it } from 'vitest';
import type { ForcedEntry } from '../../scripts/mock/control/forced.ts';
import { hasChromium } from '../check/report/open-browser.ts';
import { failNext, hasFocus, heading, link, signIn, useExample } from './example-in-browser.ts';

describe.skipIf(!hasChromium)('what the example says of itself', () => {
  const { url, mock, open, openSignedIn, statusesOf } = useExample();
  const listForced = async (): Promise<ForcedEntry[]> => {
    const answer = await fetch(`${mock().url}/__mock__/forced`);
    return ((await answer.json()) as { forced: ForcedEntry[] }).forced;
  };

  it('leads to the console of its mock', async () => {
    const page = await open();
    const tab = page.context().waitForEvent('page');
    await page.getByRole('link', { name: 'console' }).click();
    await heading(await tab, 'Nexudus authentication').waitFor();
    expect((await tab).url()).toBe(`${mock().url}/__mock__/`);
  });

  it('makes the next sign-in fail, and says so until it has', async () => {
    const page = await open();
    await failNext(page);
    expect(await hasFocus(page.getByRole('button', { name: 'Let the next call work' }))).toBe(true);
    await signIn(page);
    await page.getByRole('alert').getByText('The server has a problem.').waitFor();
    await page.getByRole('button', { name: 'Make the next call fail' }).waitFor();
    expect(await page.getByRole('status').textContent()).toBe('');
    await signIn(page);
    await heading(page, 'Your account').waitFor();
    expect(statusesOf('getBearerToken')).toEqual([503, 200]);
  });

  it('makes the way on from a reset fail', async () => {
    const page = await open();
    await signIn(page, 'must-reset@lovelace.dev');
    await heading(page, 'Choose a new password').waitFor();
    await failNext(page);
    const next = page.getByRole('button', { name: 'Continue as after a reset' });
    await next.click();
    await page.getByRole('alert').getByText('The server has a problem.').waitFor();
    await next.click();
    await heading(page, 'Your account').waitFor();
  });

  it('makes the check-out fail', async () => {
    const page = await openSignedIn();
    await link(page).waitFor();
    await failNext(page);
    const buy = page.getByRole('button', { name: 'Buy' });
    await buy.click();
    await page.getByRole('form').getByRole('alert').getByText('We could not prepare this page').waitFor();
    await buy.click();
    await page.waitForURL(`${mock().url}/bookings`);
  });

  it('takes it back', async () => {
    const page = await open();
    await failNext(page);
    expect(await listForced()).toHaveLength(1);
    await page.getByRole('button', { name: 'Let the next call work' }).click();
    await page.getByRole('status').getByText('The next call will work.').waitFor();
    await expect.poll(listForced).toEqual([]);
  });

  it('takes it back where another page comes before the call', async () => {
    const page = await openSignedIn();
    await link(page).waitFor();
    await failNext(page);
    expect(await listForced()).toHaveLength(1);
    await page.getByRole('button', { name: 'Sign out' }).click();
    await heading(page, 'Sign in').waitFor();
    await expect.poll(listForced).toEqual([]);
  });

  it('says so when the mock does not respond', async () => {
    const page = await open();
    await page.route('**/__mock__/forced', (route) => route.abort());
    await page.getByRole('button', { name: 'Make the next call fail' }).click();
    await page.getByRole('status').getByText('The mock does not respond.').waitFor();
  });

  it.each([
    ['a page of another origin', 'forced', { Origin: 'http://shop.example' }, 403],
    ['a page of another site, whatever origin it names', 'forced', { 'Sec-Fetch-Site': 'cross-site' }, 403],
    ['anybody who wants more than it needs', 'reset', {}, 404],
  ])('lets nothing through to the mock from %s', async (_, path, headers: Record<string, string>, status) => {
    mock().force({ operationId: 'getOneTimeToken' });
    const body = JSON.stringify({ operationId: 'getBearerToken' });
    const answer = await fetch(`${url()}__mock__/${path}`, { method: 'POST', body, headers });
    expect([answer.status, (await listForced()).length]).toEqual([status, 1]);
  });
});

describe.skipIf(!hasChromium)('the example on a real space', () => {
  const { open, openSignedIn } = useExample({ asSpaceWithPortal: 'https://portal.shop.example' });

  it('says nothing of a demo, and names no customers', async () => {
    const page = await open();
    await heading(page, 'Sign in').waitFor();
    expect(await page.locator('aside, details').count()).toBe(0);
    await signIn(page);
    await heading(page, 'Your account').waitFor();
    expect(await page.locator('aside').count()).toBe(0);
  });

  it('sends whoever needs a new password to the Members Portal', async () => {
    const page = await open();
    await signIn(page, 'must-reset@lovelace.dev');
    await heading(page, 'Choose a new password').waitFor();
    const portal = page.getByRole('link', { name: 'Go to the Members Portal' });
    expect(await portal.getAttribute('href')).toBe('https://portal.shop.example');
    await page.getByRole('button', { name: 'Use another account' }).click();
    await heading(page, 'Sign in').waitFor();
  });

  it('buys at the Members Portal', async () => {
    const page = await openSignedIn();
    const request = page.waitForRequest('https://portal.shop.example/login?*');
    await page.route('https://portal.shop.example/**', (route) => route.fulfill({ body: 'Your bookings' }));
    await page.getByRole('button', { name: 'Buy' }).click();
    expect(new URL((await request).url()).searchParams.get('redirectUrl')).toBe('/bookings');
  });
});
