import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Mock, startMock } from '../../scripts/mock/index.ts';
import { exchangeBytes } from './exchange-bytes.ts';

/** What HTTP allows and few clients send, and what it does not allow. */

let mock: Mock;

beforeAll(async () => {
  mock = await startMock({ specFile: 'tests/mock/fixtures/bookshop.yaml', requestTimeoutMs: 1000 });
});
afterAll(() => mock.close());
afterEach(async () => {
  expect((await fetch(`${mock.url}/books`)).status).toBe(200);
});

const book = '{"title":"Emma"}';
const own = 'Shop-Key: a\r\nShelf: top\r\nContent-Type: application/json\r\n';

const get = (head: string, line = 'GET /books HTTP/1.1'): string => `${line}\r\n${head}\r\n`;
const post = (head: string, body: string): string =>
  `POST /books HTTP/1.1\r\nHost: shop\r\n${own}${head}\r\n${body}`;
const closed = 'Host: shop\r\nConnection: close\r\n';
const sized = (body: string): string => post(`Connection: close\r\nContent-Length: ${body.length}\r\n`, body);

test.each([
  [
    'waits to be told to go on',
    post(`Connection: close\r\nExpect: 100-continue\r\nContent-Length: 16\r\n`, book),
    /^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 201 /,
  ],
  ['expects what nobody knows', get(`${closed}Expect: miracles\r\n`), /^HTTP\/1\.1 417 /],
  [
    'asks for another protocol',
    get('Host: shop\r\nConnection: Upgrade, close\r\nUpgrade: websocket\r\n'),
    /^HTTP\/1\.1 200 /,
  ],
  [
    'is TRACE',
    get(closed, 'TRACE /books HTTP/1.1'),
    /^HTTP\/1\.1 405 [\s\S]*\r\nallow: GET, POST, HEAD, OPTIONS\r\n/i,
  ],
  ['is CONNECT', get(closed, 'CONNECT shop:443 HTTP/1.1'), /^$/],
  ['is of HTTP/1.0', get('', 'GET /books HTTP/1.0'), /^HTTP\/1\.1 200 [\s\S]*\r\nconnection: close\r\n/i],
  ['is of HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', /^HTTP\/1\.1 400 /],
  ['is of TLS', '\x16\x03\x01\x02\x00\x01\x00', /^HTTP\/1\.1 400 /],
  ['has no host', get('Connection: close\r\n'), /^HTTP\/1\.1 400 /],
  ['has a body that the spec has not', `${get(`${closed}Content-Length: 1\r\n`)}{`, /^HTTP\/1\.1 415 /],
  [
    'comes in chunks, with trailers',
    post(
      'Connection: close\r\nTransfer-Encoding: chunked\r\nTrailer: a\r\n',
      `10;x=y\r\n${book}\r\n0\r\nA: b\r\n\r\n`,
    ),
    /^HTTP\/1\.1 201 /,
  ],
  [
    'has chunks and a length',
    post('Transfer-Encoding: chunked\r\nContent-Length: 16\r\n', `10\r\n${book}\r\n0\r\n\r\n`),
    /^HTTP\/1\.1 400 /,
  ],
  ['has two lengths', post('Content-Length: 16\r\nContent-Length: 17\r\n', book), /^HTTP\/1\.1 400 /],
  ['has a length below zero', post('Content-Length: -1\r\n', book), /^HTTP\/1\.1 400 /],
  ['has a NUL in a header', get(`${closed}A: b\0c\r\n`), /^HTTP\/1\.1 400 /],
  ['has a NUL in its target', get(closed, 'GET /books\0 HTTP/1.1'), /^HTTP\/1\.1 400 /],
  ['has a header of 20 kB', get(`${closed}A: ${'b'.repeat(20_000)}\r\n`), /^HTTP\/1\.1 431 /],
  ['names a prototype in its header', get(`${closed}__proto__: a\r\nconstructor: b\r\n`), /^HTTP\/1\.1 200 /],
])('a request that %s gets an answer, or none', async (_, bytes, expected) => {
  expect(await exchangeBytes(mock.url, { bytes })).toMatch(expected);
});

test('requests that come one behind the other get their answers in their order', async () => {
  const bytes =
    `${get('Host: shop\r\n')}${get('Host: shop\r\n', 'GET /nowhere HTTP/1.1')}`.repeat(25) + get(closed);
  const received = await exchangeBytes(mock.url, { bytes });
  expect([...received.matchAll(/HTTP\/1\.1 (\d+) /g)].map(([, status]) => status)).toEqual([
    ...Array.from({ length: 25 }, () => ['200', '404']).flat(),
    '200',
  ]);
});

describe('JSON', () => {
  test.each([
    ['with a number beyond all', '{"title":"Emma","pages":1e400}'],
    ['with half a surrogate', String.raw`{"title":"\ud800","\udfff":1}`],
    ['with a NUL', String.raw`{"title":"\u0000"}`],
    [
      'that names a prototype',
      '{"title":"Emma","__proto__":{"sold":true},"constructor":{"prototype":{"sold":true}}}',
    ],
    ['nested a hundred thousand deep', `{"title":${'['.repeat(100_000)}${']'.repeat(100_000)}}`],
  ])('%s gets an answer', async (_, body) => {
    expect(await exchangeBytes(mock.url, { bytes: sized(body) })).toMatch(/^HTTP\/1\.1 (201|4\d\d) /);
    expect('sold' in {}).toBe(false);
  });
});
