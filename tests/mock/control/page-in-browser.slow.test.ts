import { networkInterfaces } from 'node:os';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { type Mock, startMock } from '../../../scripts/mock/index.ts';
import { findViolations, hasChromium, openBrowser } from '../../check/report/open-browser.ts';
import { writeSpec } from '../../openapi/write-spec.ts';

const signIn = (url: string, password = 'x'): Promise<Response> =>
  fetch(`${url}/api/token`, {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'password', username: 'ada@lovelace.dev', password }),
  });

const shoot = async (page: Page, name: string): Promise<void> => {
  const folder = process.env.SCREENSHOTS;
  if (folder !== undefined) await page.screenshot({ path: `${folder}/console-${name}.png` });
};

describe.skipIf(!hasChromium)('the console of the mock in a browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser.close());

  const open = async (
    mock: Mock,
    options: Parameters<Browser['newPage']>[0] = {},
    url = `${mock.url}/__mock__/`,
  ): Promise<Page> => {
    const page = await browser.newPage(options);
    const problems: string[] = [];
    page.on('pageerror', ({ message }) => problems.push(message));
    page.on(
      'request',
      (request) => request.url().startsWith(new URL(url).origin) || problems.push(request.url()),
    );
    onTestFinished(async () => {
      await page.close();
      expect(problems).toEqual([]);
    });
    await page.goto(url);
    await page.locator('.operation').first().waitFor();
    return page;
  };
  const operation = (page: Page, path: string): Locator =>
    page.locator('.operation', { has: page.getByText(path, { exact: true }) });
  const unfold = async (page: Page, path: string): Promise<Locator> => {
    await operation(page, path).locator('summary').first().click();
    await operation(page, path).locator('.answer').first().waitFor();
    return operation(page, path);
  };

  it('is what the root of the mock leads to, and is named by the API', async () => {
    await using mock = await startMock();
    const page = await browser.newPage();
    onTestFinished(() => page.close());
    await page.goto(mock.url);
    await page.getByRole('heading', { level: 1, name: 'Nexudus authentication' }).waitFor();
    expect([new URL(page.url()).pathname, await page.title()]).toEqual([
      '/__mock__/',
      'Nexudus authentication 0.1.0 – mock',
    ]);
    await page.getByText(mock.url, { exact: true }).waitFor();
  });

  it('shows a request as it comes in, with its problems and without its secrets', async () => {
    await using mock = await startMock();
    const page = await open(mock);
    await fetch(`${mock.url}/api/sys/users/exchange?token=s3cret-jwt`, { method: 'POST' });
    const entry = page.locator('#traffic-list > li');
    await entry.waitFor();
    expect(await entry.innerText()).toMatch(
      /400\s+POST\s+\/api\/sys\/users\/exchange.*ms.*exchangeJwt · request breaks the document.*validforinminutes/is,
    );
    await entry.locator('summary').click();
    await entry.getByText('request.query').waitFor();
    await page.getByRole('status').getByText('POST /api/sys/users/exchange answered 400.').waitFor();
    expect(await page.content()).not.toContain('s3cret-jwt');
  });

  it('forces the next answer where the click was, and undoes it', async () => {
    await using mock = await startMock();
    const page = await open(mock);
    await unfold(page, '/api/token');
    const force = page.getByRole('button', { name: 'getBearerToken 400 invalid_grant' });
    await force.click();
    await expect.poll(() => force.textContent()).toBe('Forced – undo');
    await force.click();
    await expect.poll(() => force.textContent()).toBe('Force next');
    expect((await signIn(mock.url)).status).toBe(200);
    await force.click();
    await expect.poll(() => force.textContent()).toBe('Forced – undo');
    expect((await signIn(mock.url)).status).toBe(400);
    await expect.poll(() => force.textContent()).toBe('Force next');
  });

  it('forces an outage with a delay by a form, lists it, and undoes it', async () => {
    await using mock = await startMock();
    const page = await open(mock);
    const row = await unfold(page, '/api/token');
    await row.getByText('Force with a delay, a fault or an outage').click();
    await row.getByRole('combobox', { name: /^Answer/ }).selectOption('503 Service Unavailable');
    await row.getByRole('combobox', { name: /^For/ }).selectOption('All calls, until reset');
    await row.getByLabel('Delay in ms').fill('40');
    await row.getByLabel('Retry-After in s').fill('7');
    await row.getByRole('button', { name: 'Force', exact: true }).click();
    await row.getByText('until reset, after 40 ms, Retry-After: 7').waitFor();
    const { status, headers } = await signIn(mock.url);
    expect([status, headers.get('retry-after')]).toEqual([503, '7']);
    await page.getByRole('tab', { name: /Forced/ }).click();
    await page.locator('#forced-list').getByRole('button', { name: 'Undo: getBearerToken 503' }).click();
    await page.getByText('Nothing is forced. Open').waitFor();
    expect((await signIn(mock.url)).status).toBe(200);
  });

  it('says beside the form why something cannot be forced', async () => {
    await using mock = await startMock();
    const page = await open(mock);
    const row = await unfold(page, '/api/token');
    await row.getByText('Force with a delay, a fault or an outage').click();
    for (let count = 0; count < 1000; count += 1) mock.force({ operationId: 'getMediaToken' });
    await row.getByRole('button', { name: 'Force', exact: true }).click();
    await row.getByText('1000 are forced already').waitFor();
  });

  it('folds an answer out to its body, and to a curl that meets its condition', async () => {
    await using mock = await startMock();
    const page = await open(mock);
    const row = await unfold(page, '/api/token');
    const answer = row.locator('.answer', { has: page.getByText('two_factor_auth_check', { exact: true }) });
    await answer.locator('summary').click();
    await answer.getByText('username is "two-factor@lovelace.dev" and without totp').last().waitFor();
    expect(await answer.locator('pre').first().textContent()).toMatch(
      /^curl -d '[^']*username=two-factor@lovelace\.dev/,
    );
    expect(await answer.locator('pre').last().textContent()).toContain('"error": "two_factor_auth_check"');
  });

  it('finds operations by words, statuses and tags', async () => {
    await using mock = await startMock();
    const page = await open(mock);
    const shown = () => page.locator('.operation:visible').count();
    await page.getByLabel('Search operations').fill('invoices pdf');
    expect([await shown(), await page.locator('#operations-count').textContent()]).toEqual([1, '1 of 7']);
    await page.getByLabel('Search operations').fill('');
    await page.getByLabel('Only operations with the status').selectOption('5xx');
    expect(await shown()).toBe(1);
    await page.getByLabel('Only operations with the tag').selectOption('Protected media');
    expect(await shown()).toBe(0);
  });

  it('clears the traffic, and follows a mock that is reset', async () => {
    await using mock = await startMock();
    await signIn(mock.url);
    const page = await open(mock);
    await page.locator('#traffic-list > li').waitFor();
    await page.getByRole('button', { name: 'Clear' }).click();
    await page.locator('#traffic-list > li').waitFor({ state: 'detached' });
    expect(mock.journal()).toEqual([]);
    await signIn(mock.url);
    await page.locator('#traffic-list > li').waitFor();
    await page.getByRole('button', { name: 'Reset everything' }).click();
    expect(mock.journal()).toHaveLength(1);
    await page.getByRole('button', { name: 'Click again to reset' }).click();
    await page.locator('#traffic-list > li').waitFor({ state: 'detached' });
  });

  it('moves the clock, and issues, expires and revokes tokens', async () => {
    await using mock = await startMock({ simulate: true });
    const page = await open(mock);
    await page.getByRole('tab', { name: /State/ }).click();
    await page.getByRole('button', { name: '+1 day' }).click();
    await page.locator('#offset').getByText('+1 d').waitFor();
    expect(mock.clock.now().getTime() - Date.now()).toBeGreaterThan(86_300_000);
    await page.getByLabel('Kind').selectOption('access-token');
    await page.getByRole('button', { name: 'Issue a token' }).click();
    const token = (await page.locator('#issued code').textContent()) ?? '';
    const ask = async (): Promise<number> => {
      const headers = { authorization: `Bearer ${token}` };
      return (await fetch(`${mock.url}/api/auth/media/customer`, { headers })).status;
    };
    expect(await ask()).toBe(200);
    await page.getByRole('button', { name: 'Expire access-token-1' }).click();
    await page.locator('.token.ended').getByText('expired').waitFor();
    expect(await ask()).toBe(401);
    await page.getByRole('button', { name: 'Revoke access-token-1' }).click();
    await page.locator('.token.ended').getByText('revoked').waitFor();
    // The media token that came of it lives on.
    expect(await page.locator('.token.ended button').allTextContents()).toEqual(['Revoke family']);
  });

  it('revokes a token with its family, and shows which ones that are', async () => {
    await using mock = await startMock({ specFile: 'tests/mock/fixtures/tram-auth.yaml', simulate: true });
    const form = { grant_type: 'password', client_id: 'app', username: 'mia', password: 'x' };
    for (let count = 0; count < 2; count += 1) {
      await fetch(`${mock.url}/oauth/token`, { method: 'POST', body: new URLSearchParams(form) });
    }
    mock.tokens.issue({ kind: 'access-token' });
    const page = await open(mock);
    await page.getByRole('tab', { name: /State/ }).click();
    const states = (): string[] => mock.tokens.list().map(({ state }) => state);
    await page
      .locator('.token', { hasText: 'refresh-token-2' })
      .getByText('family of access-token-1')
      .waitFor();
    await page.getByRole('button', { name: 'Revoke access-token-1', exact: true }).click();
    await expect.poll(states).toEqual(['live', 'live', 'live', 'live', 'revoked']);
    const button = page.getByRole('button', { name: 'Revoke family of access-token-1' });
    await button.click();
    await expect.poll(states).toEqual(['live', 'live', 'live', 'revoked', 'revoked']);
    await expect.poll(() => button.count()).toBe(0);
    expect(await page.getByRole('button', { name: 'Revoke family of access-token-5' }).count()).toBe(0);
  });

  it('lists the worlds with links, and shows and steers the one that it is opened in', async () => {
    await using mock = await startMock({ simulate: true });
    const world = mock.world({ name: 'signs in' });
    await signIn(world.url);
    const page = await open(mock);
    await page.getByRole('tab', { name: /State/ }).click();
    await page.locator('#world-list').getByText('1 request ·').waitFor();
    await page.getByRole('button', { name: 'Make a world' }).click();
    await expect.poll(() => page.locator('#world-list > li').count()).toBe(2);
    await page.locator('#world-list').getByRole('button').first().click();
    await expect.poll(() => page.locator('#world-list > li').count()).toBe(1);
    await page.getByRole('link', { name: `signs in (${world.id})` }).click();
    await page.locator('#world').getByText(`signs in (${world.id})`).waitFor();
    expect([page.url(), await page.title()]).toEqual([
      `${world.url}/__mock__/`,
      `signs in (${world.id}) – Nexudus authentication 0.1.0 – mock`,
    ]);
    expect(await page.locator('#url').textContent()).toBe(world.url);
    await expect.poll(() => page.locator('#traffic-list > li').count()).toBe(1);
    await unfold(page, '/api/token');
    await page.getByRole('button', { name: 'getBearerToken 400 invalid_grant' }).click();
    await page.getByRole('button', { name: 'Forced – undo' }).waitFor();
    expect([(await signIn(world.url)).status, (await signIn(mock.url)).status]).toEqual([400, 200]);
    await page.getByRole('button', { name: 'Reset this world' }).click();
    await page.getByRole('button', { name: 'Click again to reset' }).click();
    await expect.poll(() => page.locator('#traffic-list > li').count()).toBe(0);
    expect([world.journal().length, mock.journal().length]).toEqual([0, 1]);
  });

  it('stays in a world by a cookie, until it leaves', async () => {
    await using mock = await startMock();
    using world = mock.world();
    const page = await open(mock, {}, `${world.url}/__mock__/`);
    await page.getByRole('link', { name: 'Stay in this world' }).click();
    await page.waitForURL(`${mock.url}/__mock__/`);
    await page.locator('#world').getByText(world.id).waitFor();
    await page.goto(`${mock.url}/login?t=x`);
    await page.getByText('You would be on').waitFor();
    expect([world.journal().length, mock.journal().length]).toEqual([1, 0]);
    await page.goto(`${mock.url}/__mock__/`);
    await page.getByRole('link', { name: 'Leave this world' }).click();
    await page.locator('#worlds').waitFor({ state: 'attached' });
    await expect.poll(() => page.locator('#world').isHidden()).toBe(true);
    expect(await page.context().cookies()).toEqual([]);
  });

  it('takes what a request holds for text, not for markup', async () => {
    await using mock = await startMock();
    const page = await open(mock);
    await fetch(`${mock.url}/a?b=%3Cimg%20src%3Dx%20id%3Dinjected%3E`);
    await page.locator('#traffic-list summary').click();
    await page.getByText('<img src=x id=injected>').waitFor();
    expect(await page.locator('#injected').count()).toBe(0);
  });

  it('goes from tab to tab with the arrows, and past all of it by a link', async () => {
    await using mock = await startMock();
    const page = await open(mock, { viewport: { width: 800, height: 700 } });
    await page.getByRole('tab', { name: 'Operations' }).focus();
    await page.keyboard.press('ArrowRight');
    expect(await page.getByRole('tab', { name: /Traffic/ }).getAttribute('aria-selected')).toBe('true');
    await page.locator('.skip').first().focus();
    expect(
      await page
        .locator('.skip')
        .first()
        .evaluate((link) => link.getBoundingClientRect().top >= 0),
    ).toBe(true);
  });

  it('copies by an address that is no secure context', async () => {
    const address = Object.values(networkInterfaces())
      .flat()
      .find((one) => one?.family === 'IPv4' && !one.internal)?.address;
    if (address === undefined) return;
    await using mock = await startMock({ host: '0.0.0.0' });
    const { port } = new URL(mock.url);
    const page = await open(mock, {}, `http://${address}:${port}/__mock__/`);
    expect(await page.evaluate('navigator.clipboard === undefined')).toBe(true);
    const button = page.getByRole('button', { name: 'Copy the base URL' });
    await button.click();
    await expect.poll(() => button.textContent()).toMatch(/^(?:Copied|Press Ctrl\+C)$/);
  });

  it('stays fast with 1,200 operations', async () => {
    const paths = Array.from(
      { length: 1200 },
      (_, at) =>
        `  /cups/${at}:\n    get: { operationId: getCup${at}, tags: [T${at % 30}], responses: { '200': { description: A cup., content: { application/json: { schema: { type: object }, example: { at: ${at} } } } } } }\n`,
    );
    const specFile = writeSpec(
      `openapi: 3.1.0\ninfo: { title: Cups, version: 1.0.0 }\npaths:\n${paths.join('')}`,
    );
    await using mock = await startMock({ specFile });
    const page = await open(mock);
    const startMs = performance.now();
    await page.getByLabel('Search operations').fill('getcup119');
    expect(await page.locator('.operation:visible').count()).toBe(11);
    expect(performance.now() - startMs).toBeLessThan(2000);
    const row = await unfold(page, '/cups/1199');
    await row.locator('.answer summary').click();
    await row.getByText('"at"').waitFor();
  });

  it('answers with a PDF that has a page', async () => {
    await using mock = await startMock();
    const response = await fetch(`${mock.url}/api/public/billing/invoices/1024/pdf?t=media-token-1`);
    expect(await response.text()).toMatch(/\/Type \/Page /);
  });

  const sizes = [
    [320, 640],
    [390, 844],
    [768, 1024],
    [1280, 800],
    [1920, 1080],
  ] as const;
  const schemes = ['light', 'dark'] as const;
  it.each(sizes.flatMap(([width, height]) => schemes.map((colorScheme) => ({ width, height, colorScheme }))))(
    'fits $width px, $colorScheme, and axe finds nothing in any state',
    async ({ width, height, colorScheme }) => {
      await using mock = await startMock({ simulate: true });
      const world = mock.world({ name: 'signs in, and sees the invoices of all of her bookings' });
      mock.world();
      await signIn(mock.url, 'correct-horse');
      await fetch(`${mock.url}/api/sys/users/exchange?token=a`, { method: 'POST' });
      const page = await open(mock, { colorScheme, viewport: { width, height } });
      const check = async (state: string): Promise<void> => {
        await shoot(page, `${width}-${colorScheme}-${state}`);
        const scrolled = await page.evaluate('document.documentElement.scrollWidth');
        expect([state, await findViolations(page), scrolled]).toEqual([state, [], width]);
      };
      await check('start');
      const row = await unfold(page, '/api/token');
      await row.getByText('Force with a delay, a fault or an outage').click();
      await row.locator('.answer summary').nth(3).click();
      await row.locator('.force').nth(4).click();
      await row.locator('.force.on').waitFor();
      await check('open');
      await page.getByRole('tab', { name: /Traffic/ }).click();
      for (const summary of await page.locator('.exchange > summary').all()) await summary.click();
      await check('traffic');
      await page.getByRole('tab', { name: /Forced/ }).click();
      await check('forced');
      await page.getByRole('tab', { name: /State/ }).click();
      await page.getByRole('button', { name: 'Issue a token' }).click();
      await page.locator('#issued code').waitFor();
      await check('state');
      await page.locator('#world-list > li').first().scrollIntoViewIfNeeded();
      await check('worlds');
      if (width < 900) {
        const small = await page
          .locator('button:visible, summary:visible, input:visible, select:visible, #worlds a:visible')
          .evaluateAll((all) =>
            all.filter((one) => one.getBoundingClientRect().height < 44).map((one) => one.outerHTML),
          );
        expect(small).toEqual([]);
      }
      await page.goto(`${world.url}/__mock__/`);
      await page.locator('.operation').first().waitFor();
      await check('world');
    },
  );
});
