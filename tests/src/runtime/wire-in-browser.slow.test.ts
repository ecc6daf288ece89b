import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { build } from 'rolldown';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasChromium, openBrowser } from '../../check/report/open-browser.ts';
import { serveRailway } from './railway.ts';

let code = '';
const railway = serveRailway({
  '/page': (_, response) =>
    response.setHeader('Content-Type', 'text/html').end('<script type="module" src="page.js"></script>'),
  '/page.js': (_, response) => response.setHeader('Content-Type', 'text/javascript').end(code),
  '/answers/events': (_, response) => {
    response.writeHead(200, { 'Content-Type': 'text/event-stream' }).write('data: {"row":1}\r\n\r');
    setTimeout(() => response.write('\ndata: {"row":2}\n\n'), 50);
  },
  '/answers/moved': (_, response) => response.writeHead(307, { Location: '/v2/secured/open' }).end(),
});

/** A page that awaits its calls at the top, and needs all that is loaded late. */
const script = () => `
import { createSender } from '${fileURLToPath(new URL('../../../src/runtime/index.ts', import.meta.url))}';
import { createClient } from '${railway.generated}/client.ts';
import { operations } from '${railway.generated}/operations.ts';

const client = createClient(createSender(operations, { baseUrl: location.origin + '/v2' }));
const parts = { title: 'Ü', photos: [new File(['abc'], 'a.png', { type: 'image/png' })], seat: { row: 7 } };
const sent = (await client.sendParts({ body: parts })).body;
const listed = (await client.queryLists({ query: { commas: [1, 2] } })).body;
const keyed = (await client.withKey({ credentials: { key: 'key-1' } })).body;
const moved = (await client.getMoved()).body;
const refused = await client.cookies({ cookie: { theme: 'x' } }).catch((error) => error.message);
const hidden = await client.getMoved({ redirect: 'manual' }).catch((error) => error.message);
const rows = [];
for await (const { json } of (await client.watch()).body) {
  rows.push(json.row);
  if (json.row === 2) break;
}
globalThis.answers = {
  body: sent.body,
  contentType: sent.headers['content-type'],
  urls: [listed.url, moved.url],
  key: keyed.headers['x-railway-key'],
  refused,
  hidden,
  rows,
};
`;

describe.skipIf(!hasChromium)('the client in a browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser.close());

  it('sends and reads as in Node.js, and says what a browser does not let it do', async () => {
    const { output } = await build({
      input: 'page.js',
      write: false,
      platform: 'browser',
      output: { codeSplitting: false },
      plugins: [
        {
          name: 'page',
          resolveId: (id) => (id === 'page.js' ? id : undefined),
          load: (id) => (id === 'page.js' ? script() : undefined),
        },
      ],
    });
    code = output[0].code;
    const page = await browser.newPage();
    await page.goto(`${railway.baseUrl}/page`);
    await page.waitForFunction('typeof answers === "object"');
    const answers = (await page.evaluate('answers')) as Record<string, string>;
    expect(answers).toMatchObject({
      contentType: expect.stringMatching(/^multipart\/form-data; boundary=part-/),
      urls: ['/v2/query/lists?commas=1,2', '/v2/secured/open'],
      key: 'key-1',
      refused: expect.stringMatching(/^GET \/cookies takes cookies, .*document\.cookie/),
      hidden: expect.stringMatching(/a redirect, which a browser hides from fetch/),
      rows: [1, 2],
    });
    expect(answers.body).toContain(
      'name="photos"; filename="a.png"\r\nContent-Type: image/png\r\n\r\nabc\r\n',
    );
    expect(answers.body).toContain('name="seat"\r\nContent-Type: application/json\r\n\r\n{"row":7}\r\n');
  });
});
