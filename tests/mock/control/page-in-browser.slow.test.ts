import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { type Mock, startMock } from '../../../scripts/mock/index.ts';
import { hasChromium, openBrowser } from '../../check/report/open-browser.ts';

const signIn = (url: string, password = 'x'): Promise<Response> =>
  fetch(`${url}/api/token`, {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'password', username: 'ada@lovelace.dev', password }),
  });

describe.skipIf(!hasChromium)('the page of the mock in a browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser.close());

  const open = async (mock: Mock, options: Parameters<Browser['newPage']>[0] = {}): Promise<Page> => {
    const page = await browser.newPage(options);
    onTestFinished(() => page.close());
    await page.goto(`${mock.url}/__mock__/`);
    await page.getByText('POST /api/token', { exact: true }).waitFor();
    return page;
  };

  it('shows a request as it comes in, with its violations and without its secrets', async () => {
    await using mock = await startMock();
    const page = await open(mock);
    await fetch(`${mock.url}/api/sys/users/exchange?token=s3cret-jwt`, { method: 'POST' });
    const entry = page.locator('#journal li');
    await entry.waitFor();
    expect(await entry.textContent()).toMatch(
      /^400 POST \/api\/sys\/users\/exchange\?token=\*\*\*.*validforinminutes/is,
    );
    expect(await page.content()).not.toContain('s3cret-jwt');
  });

  it('forces the next answer, and says so', async () => {
    await using mock = await startMock();
    const page = await open(mock);
    await page.getByRole('button', { name: 'Answer the next getBearerToken with 400 invalid_grant' }).click();
    await page.getByText('The next getBearerToken is answered with 400 invalid_grant.').waitFor();
    expect((await signIn(mock.url)).status).toBe(400);
    expect((await signIn(mock.url)).status).toBe(200);
  });

  it('clears the journal', async () => {
    await using mock = await startMock();
    await signIn(mock.url);
    const page = await open(mock);
    await page.locator('#journal li').waitFor();
    await page.getByRole('button', { name: 'Clear' }).click();
    await page.locator('#journal li').waitFor({ state: 'detached' });
    expect(mock.journal()).toEqual([]);
  });

  it('shows the clock, and moves it on', async () => {
    await using mock = await startMock();
    mock.clock.set(new Date('2099-01-01T12:00:00Z'));
    const page = await open(mock, { locale: 'en-GB', timezoneId: 'UTC' });
    await page.getByText('01/01/2099').waitFor();
    await page.getByRole('button', { name: '+ 1 day' }).click();
    await page.getByText('02/01/2099').waitFor();
    expect(mock.clock.now().toISOString()).toMatch(/^2099-01-02/);
  });

  it('takes what a request holds for text, not for markup', async () => {
    await using mock = await startMock();
    const page = await open(mock);
    await fetch(`${mock.url}/a?b=%3Cimg%20src%3Dx%20id%3Dinjected%3E`);
    await page.locator('#journal li').waitFor();
    expect(await page.locator('#injected').count()).toBe(0);
  });

  it.each(['light', 'dark'] as const)('fits a phone and asks nobody else, %s', async (colorScheme) => {
    await using mock = await startMock();
    const page = await open(mock, { colorScheme, viewport: { width: 390, height: 800 } });
    const strangers: string[] = [];
    page.on('request', (request) => request.url().startsWith(mock.url) || strangers.push(request.url()));
    await page.reload();
    await page.getByText('POST /api/token', { exact: true }).waitFor();
    const width = await page.evaluate('document.documentElement.scrollWidth');
    expect({ width, strangers }).toEqual({ width: 390, strangers: [] });
    if (process.env.SCREENSHOTS !== undefined) {
      await page.screenshot({ path: `${process.env.SCREENSHOTS}/mock-${colorScheme}.png` });
    }
  });
});
