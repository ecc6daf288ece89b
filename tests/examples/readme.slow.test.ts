import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { build } from 'rolldown';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type Mock, startMock } from '../../scripts/mock/index.ts';
import { hasChromium, openBrowser } from '../check/report/open-browser.ts';

/** A page that shows the component of the README, and renders it again on demand. */
const page = `
import { StrictMode, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { InvoicesLink, session } from './readme.tsx';

function App() {
  const [count, setCount] = useState(0);
  Object.assign(globalThis, { session, render: () => setCount((count) => count + 1) });
  return <main data-count={count}><InvoicesLink /></main>;
}
createRoot(document.body).render(<StrictMode><App /></StrictMode>);
`;

const server = `
import { renderToString } from 'react-dom/server';
import { InvoicesLink } from './readme.tsx';
export const html = renderToString(<InvoicesLink />);
`;

async function readReactLines(): Promise<string> {
  const readme = await readFile('README.md', 'utf8');
  const blocks = [...readme.matchAll(/^```tsx\n(.+?)^```$/gms)].map(([, block]) => block);
  expect(blocks).toHaveLength(1);
  return blocks[0] ?? '';
}

/** Bundles the README's lines, as they are but for the address of the space, with a module beside them. */
async function bundle(entry: string, platform: 'browser' | 'node', baseUrl: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'nexudus-auth-contract-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const lines = (await readReactLines()).replace('https://your-space.spaces.nexudus.com', baseUrl);
  await writeFile(join(folder, 'readme.tsx'), lines);
  await writeFile(join(folder, 'entry.tsx'), entry);
  const file = join(folder, 'bundle.mjs');
  await build({
    input: join(folder, 'entry.tsx'),
    platform,
    // It warns of `'use client'`, which means nothing outside of a framework.
    onLog: () => {},
    resolve: {
      modules: [resolve('node_modules')],
      alias: {
        'nexudus-auth-contract/react': resolve('src/react/index.ts'),
        'nexudus-auth-contract': resolve('src/index.ts'),
      },
    },
    transform: { define: { 'process.env.NODE_ENV': '"development"' } },
    output: { file, codeSplitting: false },
  });
  return file;
}

/** Opens the page of the README's lines; what it throws or warns of fails the test. */
async function openPage(mock: Mock): Promise<Page> {
  const script = await readFile(await bundle(page, 'browser', mock.url), 'utf8');
  const files = createServer(({ url }, response) => {
    const isScript = url === '/page.js';
    response.setHeader('Content-Type', isScript ? 'text/javascript' : 'text/html');
    response.end(isScript ? script : '<body></body><script type="module" src="/page.js"></script>');
  });
  await new Promise<void>((listening) => files.listen(0, '127.0.0.1', listening));
  const browser = await openBrowser();
  const said: string[] = [];
  onTestFinished(async () => {
    await browser.close();
    files.close().closeAllConnections();
    expect(said).toEqual([]);
  });
  const opened = await browser.newPage();
  opened.on('pageerror', ({ message }) => said.push(message));
  opened.on('console', (message) => {
    if (message.type() === 'warning') said.push(message.text());
  });
  await opened.goto(`http://127.0.0.1:${(files.address() as AddressInfo).port}/`);
  return opened;
}

describe('the React lines of the README', () => {
  it('are rendered on a server, where the link has no href', async () => {
    const { html } = await import(await bundle(server, 'node', 'https://your-space.spaces.nexudus.com'));
    expect(html).toBe('<a role="link" aria-disabled="true" tabindex="0">Invoices</a>');
  });

  it.skipIf(!hasChromium)('give a link that leads to the page, and stays over renderings', async () => {
    await using mock = await startMock({ simulate: true });
    const opened = await openPage(mock);
    await opened.getByText('Invoices').waitFor();
    expect(await opened.getByText('Invoices').getAttribute('href')).toBeNull();
    const credentials = '{ username: "ada@lovelace.dev", password: "correct-horse" }';
    await opened.evaluate(`session.signIn(${credentials})`);
    const link = opened.getByRole('link', { name: 'Invoices', disabled: false });
    await link.waitFor();
    const href = await link.getAttribute('href');
    expect(href).toMatch(new RegExp(`^${mock.url}/user/login\\?server=true&t=one-time-token-`));
    for (let count = 1; count <= 3; count += 1) {
      await opened.evaluate('render()');
      await opened.locator(`[data-count="${count}"]`).waitFor();
      expect(await link.getAttribute('href')).toBe(href);
    }
    await link.click();
    await opened.waitForURL(`${mock.url}/user/invoices`);
  });
});
