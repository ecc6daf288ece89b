import { once } from 'node:events';
import { request as requestHttp } from 'node:http';
import { createServer } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startProxy } from '../../../scripts/mock/index.ts';
import { exchangeBytes } from '../exchange-bytes.ts';
import { answerJson, openProxy } from './open-proxy.ts';

const bearerToken = { access_token: 'a', token_type: 'bearer', expires_in: 86400, refresh_token: 'r' };

describe('what reaches the real server', () => {
  test('is the request as it came: method, path, query and the bytes of its body', async () => {
    const { proxy, received } = await openProxy(answerJson(bearerToken));
    const body = 'grant_type=password&username=%61da@x.dev&&password=a+b%2';
    const target = '/api//token/../%7Euser?b=2&a=%20+&a=&c#';
    await exchangeBytes(proxy.url, {
      bytes:
        `PATCH ${target} HTTP/1.1\r\nHost: proxy\r\nX-Odd: one\r\nX-ODD: two\r\nAccept-Encoding: br\r\n` +
        `Content-Type: Application/X-WWW-form-urlencoded\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`,
    });
    expect(received).toMatchObject([{ method: 'PATCH', target }]);
    expect(received[0]?.body.toString()).toBe(body);
    const { host } = new URL(proxy.target);
    expect(received[0]?.rawHeaders).toEqual([
      ...['Host', host, 'X-Odd', 'one', 'X-ODD', 'two', 'Accept-Encoding', 'br'],
      ...['Content-Type', 'Application/X-WWW-form-urlencoded', 'Content-Length', String(body.length)],
      ...['Connection', 'close'],
    ]);
  });

  test.each([
    ['bytes that are no text', Buffer.from([0, 255, 254, 128, 10])],
    ['JSON with spaces and a repeated name', Buffer.from('{ "a": 1.0, "a" : 2 }\n')],
  ])('is a body of %s, byte for byte', async (_title, body) => {
    const { proxy, received } = await openProxy(answerJson({}));
    await fetch(`${proxy.url}/api/token`, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json' },
    });
    expect(received[0]?.body).toEqual(body);
  });

  test('is a GET with a body, too', async () => {
    const { proxy, received } = await openProxy(answerJson({ jwt: 'a' }));
    const bytes =
      'GET /api/auth/media/customer HTTP/1.1\r\nHost: proxy\r\nContent-Length: 2\r\nConnection: close\r\n\r\nhi';
    expect(await exchangeBytes(proxy.url, { bytes })).toContain('200 OK');
    expect(received[0]?.body.toString()).toBe('hi');
  });

  test('is a chunked body with its length', async () => {
    const { proxy, received } = await openProxy(answerJson({}));
    const chunks = '1\r\na\r\n2\r\nbc\r\n0\r\n\r\n';
    const head = 'POST /x HTTP/1.1\r\nHost: proxy\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n';
    await exchangeBytes(proxy.url, { bytes: head + chunks });
    expect(received[0]?.headers).toMatchObject({ 'content-length': '3' });
    expect(received[0]?.headers).not.toHaveProperty('transfer-encoding');
  });

  test('is nothing that is of the connection alone', async () => {
    const { proxy, received } = await openProxy(answerJson({}));
    const headers =
      'Connection: close, X-Hop\r\nX-Hop: 1\r\nKeep-Alive: 5\r\nTE: trailers\r\nProxy-Authorization: Basic YTpi';
    await exchangeBytes(proxy.url, {
      bytes: `GET /x HTTP/1.1\r\nHost: proxy\r\nX-Stays: 1\r\n${headers}\r\n\r\n`,
    });
    expect(Object.keys(received[0]?.headers ?? {}).sort()).toEqual(['connection', 'host', 'x-stays']);
  });

  test('is under the path of the target', async () => {
    const { proxy, received } = await openProxy(answerJson({ jwt: 'a' }), { basePath: '/base/' });
    await fetch(`${proxy.url}/api/auth/media/customer?x=1`);
    expect(received).toMatchObject([{ target: '/base/api/auth/media/customer?x=1' }]);
  });

  test.each(['/nowhere', '//elsewhere.example/x', '/\\elsewhere.example', '/%'])(
    'is a path that the spec does not have, and on no other host: %s',
    async (target) => {
      const { proxy, received } = await openProxy((response) => response.writeHead(204).end());
      const answer = await exchangeBytes(proxy.url, {
        bytes: `GET ${target} HTTP/1.1\r\nHost: elsewhere.example\r\nConnection: close\r\n\r\n`,
      });
      expect(answer).toContain('204 No Content');
      expect(received).toMatchObject([{ target, headers: { host: new URL(proxy.target).host } }]);
    },
  );

  test('is nothing for another server', async () => {
    const { proxy, received } = await openProxy(answerJson({}));
    const bytes =
      'GET http://elsewhere.example/ HTTP/1.1\r\nHost: elsewhere.example\r\nConnection: close\r\n\r\n';
    expect(await exchangeBytes(proxy.url, { bytes })).toMatch(
      /^HTTP\/1\.1 400 .*This proxy forwards to http:/s,
    );
    expect(received).toEqual([]);
  });
});

