import { once } from 'node:events';
import { createServer } from 'node:net';
import { describe, expect, test } from 'vitest';
import { SetupError } from '../../../scripts/cli/command.ts';
import { maxBodyBytes } from '../../../scripts/http/message.ts';
import { startProxy } from '../../../scripts/mock/index.ts';
import { answerJson, openProxy } from './open-proxy.ts';
import { serveBytes } from './serve-bytes.ts';

async function ask(target: string, targetTimeoutMs?: number): Promise<{ status: number; detail: string }> {
  await using proxy = await startProxy({ target, ...(targetTimeoutMs ? { targetTimeoutMs } : {}) });
  const response = await fetch(`${proxy.url}/api/auth/media/customer?t=sekret`);
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  expect(proxy.journal()).toMatchObject([{ status: response.status, operationId: 'getMediaToken' }]);
  const text = await response.text();
  expect(text).not.toContain('sekret');
  return { status: response.status, detail: JSON.parse(text).detail };
}

describe('a real server that fails is told as', () => {
  test('502 where nobody listens', async () => {
    const closed = createServer();
    await once(closed.listen(0, '127.0.0.1'), 'listening');
    const { port } = closed.address() as { port: number };
    closed.close();
    expect(await ask(`http://127.0.0.1:${port}`)).toEqual({
      status: 502,
      detail: `http://127.0.0.1:${port} gives no answer: ECONNREFUSED. Is it up, and is that its URL?`,
    });
  });

  test.each([
    ['answers nothing', '', 'ECONNRESET'],
    ['speaks no HTTP', 'sekret: what is this?\r\n\r\n', 'HPE_INVALID'],
    ['breaks off in the middle', 'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf', 'ECONNRESET'],
  ])('502 where it %s', async (_title, bytes, code) => {
    const { status, detail } = await ask(
      await serveBytes(
        () => bytes,
        (socket) => socket.destroy(),
      ),
    );
    expect([status, detail]).toEqual([502, expect.stringContaining(code)]);
  });

  test.each([
    ['all the time', ''],
    ['in the middle of an answer', 'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf'],
  ])('504 where it is silent %s', async (_title, bytes) => {
    const url = await serveBytes(() => bytes);
    expect(await ask(url, 50)).toEqual({ status: 504, detail: `${url} was silent for 0.05 s.` });
  });
});

test('a client that hangs up ends the call to the real server', async () => {
  const { promise: closed, resolve } = Promise.withResolvers<void>();
  const { promise: asked, resolve: tellAsked } = Promise.withResolvers<void>();
  const { proxy } = await openProxy((response) => {
    response.once('close', resolve);
    tellAsked();
  });
  const client = new AbortController();
  const answer = fetch(`${proxy.url}/login?t=a`, { signal: client.signal });
  await asked;
  client.abort();
  await expect(answer).rejects.toThrow('aborted');
  await closed;
  // And the proxy goes on.
  expect((await fetch(`${proxy.url}/__mock__/health`)).status).toBe(200);
});

test('closing the proxy ends the calls to the real server', async () => {
  const { promise: closed, resolve } = Promise.withResolvers<void>();
  const { promise: asked, resolve: tellAsked } = Promise.withResolvers<void>();
  const { proxy } = await openProxy((response) => {
    response.once('close', resolve);
    tellAsked();
  });
  const answer = fetch(`${proxy.url}/login?t=a`);
  await asked;
  await proxy.close();
  await expect(answer).rejects.toThrow('fetch failed');
  await closed;
});

test('a request of more than ten MiB is refused, and not forwarded', async () => {
  const { proxy, received } = await openProxy(answerJson({}));
  const body = Buffer.alloc(maxBodyBytes + 1);
  expect((await fetch(`${proxy.url}/api/token`, { method: 'POST', body })).status).toBe(413);
  expect(received).toEqual([]);
  const largest = await fetch(`${proxy.url}/api/token`, { method: 'POST', body: body.subarray(1) });
  expect(largest.status).toBe(200);
  expect(received[0]?.body.length).toBe(maxBodyBytes);
});

test('an answer of more than ten MiB passes, with its body not validated', async () => {
  const large = Buffer.alloc(3 * maxBodyBytes, 'a');
  const headers = { 'content-type': 'application/json' };
  const { proxy } = await openProxy((response) => response.writeHead(200, headers).end(large));
  const response = await fetch(`${proxy.url}/api/auth/media/customer`, {
    headers: { authorization: 'Bearer a' },
  });
  expect(JSON.parse(response.headers.get('sl-violations') ?? '[]')).toMatchObject([
    { code: 'not-validated' },
  ]);
  expect(Buffer.from(await response.arrayBuffer()).equals(large)).toBe(true);
});

test('a large answer that breaks off does not look whole', async () => {
  const head = `HTTP/1.1 200 OK\r\nContent-Length: ${2 * maxBodyBytes}\r\n\r\n`;
  const bytes = head + 'a'.repeat(maxBodyBytes + 100_000);
  const target = await serveBytes(
    () => bytes,
    (socket) => socket.destroy(),
  );
  await using proxy = await startProxy({ target });
  const response = await fetch(`${proxy.url}/nowhere`);
  expect(response.status).toBe(200);
  await expect(response.arrayBuffer()).rejects.toThrow('terminated');
});

test('a stream of events passes event by event, however long it is silent', async () => {
  const { promise: second, resolve: sendSecond } = Promise.withResolvers<void>();
  const { proxy } = await openProxy(
    (response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders();
      void second.then(() => response.end('data: 2\n\n'));
    },
    { targetTimeoutMs: 50 },
  );
  const response = await fetch(`${proxy.url}/events`);
  await new Promise((resolve) => setTimeout(resolve, 150));
  sendSecond();
  expect(await response.text()).toBe('data: 2\n\n');
});

describe('a proxy does not start', () => {
  test.each([
    ['no URL', 'nowhere', 'is not a URL'],
    ['HTTP on another machine', 'http://a-space.example', 'expected https'],
    ['credentials', 'https://me:sekret@a-space.example', 'more than a host'],
    ['a query', 'https://a-space.example/?t=sekret', 'more than a host'],
  ])('with %s as its target', async (_title, target, message) => {
    const started = startProxy({ target });
    await expect(started).rejects.toThrow(SetupError);
    await expect(started).rejects.toThrow(message);
    await expect(started).rejects.not.toThrow('sekret');
  });

  test('with a spec that is broken', async () => {
    const settings = { target: 'https://a-space.example', specFile: 'tests/mock/fixtures/broken.yaml' };
    await expect(startProxy(settings)).rejects.toThrow(/broken\.yaml:9:11 error spec\.unreadable/);
  });
});
