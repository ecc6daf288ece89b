import { createServer } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { parseBody } from '../../scripts/http/media-types.ts';
import { type Mock, startMock } from '../../scripts/mock/index.ts';
import { exchangeBytes } from './exchange-bytes.ts';

/** What makes Prism throw, hang or die where nothing stands in front of it. */

const signIn = 'grant_type=password&username=ada%40lovelace.dev&password=correct-horse';
const formType = 'application/x-www-form-urlencoded';

let mock: Mock;

beforeAll(async () => {
  mock = await startMock({ requestTimeoutMs: 300 });
});
afterAll(() => mock.close());

function signInWith(body: RequestInit['body'], headers: Record<string, string> = {}): Promise<Response> {
  const sent = { 'content-type': formType, ...headers };
  return fetch(`${mock.url}/api/token`, { method: 'POST', body: body ?? null, headers: sent });
}

afterEach(async () => {
  expect((await signInWith(signIn)).status).toBe(200);
});

describe('a percent sequence that is malformed', () => {
  test.each([
    ['in a key', `%zz=1&${signIn}`],
    ['in a value', `${signIn}&note=100%`],
    ['as bytes that are no UTF-8', `%ff=1&${signIn}`],
  ])('%s of a form stands for itself', async (_, body) => {
    expect((await signInWith(body)).status).toBe(200);
  });

  test('in a form is validated like any other text', async () => {
    expect((await signInWith('%zz=1')).status).toBe(400);
    const response = await signInWith(signIn.replace('ada%40', 'ada+lovelace%'));
    expect(response.headers.get('sl-violations')).toContain('username must match format');
    expect((await signInWith(`${signIn}&totp=12345%`)).status).toBe(400);
  });

  test('in a key keeps its question mark and its spaces', () => {
    expect(parseBody(Buffer.from('?a+b%=c+d%&e=f+g'), formType)).toBe('%3Fa%20b%25=c%20d%25&e=f+g');
  });

  test.each(['/api/public/billing/invoices/%zz/pdf?t=a', '/%ff'])('in the path %s gets 400', async (path) => {
    const response = await fetch(mock.url + path);
    expect([response.status, (await response.json()).detail]).toEqual([
      400,
      expect.stringContaining('percent'),
    ]);
  });
});

describe('a garbage header', () => {
  test.each(['garbage', '*', ';;;', 'text/html;q', 'a/b;c="\t"'])(
    'Accept: %s is disregarded',
    async (accept) => {
      expect((await signInWith(signIn, { accept })).status).toBe(200);
    },
  );

  test('Accept keeps what is well-formed in it', async () => {
    expect((await signInWith(signIn, { accept: 'garbage, text/html' })).status).toBe(406);
    expect((await signInWith(signIn, { accept: '*, application/json;q=0.5' })).status).toBe(200);
  });

  test('Content-Type stands for an unknown one', async () => {
    const response = await signInWith(signIn, { 'content-type': 'garbage' });
    expect(response.status).toBe(400);
    expect(response.headers.get('sl-violations')).toContain(`Supported content types: ${formType}`);
  });

  test('Content-Type without a body is disregarded', async () => {
    const headers = { 'content-type': 'garbage', authorization: 'Bearer access-token-1' };
    expect((await fetch(`${mock.url}/api/auth/media/customer`, { headers })).status).toBe(200);
  });
});

