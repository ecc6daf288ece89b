import type { RemoteWorld } from 'openapi-contract-kit/mock';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Mock, startMock } from '../../../../scripts/mock/index.ts';
import { hasChromium, openBrowser } from '../../../check/report/open-browser.ts';
import { serve } from '../../../verify/serve.ts';

// An app of another origin, which calls the API as its query says.
const app = `<!doctype html><title>Trams</title><output></output><script type="module">
  const { api, credentials } = Object.fromEntries(new URLSearchParams(location.search));
  const form = new URLSearchParams({ grant_type: 'password', client_id: 'app', username: 'mia', password: 'x' });
  const signedIn = await fetch(api + '/oauth/token', { method: 'POST', body: form, credentials });
  const { access_token } = await signedIn.json();
  const headers = { authorization: 'Bearer ' + access_token };
  const passes = await fetch(api + '/passes', { headers, credentials });
  document.querySelector('output').textContent = signedIn.status + ' ' + passes.status;
</script>`;

describe.skipIf(!hasChromium)('tests in browsers, at the same time, against one mock', () => {
  let browser: Browser;
  let mock: Mock;
  beforeAll(async () => {
    browser = await openBrowser();
    mock = await startMock({ specFile: 'tests/mock/fixtures/tram-auth.yaml', simulate: true });
    process.env.MOCK_URL = mock.url;
  });
  afterAll(async () => {
    await browser.close();
    await mock.close();
  });

  /** Opens the app with an API, and gives what it shows once it has called it. */
  async function open(page: Page, api: string, credentials: RequestCredentials = 'omit'): Promise<string> {
    const appUrl = await serve((_request, response) =>
      response.writeHead(200, { 'content-type': 'text/html' }).end(app),
    );
    await page.goto(`${appUrl}/?${new URLSearchParams({ api, credentials })}`);
    const output = page.locator('output', { hasText: /\d/ });
    await output.waitFor();
    return output.innerText();
  }

  /** Does with a test and its fixture what the runner of Playwright does, and gives what it says of the test. */
  async function run(title: string, test: (page: Page, world: RemoteWorld) => Promise<void>) {
    const { world: giveWorld } = await import('./playwright.ts');
    const context = await browser.newContext();
    const annotations: { type: string; description?: string }[] = [];
    const testInfo = { title, status: '', expectedStatus: 'passed', annotations, problem: '' };
    const use = async (world: RemoteWorld): Promise<void> => {
      const failed = await test(await context.newPage(), world).catch(({ message }: Error) => message);
      testInfo.status = failed === undefined ? 'passed' : 'failed';
      testInfo.problem = failed ?? '';
    };
    await giveWorld({ context }, use, testInfo);
    await context.close();
    return testInfo;
  }

  const runs = Array.from({ length: 4 }, (_, at) => at);

  it('see nothing of each other with the fixture, which sends a header', async () => {
    const ran = runs.map((at) =>
      run(`test ${at}`, async (page, world) => {
        const status = at % 2 === 0 ? 503 : 200;
        if (status === 503) await world.force({ operationId: 'listPasses', status });
        expect(await open(page, mock.url)).toBe(`200 ${status}`);
        expect((await world.journal()).map((entry) => entry.status)).toEqual([200, status]);
        await page.goto(`${mock.url}/passes/day/ticket`);
        await page.getByText('openTicket led here.').waitFor();
        expect(await world.journal()).toHaveLength(3);
      }),
    );
    expect((await Promise.all(ran)).map(({ problem }) => problem)).toEqual(runs.map(() => ''));
    expect(mock.journal()).toEqual([]);
    const { worlds } = await (await fetch(`${mock.url}/__mock__/worlds`)).json();
    expect(worlds).toEqual([]);
  });

  it('leave the world of a failed test to be looked at in the console', async () => {
    const { annotations } = await run('finds no passes', async (page, world) => {
      await open(page, mock.url);
      expect(await world.journal()).toEqual([]);
    });
    const [{ description: url = '' } = {}] = annotations;
    const page = await browser.newPage();
    await page.goto(url);
    await page.locator('#world').getByText('finds no passes').waitFor();
    await expect.poll(() => page.locator('#traffic-list > li').count()).toBe(2);
    await page.close();
  });

  const ways: [
    string,
    (context: BrowserContext, world: RemoteWorld) => Promise<unknown>,
    RequestCredentials,
  ][] = [
    ['a cookie, which the app sends', (context, world) => context.addCookies([world.cookie]), 'include'],
    ['the base URL of the app', async () => {}, 'omit'],
  ];
  it.each(ways)('see nothing of each other with %s', async (way, prepare, credentials) => {
    const ran = runs.map(async (at) => {
      using world = mock.world();
      const context = await browser.newContext();
      await prepare(context, world as never);
      const status = at % 2 === 0 ? 503 : 200;
      if (status === 503) world.force({ operationId: 'listPasses', status });
      const api = way.startsWith('the base URL') ? world.url : mock.url;
      expect(await open(await context.newPage(), api, credentials)).toBe(`200 ${status}`);
      expect(world.journal()).toHaveLength(2);
      await context.close();
    });
    await Promise.all(ran);
    expect(mock.journal()).toEqual([]);
  });

  it('are in the world of the mock itself where the app does not send the cookie', async () => {
    using world = mock.world();
    const context = await browser.newContext();
    await context.addCookies([world.cookie]);
    await open(await context.newPage(), mock.url, 'omit');
    expect([world.journal().length, mock.journal().length]).toEqual([0, 2]);
    mock.reset();
    await context.close();
  });
});
