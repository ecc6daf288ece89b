import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { isWhole, sendLoad, times } from '../../../scripts/dev/bench/load.ts';
import { command as mockBench } from '../../../scripts/dev/bench/mock.ts';
import { brokenSignIn, openWorlds, signIns } from '../../../scripts/dev/bench/mock-contestants.ts';
import { command as soakBench } from '../../../scripts/dev/bench/soak.ts';
import { startMock } from '../../../scripts/mock/index.ts';

async function serve(listener: RequestListener): Promise<AsyncDisposable & { url: string }> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  return { url: `http://127.0.0.1:${port}`, [Symbol.asyncDispose]: async () => void server.close() };
}

const { repeat, vary, isGood } = signIns();

const load = (url: string, count: number, nextRequest = repeat) =>
  sendLoad({ url, connections: 4, nextRequest, isGood, isDue: times(count) });

function varied(): () => string {
  let count = 0;
  return () => {
    count += 1;
    return vary(count);
  };
}

describe('a load', () => {
  it('is sent as often as it is due, whole, and each answer is looked at', async () => {
    const bodies: string[] = [];
    await using server = await serve(async (request, response) => {
      bodies.push(await text(request));
      // In chunks, without a length.
      response.write('{"access_token"');
      response.end(':"a"}');
    });
    const { answers, durationMs } = await load(server.url, 50, varied());
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
    expect(await load(mock.url, 20, varied())).toMatchObject({ answers: 20 });
    await expect(load(mock.url, 1, () => brokenSignIn)).rejects.toThrow(/400/);
  });

  it('goes to each of many worlds in its turn, and says where a server has none', async () => {
    const targets: string[] = [];
    let count = 0;
    await using server = await serve((request, response) => {
      request.resume();
      targets.push(request.url ?? '');
      count += 1;
      const { port } = request.socket.address() as { port: number };
      response.end(JSON.stringify({ access_token: 'a', url: `http://127.0.0.1:${port}/world-${count}` }));
    });
    const paths = await openWorlds(server.url, 3);
    expect(paths).toEqual(['/world-1', '/world-2', '/world-3']);
    targets.length = 0;
    const inTurn = sendLoad({
      url: server.url,
      connections: 1,
      nextRequest: signIns(paths).repeat,
      isGood,
      isDue: times(6),
    });
    expect(await inTurn).toMatchObject({ answers: 6 });
    expect(targets.toSorted()).toEqual([...paths, ...paths].map((path) => `${path}/api/token`).toSorted());
    await using without = await serve((_request, response) => void response.writeHead(404).end());
    await expect(openWorlds(without.url, 3)).rejects.toThrow('gets 404: this mock has no worlds');
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
    [['--requests', '5'], 'expected at least 200'],
    [['--max-growth', '-1'], '--max-growth'],
  ])('soak %j', async (args, message) => {
    await expect(soakBench.run(args, context)).rejects.toThrow(message);
  });
});