describe('a body', () => {
  test.each(['application/json', 'application/problem+json; charset=utf-8'])(
    'of %s that does not parse gets 400, and is not quoted',
    async (mediaType) => {
      const response = await signInWith('{"password": correct-horse', { 'content-type': mediaType });
      const text = await response.text();
      expect([response.status, JSON.parse(text).detail]).toEqual([
        400,
        expect.stringContaining('parse as JSON'),
      ]);
      expect(text).not.toContain('correct-horse');
    },
  );

  test('of deeply nested JSON gets an answer', async () => {
    const nested = '['.repeat(100_000) + ']'.repeat(100_000);
    expect((await signInWith(nested, { 'content-type': 'application/json' })).status).toBe(400);
  });

  test('over 10 MiB gets 413, and one below is taken', async () => {
    // With all the time that a busy machine needs for it.
    await using patient = await startMock();
    const send = (body: string) =>
      fetch(`${patient.url}/api/token`, { method: 'POST', headers: { 'content-type': formType }, body });
    const response = await send('a'.repeat(10 * 1024 * 1024 + 1));
    expect([response.status, (await response.json()).status]).toEqual([413, 413]);
    const padding = 'a'.repeat(10 * 1024 * 1024 - signIn.length - 3);
    expect((await send(`${signIn}&p=${padding}`)).status).toBe(200);
  });

  test.each(['%&', 'a&', 'a=1&'])('of 10 MiB of the fields %s gets 413 at once', async (field) => {
    await using patient = await startMock();
    const response = await fetch(`${patient.url}/api/token`, {
      method: 'POST',
      headers: { 'content-type': formType },
      body: field.repeat((10 * 1024 * 1024) / 4),
      signal: AbortSignal.timeout(5000),
    });
    expect([response.status, (await response.json()).detail]).toEqual([
      413,
      'The form has more than 10000 fields, which the mock does not validate. Send fewer.',
    ]);
  });

  test('of 10,000 fields is taken', async () => {
    expect((await signInWith(signIn + '&a'.repeat(9997))).status).toBe(200);
    expect((await signInWith(signIn + '&a'.repeat(9998))).status).toBe(413);
  });

  const head = `POST /api/token HTTP/1.1\r\nHost: mock\r\nContent-Type: ${formType}\r\nConnection: close\r\n`;

  test('shorter than its length gets 408 in time', async () => {
    const received = await exchangeBytes(mock.url, {
      bytes: `${head}Content-Length: 100\r\n\r\ngrant_type=p`,
    });
    expect(received).toMatch(/^HTTP\/1.1 408 /);
  });

  test('shorter than its length gets 400 once the client stops sending', async () => {
    const bytes = `${head}Content-Length: 100\r\n\r\ngrant_type=p`;
    expect(await exchangeBytes(mock.url, { bytes, thenEnd: true })).toMatch(/^HTTP\/1.1 400 /);
  });

  test('as long as its length is answered on the same raw connection', async () => {
    const bytes = `${head}Content-Length: ${signIn.length}\r\n\r\n${signIn}`;
    expect(await exchangeBytes(mock.url, { bytes })).toMatch(/^HTTP\/1.1 200 /);
  });
});

describe('a request target', () => {
  test.each([
    ['//', 404],
    ['//user@/login?t=a', 404],
    ['/login?t=a', 302],
    ['/x/../login?t=a', 302],
    ['http://elsewhere.example/login?t=a', 302],
    ['*', 400],
    ['file:///login?t=a', 400],
    ['http://[', 400],
  ])('of %s gets %i', async (target, status) => {
    const bytes = `GET ${target} HTTP/1.1\r\nHost: mock\r\nConnection: close\r\n\r\n`;
    expect(await exchangeBytes(mock.url, { bytes })).toMatch(`HTTP/1.1 ${status} `);
  });
});

