import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listPages } from '../../scripts/dev/docs/markdown.ts';
import { buildSite, placeOf } from '../../scripts/dev/docs/site.ts';
import { hasChromium, openBrowser } from '../check/report/open-browser.ts';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};

/** Serves a folder, as a web host does. */
async function serveFolder(folder: string): Promise<Server> {
  const server = createServer(async ({ url = '/' }, response) => {
    const path = decodeURI(url.split('?')[0] ?? '').replace(/\/$/, '/index.html');
    const file = await readFile(join(folder, path)).catch(() => undefined);
    response.writeHead(file === undefined ? 404 : 200, {
      'Content-Type': types[extname(path)] ?? 'text/plain',
    });
    response.end(file);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return server;
}

describe.skipIf(!hasChromium)('the site of the documentation', () => {
  let server: Server;
  let browser: Browser;
  let url = '';

  beforeAll(async () => {
    server = await serveFolder(await buildSite());
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    browser = await openBrowser();
  }, 300_000);
  afterAll(async () => {
    await browser?.close();
    server?.close().closeAllConnections();
  });

  /** Visits a page and gives what it complains of: errors, requests that fail, and requests to other hosts. */
  async function visit(page: Page, path: string): Promise<string[]> {
    const complaints: string[] = [];
    page.removeAllListeners();
    page.on('pageerror', ({ message }) => complaints.push(message));
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    page.on('response', (response) => {
      if (response.status() >= 400) complaints.push(`${response.status()} ${response.url()}`);
    });
    page.on('request', (request) => {
      if (!/^(?:data:|blob:)/.test(request.url()) && !request.url().startsWith(url))
        complaints.push(request.url());
    });
    await page.goto(`${url}/${path}`, { waitUntil: 'networkidle' });
    if ((await page.locator('h1').count()) !== 1) complaints.push('there is no heading');
    return complaints;
  }

  const paths = listPages().map((page) => placeOf(page).replace(/\.md$/, '.html'));

  it.each([
    { width: 390, colorScheme: 'light' },
    { width: 1280, colorScheme: 'dark' },
  ] as const)(
    'shows each page in $width pixels without an error or a sideways scroll',
    async ({ width, colorScheme }) => {
      const problems: string[] = [];
      const waiting = [...paths];
      const visitNext = async (): Promise<void> => {
        const page = await browser.newPage({ viewport: { width, height: 844 }, colorScheme });
        for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
          const at = path;
          problems.push(...(await visit(page, at)).map((problem) => `${at}: ${problem}`));
          const excess = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
          if (Number(excess) > 0) problems.push(`${at} is ${excess} pixels too wide`);
        }
        await page.close();
      };
      await Promise.all(Array.from({ length: 4 }, visitNext));
      expect(problems).toEqual([]);
    },
    300_000,
  );

  it('finds a page by a word of it', async () => {
    const page = await browser.newPage();
    await visit(page, '');
    await page.getByRole('button', { name: 'Search' }).first().click();
    await page.getByRole('searchbox').fill('two_factor_auth_check');
    await page.getByRole('option').filter({ hasText: 'getBearerToken' }).first().waitFor();
    await page.close();
  });

  it('draws the diagrams, in dark too', async () => {
    const page = await browser.newPage({ colorScheme: 'dark' });
    await visit(page, 'concepts/sign-in-flow.html');
    await page.locator('.diagram svg').first().waitFor();
    expect(await page.locator('.diagram svg').count()).toBe(4);
    expect(await page.locator('.diagram').first().textContent()).toContain('POST /api/token');
    await page.close();
  });
});
