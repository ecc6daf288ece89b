import { resolve } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Mock, startMock } from '../../scripts/dev/package/mock.ts';
import type { NexudusAuthSession } from '../../src/index.ts';
import type { NexudusAuthFetchClient } from '../../src/openapi-fetch/index.ts';
import { hasChromium, openBrowser } from '../check/report/open-browser.ts';
import { importBundled, servePage, writeApp } from './browser-page.ts';
import { createProject, packPackage } from './project.ts';

declare const session: NexudusAuthSession;
declare const client: NexudusAuthFetchClient;

const projects = { 'React 18': createProject(), 'React 19': createProject() };
const app = ['react-readme.tsx', 'react-app.tsx', 'react-browser.tsx', 'react-server.tsx'];
const query = ['query-app.tsx', 'query-browser.tsx'];
const peersOfQuery = ['openapi-fetch@0.17', 'openapi-react-query@0.5', '@tanstack/react-query@5'];
let mock: Mock;
let browser: Browser;

beforeAll(async () => {
  mock = await startMock({ port: 0, simulate: true });
  const tarball = packPackage('nexudus-auth-contract', projects['React 18'].folder);
  for (const [name, project] of Object.entries(projects)) {
    const version = name.replace('React ', '@');
    const react = ['react', 'react-dom', '@types/react', '@types/react-dom'].map((one) => one + version);
    await project.install(tarball, ...react, ...peersOfQuery);
    writeApp(project, mock.url, ...app, ...query);
  }
  if (hasChromium) browser = await openBrowser();
}, 300_000);

afterAll(async () => {
  for (const one of Object.values(projects)) one.remove();
  await browser?.close();
  await mock.close();
}, 60_000);

const countTokens = () =>
  mock.journal().filter(({ operationId, status }) => operationId === 'getOneTimeToken' && status === 200)
    .length;
const signIn = (page: Page) =>
  page.evaluate(() => session.signIn({ username: 'ada@lovelace.dev', password: 'correct-horse' }));

