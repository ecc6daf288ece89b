import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { build } from 'rolldown';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { hasChromium, openBrowser } from '../../check/report/open-browser.ts';

const sourceOf = (file: string) => fileURLToPath(new URL(`../../../src/${file}`, import.meta.url));

/** A page that signs in under MSW: with its defaults, with a failure that is named, and with a resolver. */
const script = `
import { setupWorker } from 'msw/browser';
import { createNexudusAuthClient } from '${sourceOf('index.ts')}';
import { createNexudusAuthHandler, createNexudusAuthHandlers } from '${sourceOf('msw/index.ts')}';

const worker = setupWorker(...createNexudusAuthHandlers());
await worker.start({ quiet: true });
const client = createNexudusAuthClient({ baseUrl: 'https://your-space.spaces.nexudus.com' });
const getToken = async () => (await client.getOneTimeToken({ bearerToken: 'access-token-1' })).body;
const issued = await getToken();
worker.use(createNexudusAuthHandler('getOneTimeToken', 'failed'));
const failed = await getToken();
worker.use(
  createNexudusAuthHandler('getMediaToken', ({ request }) => ({ status: 401, headers: { 'X-Seen': request.method } }), {
    delay: 10,
  }),
);
const refused = await client.getMediaToken({ bearerToken: 'access-token-1' });
globalThis.answers = [issued.Value, failed.Errors, refused.status, refused.response.headers.get('X-Seen')];
`;

describe.skipIf(!hasChromium)('the handlers in a browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser.close());

  it('answer by the service worker', async () => {
    const { output } = await build({
      input: 'page.js',
      write: false,
      platform: 'browser',
      plugins: [
        {
          name: 'page',
          resolveId: (id) => (id === 'page.js' ? id : undefined),
          load: (id) => (id === 'page.js' ? script : undefined),
        },
      ],
    });
    const url = await serve({
      '/': ['text/html', '<script type="module" src="page.js"></script>'],
      ...Object.fromEntries(
        output.flatMap((file) =>
          file.type === 'chunk' ? [[`/${file.fileName}`, ['text/javascript', file.code] as const]] : [],
        ),
      ),
      '/mockServiceWorker.js': ['text/javascript', await readWorker()],
    });
    const page = await browser.newPage();
    await page.goto(url);
    await page.waitForFunction('typeof answers === "object"');
    expect(await page.evaluate('answers')).toEqual([
      'one-time-token-1',
      ['The session is locked.'],
      401,
      'GET',
    ]);
  });
});

function readWorker(): Promise<string> {
  return readFile(fileURLToPath(import.meta.resolve('msw/mockServiceWorker.js')), 'utf8');
}

async function serve(files: Record<string, readonly [mediaType: string, content: string]>): Promise<string> {
  const server = createServer(({ url = '' }, response) => {
    const [mediaType = 'text/plain', content = ''] = files[url] ?? [];
    response.setHeader('Content-Type', mediaType).end(content);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close().closeAllConnections());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