describe('a spec', () => {
  let bookshop: Mock;

  beforeAll(async () => {
    bookshop = await startMock({ specFile: 'tests/mock/fixtures/bookshop.yaml' });
  });
  afterAll(() => bookshop.close());

  test('with a Location that has no example gets one made up', async () => {
    const response = await fetch(`${bookshop.url}/bestseller`, { redirect: 'manual' });
    expect([response.status, response.headers.get('location')]).toEqual([302, expect.stringMatching(/./)]);
    expect(response.headers.has('in-stock')).toBe(false);
  });

  test.each([
    ['/broken-header', 'ERR_INVALID_CHAR'],
    ['/early', 'status 103'],
  ])('with a response at %s that HTTP cannot carry gets 500', async (path, found) => {
    const response = await fetch(bookshop.url + path);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect([response.status, (await response.json()).detail]).toEqual([500, expect.stringContaining(found)]);
  });

  test('with headers that frame a message has them decided by the message', async () => {
    const response = await fetch(`${bookshop.url}/framed`);
    expect([response.status, await response.json()]).toEqual([200, { title: 'Emma' }]);
    expect(Object.fromEntries(response.headers)).toEqual({
      'access-control-allow-origin': '*',
      connection: 'keep-alive',
      'content-length': '16',
      'content-type': 'application/json',
      date: expect.any(String),
      'keep-alive': expect.any(String),
      shelf: 'top',
    });
    expect(bookshop.journal().at(-1)).toMatchObject({ operationId: 'answerFramed', violations: [] });
  });

  test.each([200, 201, 202])('that wants too many values made up for %i is refused', async (code) => {
    const headers = { prefer: `code=${code}, dynamic=true` };
    const response = await fetch(`${bookshop.url}/huge`, { headers, signal: AbortSignal.timeout(5000) });
    expect([response.status, (await response.json()).detail]).toEqual([
      422,
      expect.stringMatching(
        /^Cannot make up an answer: its schema asks for up to \d+ values, and the mock makes up 50000 at most\. Lower maxItems/,
      ),
    ]);
  });

  test('that wants many values made up gets them', async () => {
    const headers = { prefer: 'code=203, dynamic=true' };
    expect(await (await fetch(`${bookshop.url}/huge`, { headers })).json()).toHaveLength(100);
  });

  test('with an object as XML gets it as XML, and as JSON the object', async () => {
    const asXml = await fetch(`${bookshop.url}/books`, { headers: { accept: 'application/xml' } });
    expect([asXml.status, await asXml.text()]).toEqual([
      200,
      '<?xml version="1.0" encoding="UTF-8"?>\n<root><item><title>Emma</title></item></root>',
    ]);
    expect(await (await fetch(`${bookshop.url}/books`)).json()).toHaveLength(2);
  });

  test('with a number as text gets its digits', async () => {
    expect(await (await fetch(`${bookshop.url}/books/1`)).text()).toBe('42');
  });

  test('with callbacks has none of them called', async () => {
    let calls = 0;
    const receiver = createServer((_, response) => {
      calls += 1;
      response.end();
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => receiver.once('listening', resolve));
    const address = receiver.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    const response = await fetch(`${bookshop.url}/orders`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ callbackUrl: `http://127.0.0.1:${port}/` }),
    });
    expect([response.status, await response.text()]).toEqual([202, '']);
    await new Promise((resolve) => setTimeout(resolve, 200));
    receiver.close();
    expect(calls).toBe(0);
  });

  const addBook = (book: object, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(`${bookshop.url}/books`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'shop-key': 'key-1', shelf: 'top', ...headers },
      body: JSON.stringify(book),
    });

  test('lets a preference pick from a range and from the default', async () => {
    const refused = await addBook({ title: 'Emma' }, { prefer: 'code=418' });
    expect([refused.status, await refused.json()]).toEqual([418, { reason: 'sold out' }]);
    const odd = await addBook({ title: 'Emma' }, { prefer: 'code=503, example=odd' });
    expect([odd.status, await odd.json()]).toEqual([503, { reason: 'odd' }]);
    expect((await addBook({ title: 'Emma' }, { prefer: 'code=418, example=odd' })).status).toBe(404);
  });

  test('has violations of any script put into a header', async () => {
    const response = await addBook({ title: 'Emma', книга: '📕' });
    const [violation] = JSON.parse(response.headers.get('sl-violations') ?? '');
    expect(violation.message).toContain('книга');
  });

  test('has violations left out where they are too many', async () => {
    const names = Array.from({ length: 500 }, (_, index) => [`unknown${index}`, 1]);
    const header = (await addBook(Object.fromEntries(names))).headers.get('sl-violations') ?? '';
    expect(header.length).toBeLessThan(8 * 1024);
    const violations = JSON.parse(header);
    expect(violations.at(-1).message).toBe(`${501 - (violations.length - 1)} more violations are left out.`);
  });

  test('has all violations in its journal, where they take 64 KiB at most', async () => {
    const add = async (count: number) => {
      const names = Array.from({ length: count }, (_, index) => [`unknown${index}`, 1]);
      await addBook(Object.fromEntries([['title', 'Emma'], ...names]));
      return bookshop.journal().at(-1)?.violations ?? [];
    };
    const all = await add(200);
    expect(all.map(({ message }) => /unknown\d+/.exec(message)?.[0])).toEqual(
      Array.from({ length: 200 }, (_, index) => `unknown${index}`),
    );
    const cut = await add(5000);
    expect(JSON.stringify(cut).length).toBeLessThan(65 * 1024);
    expect(cut.at(-1)?.message).toBe(`${5000 - (cut.length - 1)} more violations are left out.`);
  });
});