describe.each(Object.entries(projects))('with %s', (_, project) => {
  it('the hooks compile, and their props fit a link', async () => {
    const compilerOptions = {
      strict: true,
      exactOptionalPropertyTypes: true,
      noEmit: true,
      module: 'esnext',
      moduleResolution: 'bundler',
      target: 'es2023',
      lib: ['es2023', 'dom', 'dom.iterable'],
      jsx: 'react-jsx',
      types: [],
      skipLibCheck: false,
      allowImportingTsExtensions: true,
    };
    project.write('tsconfig.json', JSON.stringify({ compilerOptions, files: [...app, ...query] }));
    const compiler = resolve('node_modules/typescript/bin/tsc');
    const { stdout } = await project.run(process.execPath, compiler, '-p', '.', '--pretty', 'false');
    expect(stdout).toBe('');
  });

  it('a server renders a link that leads nowhere yet, and knows nobody', async () => {
    const { html } = await importBundled<{ html: string }>(project, 'react-server.tsx');
    expect(html).toContain('<p>loading</p>');
    expect(html).toContain('<a role="link" aria-disabled="true" tabindex="0">Invoices</a>');
    expect(html).not.toContain('href');
  });

  describe.skipIf(!hasChromium)('in a browser, in strict mode', () => {
    /** Opens the app on what a server has rendered, and collects what the browser complains of. */
    async function open(name: string): Promise<{ page: Page; complaints: string[] } & AsyncDisposable> {
      const isQuery = name.startsWith('query');
      const html = isQuery ? '' : (await importBundled<{ html: string }>(project, 'react-server.tsx')).html;
      const served = await servePage(project, name, html);
      const context = await browser.newContext();
      const page = await context.newPage();
      const complaints: string[] = [];
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('console', (message) => {
        if (/Warning|hydrat|React|key/i.test(message.text()) && !/DevTools/.test(message.text()))
          complaints.push(message.text());
      });
      mock.reset();
      await page.goto(served.url);
      await page.waitForFunction('typeof session === "object"');
      return {
        page,
        complaints,
        [Symbol.asyncDispose]: async () => {
          await context.close();
          await served[Symbol.asyncDispose]();
        },
      };
    }

    it('the link gets its href once somebody signs in, and keeps it when the page is rendered again', async () => {
      await using opened = await open('react-browser.tsx');
      const { page, complaints } = opened;
      await page.getByText('signed_out', { exact: false }).first().waitFor();
      await page.getByRole('link', { name: 'Invoices', disabled: true }).waitFor();
      await signIn(page);
      const link = page.locator('a[href]', { hasText: 'Invoices' });
      await link.waitFor();
      expect(await link.getAttribute('href')).toMatch(
        /\/user\/login\?server=true&t=.+&redirectUrl=%2Fuser%2Finvoices$/,
      );
      expect(await page.locator('p').textContent()).toBe('signed_in');
      const href = await link.getAttribute('href');
      const tokens = countTokens();
      await page.getByRole('button', { name: 'Next' }).click();
      await page.locator('a[href*="/invoices/2/pdf"]').waitFor();
      expect(await link.getAttribute('href')).toBe(href);
      expect(countTokens()).toBe(tokens);
      expect(complaints).toEqual([]);
    });

    it('another target takes the href of the one before away', async () => {
      await using opened = await open('react-browser.tsx');
      const { page } = opened;
      await signIn(page);
      await page.locator('a[href*="/invoices/1/pdf"]').waitFor();
      const hrefs = await page.evaluate(async () => {
        const link = document.querySelectorAll('a')[1];
        const [next] = [...document.querySelectorAll('button')].filter(
          ({ textContent }) => textContent === 'Next',
        );
        next?.click();
        await new Promise(requestAnimationFrame);
        return link?.getAttribute('href');
      });
      expect(hrefs ?? '').not.toContain('/invoices/1/');
      await page.locator('a[href*="/invoices/2/pdf"]').waitFor();
    });

    it('a link that was followed gets another token', async () => {
      await using opened = await open('react-browser.tsx');
      const { page } = opened;
      await signIn(page);
      const link = page.locator('a[href]', { hasText: 'Invoices' });
      await link.waitFor();
      const href = await link.getAttribute('href');
      await link.click({ modifiers: ['Control'] });
      await page.waitForFunction((used) => {
        const now = document.querySelector('a')?.getAttribute('href');
        return now !== null && now !== used;
      }, href);
    });

    it('a link gets another token when the page is seen again, and none once it is unmounted', async () => {
      await using opened = await open('react-browser.tsx');
      const { page } = opened;
      const wake = () => page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
      await signIn(page);
      await page.locator('a[href]', { hasText: 'Invoices' }).waitFor();
      const before = countTokens();
      await wake();
      await expect.poll(countTokens).toBe(before + 1);
      await page.getByRole('button', { name: 'Away' }).click();
      await page.locator('a').first().waitFor({ state: 'detached' });
      await wake();
      // A call of the page itself comes after any that the links would have made.
      await page.evaluate(() => session.oneTimeToken());
      expect(countTokens()).toBe(before + 2);
    });

    it('both hooks follow a sign-out, and a link says why it failed and tries again', async () => {
      await using opened = await open('react-browser.tsx');
      const { page } = opened;
      await signIn(page);
      await page.locator('a[href*="/pdf"]').waitFor();
      await page.evaluate(() => session.signOut());
      await page.getByText('signed_out asked').waitFor();
      expect(await page.locator('output').textContent()).toBe('signed_out');
      mock.force({ operationId: 'getMediaToken', status: 401, times: 2 });
      await signIn(page);
      await page.getByText('bearer_token_refused').waitFor();
      expect(await page.locator('p').textContent()).toBe('signed_in');
      await page.getByRole('button', { name: 'Try again' }).click();
      await page.locator('a[href*="/invoices/1/pdf"]').waitFor();
    });

    it('TanStack Query reads and writes through openapi-react-query, and has the errors', async () => {
      await using opened = await open('query-browser.tsx');
      const { page } = opened;
      const token = page.getByRole('button').first();
      // Nobody is signed in: the session throws.
      await page.getByText('SessionError').waitFor();
      await signIn(page);
      await token.click();
      await page.getByText(/^token ./).waitFor();
      mock.force({ operationId: 'getMediaToken', status: 401, times: 2 });
      await page.reload();
      await page.getByRole('button', { name: '401' }).waitFor();
      await page.getByRole('button', { name: 'Wrong' }).click();
      await page.getByText('invalid_grant').waitFor();
      await page.getByRole('button', { name: 'Right' }).click();
      await page.getByText('bearer').waitFor();
    });

    it('a redirect is hidden from a call through openapi-fetch, which says to navigate', async () => {
      await using opened = await open('query-browser.tsx');
      await signIn(opened.page);
      const said = await opened.page.evaluate(async () => {
        const query = { t: await session.oneTimeToken() };
        return client.GET('/login', { params: { query } }).catch((error) => error.message);
      });
      expect(said).toMatch(
        /^redirectToPortal: GET .+\/login\?t=\*\*\* answered with a redirect, .+ navigate to the URL/,
      );
    });
  });
});
