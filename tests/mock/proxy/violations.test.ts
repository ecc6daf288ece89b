import { brotliCompressSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { writeSpec } from '../../openapi/write-spec.ts';
import { answerJson, openProxy, readViolations } from './open-proxy.ts';

const media = '/api/auth/media/customer';
const signedIn = { headers: { authorization: 'Bearer sekret-bearer' } };
const bearerToken = {
  access_token: 'sekret-a',
  token_type: 'bearer',
  expires_in: 86400,
  refresh_token: 'sekret-r',
};
const signIn = {
  method: 'POST',
  body: new URLSearchParams({ grant_type: 'password', username: 'ada@lovelace.dev', password: 'sekret-p' }),
};

test('what holds to the spec is told nobody', async () => {
  const { proxy, lines } = await openProxy((response, { target }) =>
    answerJson(target === media ? { jwt: 'sekret' } : bearerToken)(response),
  );
  for (const response of [
    await fetch(proxy.url + media, signedIn),
    await fetch(`${proxy.url}/api/token`, signIn),
  ]) {
    expect(response.status).toBe(200);
    expect(response.headers.has('sl-violations')).toBe(false);
  }
  expect(lines).toEqual([]);
});

test('a response without a list that its headers may have holds to the spec', async () => {
  const list = { type: 'array', items: { type: 'integer' } };
  const headers = { 'X-Sizes': { schema: list } };
  const get = { responses: { 204: { description: 'Nothing.', headers } } };
  const info = { title: 'Shop', version: '1' };
  const specFile = writeSpec({ openapi: '3.1.0', info, paths: { '/lamps': { get } } });
  const { proxy } = await openProxy(
    (response, { target }) => response.writeHead(204, target === '/lamps' ? {} : { 'x-sizes': '1,x' }).end(),
    { specFile },
  );
  expect(readViolations(await fetch(`${proxy.url}/lamps`))).toEqual([]);
  expect(readViolations(await fetch(`${proxy.url}/lamps?sizes`))).toEqual([
    'response.header.x-sizes.1: Response header parameter x-sizes.1 must be integer',
  ]);
});

test('an empty 401 holds to the spec', async () => {
  const { proxy, lines } = await openProxy((response) => response.writeHead(401).end());
  expect(readViolations(await fetch(proxy.url + media, signedIn))).toEqual([]);
  expect(lines).toEqual([]);
});

test("a browser's preflight is forwarded, and is no call", async () => {
  const { proxy, received, lines } = await openProxy((response) =>
    response.writeHead(204, { 'access-control-allow-origin': 'https://a.example' }).end(),
  );
  const preflight = { origin: 'https://a.example', 'access-control-request-method': 'POST' };
  const answer = await fetch(`${proxy.url}/api/token`, { method: 'OPTIONS', headers: preflight });
  expect(answer.headers.get('access-control-allow-origin')).toBe('https://a.example');
  expect([readViolations(answer), proxy.journal(), lines]).toEqual([[], [], []]);
  const call = await fetch(`${proxy.url}/api/token`, { method: 'OPTIONS' });
  expect(readViolations(call)).toEqual(['request: The spec has no OPTIONS of this path, but POST.']);
  expect(received).toHaveLength(2);
});

describe('violations of an answer are found in', () => {
  test.each([
    [
      'its body',
      200,
      'application/json',
      '{"jwt":5}',
      'response.body.jwt: Response body property jwt must be string',
    ],
    ['an empty body', 200, 'application/json', '', 'response.body: Response body must be object'],
    [
      'a body that does not parse',
      200,
      'application/json',
      '{"jwt":',
      'response.body: The body is sent as application/json, but it does not parse as JSON.',
    ],
    [
      'its media type',
      200,
      'text/plain',
      'sekret',
      'response: The received media type "text/plain" does not match the one specified in the current response: application/json',
    ],
    [
      'a media type that does not parse',
      200,
      'sekret',
      '{}',
      'response: Prism cannot validate this answer. Is its Content-Type well-formed?',
    ],
    [
      'its status',
      418,
      'text/plain',
      '',
      'response: Unable to match the returned status code with those defined in the document: 200,401',
    ],
  ])('%s', async (_title, status, type, body, violation) => {
    const { proxy, lines } = await openProxy((response) =>
      response.writeHead(status, { 'content-type': type }).end(body),
    );
    const response = await fetch(proxy.url + media, signedIn);
    expect(readViolations(response)).toContain(violation);
    expect([response.status, await response.text()]).toEqual([status, body]);
    expect(lines.join('\n')).toContain(`GET ${media} ${status} (getMediaToken): ${violation}`);
    expect(lines.join('\n')).not.toContain('sekret');
  });

  test('a compressed body', async () => {
    const headers = { 'content-type': 'application/json', 'content-encoding': 'br' };
    const { proxy } = await openProxy((response) =>
      response.writeHead(200, headers).end(brotliCompressSync('{"jwt":5}')),
    );
    expect(readViolations(await fetch(proxy.url + media, signedIn))).toEqual([
      'response.body.jwt: Response body property jwt must be string',
    ]);
  });

  test('its status alone where its encoding is not known', async () => {
    const headers = { 'content-type': 'application/json', 'content-encoding': 'zebra' };
    const { proxy } = await openProxy((response) => response.writeHead(200, headers).end('{"jwt":5}'));
    expect(readViolations(await fetch(proxy.url + media, signedIn))).toEqual([
      'response.body: The body is not validated: it is a stream, too long, or in an encoding that is not known.',
    ]);
  });

  test('a header that is missing', async () => {
    const { proxy } = await openProxy((response) => response.writeHead(302).end());
    const response = await fetch(`${proxy.url}/login?t=sekret`, { redirect: 'manual' });
    expect(readViolations(response)).toEqual([expect.stringMatching(/^response\.header.*location/i)]);
  });
});

describe('violations of a request, which is forwarded still, are found in', () => {
  test.each([
    ['credentials that are missing', media, {}, 'request: Invalid security scheme used'],
    [
      'its query',
      '/api/sys/users/exchange?token=sekret',
      { method: 'POST' },
      "request.query: Request query must have required property 'validforinminutes'",
    ],
    [
      'its path',
      '/api/public/billing/invoices/a/pdf?t=sekret',
      {},
      'request.path.invoiceid: Request path parameter invoiceid must be integer',
    ],
    ['a body that is missing', '/api/token', { method: 'POST' }, 'request: Body parameter is required'],
    [
      'its media type',
      '/api/token',
      { method: 'POST', body: '{"password":"sekret"}', headers: { 'content-type': 'application/json' } },
      'request: Supported content types: application/x-www-form-urlencoded',
    ],
    [
      'a body that does not parse',
      '/api/token',
      { method: 'POST', body: '{"password":"sekret', headers: { 'content-type': 'application/json' } },
      'request: The body is sent as application/json, but it does not parse as JSON.',
    ],
    ['a path that the spec does not have', '/nowhere?t=sekret', {}, 'request: The spec has no such path.'],
    [
      'a path that does not decode',
      '/%ff?t=sekret',
      {},
      'request: The path holds a percent sequence that does not decode as UTF-8.',
    ],
    [
      'a method that the path does not have',
      '/api/token',
      { method: 'DELETE' },
      'request: The spec has no DELETE of this path, but POST.',
    ],
    [
      'a method that nobody has',
      '/api/token',
      { method: 'PROPFIND' },
      'request: The spec has no PROPFIND of this path, but POST.',
    ],
  ])('%s', async (_title, target, init: RequestInit, violation) => {
    const { proxy, received, lines } = await openProxy((response) => response.writeHead(401).end());
    const response = await fetch(proxy.url + target, init);
    expect(readViolations(response)).toContain(violation);
    expect(response.status).toBe(401);
    expect(received).toMatchObject([{ target }]);
    expect(lines.join('\n')).toContain(violation);
    expect(lines.join('\n')).not.toContain('sekret');
  });
});

describe('a compressed request', () => {
  const post = (url: string, body: string, encode: (body: string) => Buffer, encoding: string) =>
    fetch(`${url}/api/token`, {
      method: 'POST',
      body: new Uint8Array(encode(body)),
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'content-encoding': encoding },
    });
  const form = signIn.body.toString();

  test.each([
    ['gzip', gzipSync],
    ['br', brotliCompressSync],
    ['gzip, br', (body: string) => brotliCompressSync(gzipSync(body))],
  ])('in %s is forwarded as it came, and judged by what it holds', async (encoding, encode) => {
    const { proxy, received, lines } = await openProxy(answerJson(bearerToken));
    expect(readViolations(await post(proxy.url, form, encode, encoding))).toEqual([]);
    expect(received[0]?.body).toEqual(encode(form));
    expect(proxy.journal()).toMatchObject([{ body: 'grant_type=password&username=***&password=***' }]);
    const [broken] = readViolations(await post(proxy.url, 'username=sekret-u', encode, encoding));
    expect(broken).toMatch(/^request\.body: .*grant_type/);
    expect(lines.join()).toContain('grant_type');
    expect(lines.join()).not.toContain('sekret');
  });

  test.each([
    ['is not known', 'zebra'],
    ['does not decode', 'gzip'],
  ])('whose encoding %s is forwarded, with its body not validated', async (_title, encoding) => {
    const { proxy, received } = await openProxy(answerJson(bearerToken));
    expect(readViolations(await post(proxy.url, form, Buffer.from, encoding))).toEqual([
      'request.body: The body is not validated: it is a stream, too long, or in an encoding that is not known.',
    ]);
    expect(received[0]?.body.toString()).toBe(form);
  });
});

