import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import {
  brokenSignIn,
  isSignedIn,
  isWhole,
  repeatSignIn,
  sendLoad,
  times,
  varySignIn,
} from '../../../scripts/dev/bench/load.ts';
import { command as mockBench } from '../../../scripts/dev/bench/mock.ts';
import { command as soakBench } from '../../../scripts/dev/bench/soak.ts';
import { startMock } from '../../../scripts/mock/index.ts';

async function serve(listener: RequestListener): Promise<AsyncDisposable & { url: string }> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  return { url: `http://127.0.0.1:${port}`, [Symbol.asyncDispose]: async () => void server.close() };
}

const load = (url: string, count: number, nextRequest = repeatSignIn()) =>
  sendLoad({ url, connections: 4, nextRequest, isGood: isSignedIn, isDue: times(count) });

describe('a load', () => {
  it('is sent as often as it is due, whole, and each answer is looked at', async () => {
    const bodies: string[] = [];
    await using server = await serve(async (request, response) => {
      bodies.push(await text(request));
      // In chunks, without a length.
      response.write('{"access_token"');
      response.end(':"a"}');
    });
    const { answers, durationMs } = await load(server.url, 50, varySignIn());
    expect([answers, new Set(bodies).size, durationMs > 0]).toEqual([50, 50, true]);
    expect(bodies[0]).toBe('grant_type=password&username=ada-1%40lovelace.dev&password=correct-horse-1');
  });

  it('fails with the first answer that is not good', async () => {
    let count = 0;
    await using server = await serve((request, response) => {
      request.resume();
      count += 1;
      response.end(count < 20 ? '{"access_token":"a"}' : '{}');
    });
    await expect(load(server.url, 50)).rejects.toThrow(/another answer than a good one: HTTP\/1\.1 200/);
  });

  it('fails when the server hangs up', async () => {
    await using server = await serve((request) => void request.socket.destroy());
    await expect(load(server.url, 50)).rejects.toThrow();
  });

  it('gets good answers of the mock, and a broken one gets none', async () => {
    await using mock = await startMock();
    expect(await load(mock.url, 20, varySignIn())).toMatchObject({ answers: 20 });
    await expect(load(mock.url, 1, () => brokenSignIn)).rejects.toThrow(/400/);
  });
});

describe('an answer', () => {
  it.each([
    ['HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nab', true],
    ['HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\na', false],
    ['HTTP/1.1 200 OK\r\nContent-Length: 2\r\n', false],
    ['HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n', true],
    ['HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n1\r\na\r\n', false],
  ])('%j is whole: %s', (received, expected) => {
    expect(isWhole(received)).toBe(expected);
  });
});

describe('the benchmark refuses', () => {
  const context = { stdout: () => {}, stderr: () => {}, env: {} };

  it.each([
    [['--rounds', '0'], '--rounds is "0"'],
    [['--seconds', 'x'], '--seconds is "x"'],
    [['--only', 'prism,nobody'], '"nobody"'],
    [['--rond', '1'], "'--rond'"],
  ])('mock %j', async (args, message) => {
    await expect(mockBench.run(args, context)).rejects.toThrow(message);
  });

  it.each([
    [['--requests', '1e6'], '--requests is "1e6"'],
    [['--requests', '5'], 'expected at least 10'],
    [['--max-growth', '-1'], '--max-growth'],
  ])('soak %j', async (args, message) => {
    await expect(soakBench.run(args, context)).rejects.toThrow(message);
  });
});