describe('what reaches the client', () => {
  test('is the answer as it came: status, phrase, headers and bytes', async () => {
    // Raw, since node:http would put headers in order.
    const head =
      'HTTP/1.1 299 Quite so\r\nX-B: 1\r\nSet-Cookie: a=1\r\nx-b: 2\r\nSet-Cookie: b=2\r\nX-Latin: caf\xe9\r\n';
    const upstream = createServer((socket) => {
      socket.on('error', () => {});
      socket.once('data', () => socket.end(`${head}Content-Length: 4\r\n\r\n\x00\xff\xfe\n`, 'latin1'));
    });
    await once(upstream.listen(0, '127.0.0.1'), 'listening');
    onTestFinished(() => void upstream.close());
    const { port } = upstream.address() as { port: number };
    await using proxy = await startProxy({ target: `http://127.0.0.1:${port}` });
    const [answer] = (await once(requestHttp(`${proxy.url}/login?t=a`).end(), 'response')) as [
      import('node:http').IncomingMessage,
    ];
    expect([answer.statusCode, answer.statusMessage]).toEqual([299, 'Quite so']);
    const end = answer.rawHeaders.indexOf('sl-violations');
    expect(answer.rawHeaders.slice(0, end)).toEqual([
      ...['X-B', '1', 'Set-Cookie', 'a=1', 'x-b', '2', 'Set-Cookie', 'b=2', 'X-Latin', 'caf\xe9'],
      ...['Content-Length', '4'],
    ]);
    expect(answer.headers).not.toHaveProperty('date');
    expect(await buffer(answer)).toEqual(Buffer.from([0, 255, 254, 10]));
  });

  test('is a redirect, which is not followed', async () => {
    const location = 'https://elsewhere.example/?t=a';
    const { proxy, received } = await openProxy((response) => response.writeHead(302, { location }).end());
    const answer = await fetch(`${proxy.url}/login?t=a`, { redirect: 'manual' });
    expect([answer.status, answer.headers.get('location')]).toEqual([302, location]);
    expect(received).toHaveLength(1);
  });

  test('is a compressed body as the server compressed it, and nothing that it did not ask for', async () => {
    const zipped = gzipSync('{"jwt":"a"}', { level: 1 });
    const headers = {
      'content-type': 'application/json',
      'content-encoding': 'gzip',
      'content-length': zipped.length,
    };
    const { proxy, received } = await openProxy((response) => response.writeHead(200, headers).end(zipped));
    const outgoing = requestHttp(`${proxy.url}/api/auth/media/customer`, {
      headers: { authorization: 'Bearer a' },
    });
    const [answer] = (await once(outgoing.end(), 'response')) as [import('node:http').IncomingMessage];
    expect(await buffer(answer)).toEqual(zipped);
    expect(answer.headers).not.toHaveProperty('sl-violations');
    expect(received[0]?.headers).not.toHaveProperty('accept-encoding');
  });

  test('is the head alone of a HEAD, with its length', async () => {
    const { proxy } = await openProxy((response) => response.writeHead(200, { 'content-length': 7 }).end());
    const answer = await fetch(`${proxy.url}/api/auth/media/customer`, { method: 'HEAD' });
    expect([answer.headers.get('content-length'), await answer.text()]).toEqual(['7', '']);
  });

  test('is a 501, in place of which Prism would answer itself', async () => {
    const { proxy } = await openProxy(answerJson({ odd: true }, 501));
    const answer = await fetch(`${proxy.url}/api/auth/media/customer`);
    expect([answer.status, await answer.json()]).toEqual([501, { odd: true }]);
  });
});