test('JSON that is nested deeper than calls can be is forwarded, and its answer passed on', async () => {
  const depth = 20_000;
  const body = `${'['.repeat(depth)}{"password":"sekret"}${']'.repeat(depth)}`;
  const json = { 'content-type': 'application/json' };
  const { proxy, received, lines } = await openProxy((response) => response.writeHead(201, json).end(body));
  for (const path of ['/nowhere', '/api/token', '/api/auth/media/customer']) {
    const answer = await fetch(proxy.url + path, { method: 'POST', body, headers: json });
    expect([answer.status, (await answer.text()) === body]).toEqual([201, true]);
    expect(readViolations(answer)).not.toEqual([]);
  }
  const answer = await fetch(proxy.url + media, signedIn);
  expect([answer.status, (await answer.text()) === body]).toEqual([201, true]);
  expect(received).toHaveLength(4);
  expect(lines).toContain('error: POST /nowhere 201: request: The spec has no such path.');
  expect(JSON.stringify(proxy.journal()) + lines).not.toContain('sekret');
});

test('a line about a violation shows nothing of a request that is crowded with secrets', async () => {
  const { proxy, lines } = await openProxy(answerJson(bearerToken));
  const tokens = Array.from({ length: 100_000 }, (_, count) => `token=sekret-${count}`).join('&');
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${proxy.url}/api/sekret-1/x`, { method: 'POST', body: tokens, headers });
  expect(answer.status).toBe(200);
  expect(lines).toEqual([
    'error: POST 200: request: Not shown, since the request has more than 1000 secrets.',
  ]);
});

test('a line about a violation has no query, and no secret in its path', async () => {
  const { proxy, lines } = await openProxy((response) => response.writeHead(404).end());
  await fetch(`${proxy.url}/reset/9f86d081884c7d659a2feaa0c55ad015/sekret?t=sekret&page=2`);
  expect(lines).toEqual(['error: GET /reset/***/*** 404: request: The spec has no such path.']);
});

describe('a proxy has, as the mock has,', () => {
  test('a journal, without any secret', async () => {
    const { proxy } = await openProxy((response) => response.writeHead(500).end());
    await fetch(`${proxy.url}/api/token`, signIn);
    await fetch(`${proxy.url}/api/passwords?new_password=sekret&redirectUrl=%2Fx%3Ft%3Dsekret`, {
      method: 'PUT',
      body: '{"data":{"NewPassword":"sekret"}}',
      headers: { 'content-type': 'application/json', 'x-api-key': 'sekret', referer: '/login?t=sekret' },
    });
    const journal = await fetch(`${proxy.url}/__mock__/journal`);
    expect(await journal.json()).toEqual({ entries: proxy.journal(), lastId: 2 });
    expect(proxy.journal()).toMatchObject([
      { operationId: 'getBearerToken', status: 500, violations: [{ location: ['response'] }] },
      {
        method: 'PUT',
        path: '/api/passwords',
        status: 500,
        violations: [{ message: 'The spec has no such path.' }],
      },
    ]);
    expect(JSON.stringify(proxy.journal())).not.toMatch(/sekret|lovelace/);
    await fetch(`${proxy.url}/__mock__/journal`, { method: 'DELETE' });
    expect(proxy.journal()).toEqual([]);
  });

  test('its health, and nothing that steers a mock', async () => {
    const { proxy, received } = await openProxy(answerJson({}));
    const health = await fetch(`${proxy.url}/__mock__/health`);
    expect(await health.json()).toEqual({ status: 'ok' });
    for (const name of ['', 'forced', 'clock', 'toString']) {
      const response = await fetch(`${proxy.url}/__mock__/${name}`);
      expect(response.status).toBe(404);
      expect((await response.json()).detail).toBe('A proxy has no such page. It has health and journal.');
    }
    expect([received, proxy.journal()]).toEqual([[], []]);
  });
});

test('each violation is told, where the header has no room for all', async () => {
  const specFile = 'tests/mock/fixtures/bookshop.yaml';
  const { proxy, lines } = await openProxy(answerJson({ title: 'Emma' }, 201), { specFile });
  const names = Array.from({ length: 200 }, (_, index) => `unknown${index}`);
  const response = await fetch(`${proxy.url}/books`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'shop-key': 'key-1', shelf: 'top' },
    body: JSON.stringify({ title: 'Emma', ...Object.fromEntries(names.map((name) => [name, 1])) }),
  });
  expect(readViolations(response).at(-1)).toMatch(/more violations are left out/);
  expect(lines.map((line) => /unknown\d+/.exec(line)?.[0])).toEqual(names);
  expect(proxy.journal()[0]?.violations).toHaveLength(200);
});
