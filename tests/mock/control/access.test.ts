import { describe, expect, it, onTestFinished } from 'vitest';
import { command } from '../../../scripts/mock/command.ts';
import { type Mock, type MockSettings, startMock, startProxy } from '../../../scripts/mock/index.ts';
import { exchangeBytes } from '../exchange-bytes.ts';

interface Sent {
  method?: string;
  path?: string;
  /** `<HOST>` stands for the host and the port of the mock. */
  headers?: Record<string, string>;
  body?: string;
}

/** Sends what fetch refuses to: any Host and any header of a browser. */
async function send(url: string, { method = 'GET', path = 'journal', headers = {}, body = '' }: Sent) {
  const { host } = new URL(url);
  const lines = Object.entries({ host: '<HOST>', 'content-length': String(body.length), ...headers }).map(
    ([name, value]) => `${name}: ${value.replace('<HOST>', host)}\r\n`,
  );
  const bytes = `${method} /__mock__/${path} HTTP/1.1\r\n${lines.join('')}connection: close\r\n\r\n${body}`;
  const answer = await exchangeBytes(url, { bytes });
  return { status: Number(answer.slice(9, 12)), text: answer };
}

async function start(settings: MockSettings = {}): Promise<Mock> {
  const mock = await startMock(settings);
  onTestFinished(() => mock.close());
  return mock;
}

const foreign: [string, Record<string, string>][] = [
  ['of another origin', { origin: 'https://evil.example' }],
  ['of another port', { origin: 'http://127.0.0.1:1' }],
  ['without an origin of its own', { origin: 'null' }],
  ['whose browser names the site only', { 'sec-fetch-site': 'cross-site' }],
  ['of another port, by its site', { 'sec-fetch-site': 'same-site' }],
  ['that frames it', { 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': 'iframe' }],
];

describe('a page', () => {
  it.each(foreign)('%s is refused, and reads nothing', async (_, headers) => {
    const mock = await start();
    const { status, text } = await send(mock.url, { headers });
    expect([status, text]).toEqual([403, expect.stringContaining('cannot watch or steer the mock. Use the')]);
    expect(text).not.toMatch(/access-control/i);
  });

  it.each(foreign)('%s steers nothing', async (_, headers) => {
    const mock = await start();
    const body = '{"operationId":"getMediaToken","status":401}';
    const plain = { ...headers, 'content-type': 'text/plain' };
    expect((await send(mock.url, { method: 'POST', path: 'forced', headers: plain, body })).status).toBe(403);
    expect((await send(mock.url, { method: 'DELETE', headers })).status).toBe(403);
    expect((await send(mock.url, { path: 'forced' })).text).toContain('{"forced":[]}');
  });

  it('gets no answer to its preflight', async () => {
    const mock = await start();
    const headers = { origin: 'https://evil.example', 'access-control-request-method': 'DELETE' };
    const { status, text } = await send(mock.url, { method: 'OPTIONS', headers });
    expect(status).toBe(403);
    expect(text).not.toMatch(/access-control/i);
  });

  it('of the mock itself is taken, and a link to it, too', async () => {
    const mock = await start();
    const own = { origin: 'http://<HOST>', 'sec-fetch-site': 'same-origin' };
    expect((await send(mock.url, { method: 'DELETE', headers: own })).status).toBe(204);
    expect((await send(mock.url, { headers: { 'sec-fetch-site': 'none' } })).status).toBe(200);
    const link = {
      'sec-fetch-site': 'cross-site',
      'sec-fetch-mode': 'navigate',
      'sec-fetch-dest': 'document',
    };
    expect((await send(mock.url, { path: '', headers: link })).status).toBe(200);
    expect((await send(mock.url, { method: 'POST', path: 'reset', headers: link })).status).toBe(403);
  });

  it('can frame nothing', async () => {
    const mock = await start();
    const { headers } = await fetch(`${mock.url}/__mock__/`);
    expect([headers.get('x-frame-options'), headers.get('content-security-policy')]).toEqual([
      'DENY',
      expect.stringMatching(/script-src 'self'.*frame-ancestors 'none'/),
    ]);
  });

  it('of any origin may still call the API', async () => {
    const mock = await start();
    const headers = { origin: 'https://portal.your-space.com', authorization: 'Bearer x' };
    const answer = await fetch(`${mock.url}/api/auth/media/customer`, { headers });
    expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([200, headers.origin]);
  });
});

describe('a host', () => {
  const known = [
    'localhost',
    'LOCALHOST:1',
    '127.0.0.1:80',
    '127.1.2.3',
    '[::1]:4010',
    '10.0.0.5:4010',
    '[fe80::1]',
  ];
  const unknown = [
    'attacker.example',
    'attacker.example:4010',
    'localhost.attacker.example',
    '127.0.0.1.nip.io',
    'mock',
  ];

  it.each(known)('%s leads nowhere else, and is taken', async (host) => {
    const mock = await start();
    expect((await send(mock.url, { headers: { host } })).status).toBe(200);
  });

  it.each(unknown)('%s could lead anywhere, and is refused', async (host) => {
    const mock = await start();
    const { status, text } = await send(mock.url, { headers: { host } });
    expect([status, text]).toEqual([403, expect.stringContaining('--allow-host')]);
    const sameOrigin = { host, origin: `http://${host}` };
    expect((await send(mock.url, { method: 'DELETE', headers: sameOrigin })).status).toBe(403);
  });

  it('is taken where it is the one to listen on, or allowed', async () => {
    const mock = await start({ host: '0.0.0.0', allowedHosts: ['Mock', 'mock.shop.svc'] });
    for (const host of ['mock:4010', 'mock.shop.svc', '127.0.0.1']) {
      expect((await send(mock.url, { headers: { host } })).status).toBe(200);
    }
    expect((await send(mock.url, { headers: { host: 'other.svc' } })).status).toBe(403);
  });

  it('is no matter for the API', async () => {
    const mock = await start();
    const bytes = 'GET /login?t=a HTTP/1.1\r\nhost: shop.example\r\nconnection: close\r\n\r\n';
    expect(await exchangeBytes(mock.url, { bytes })).toMatch('HTTP/1.1 302 ');
  });

  it('is allowed by its name alone', async () => {
    const context = { stdout: () => {}, stderr: () => {}, env: {} };
    await expect(command.run(['--allow-host', 'http://mock:4010'], context)).rejects.toThrow(
      '--allow-host is "http://mock:4010", expected a name without scheme and port',
    );
  });
});

describe('the journal of a proxy', () => {
  it('is refused to other origins and unknown hosts', async () => {
    await using proxy = await startProxy({ target: 'http://127.0.0.1:1', allowedHosts: ['proxy'] });
    const refused = [{ origin: 'https://evil.example' }, { host: 'attacker.example' }];
    for (const headers of refused) {
      expect((await send(proxy.url, { headers })).status).toBe(403);
    }
    expect((await send(proxy.url, { headers: { host: 'proxy' } })).status).toBe(200);
  });
});
