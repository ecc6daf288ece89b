import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { startMock } from '../../scripts/mock/index.ts';
import { makeTemporaryFolder } from '../temporary-folder.ts';
import { serve } from '../verify/serve.ts';
import { type RunningCommand, runMock } from './run-command.ts';

const spec = 'tests/mock/fixtures/bookshop.yaml';

/** Starts a mock of the bookshop, and gives its URL with it. */
async function openShop(...args: string[]): Promise<RunningCommand & { url: string }> {
  const running = runMock(['--port', '0', '--spec', spec, ...args]);
  return { ...running, url: /ready at ([^ ,]+)/.exec(await running.firstLine)?.[1] ?? '' };
}

/** Sends bytes over a connection of its own. */
async function sendBytes(url: string, bytes: string): Promise<Socket> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname).on('error', () => {});
  onTestFinished(() => void socket.destroy());
  await once(socket, 'ready');
  socket.write(bytes);
  return socket;
}

const getBooks = 'GET /books HTTP/1.1\r\nHost: shop\r\n\r\n';

/** Has the next answer held back, asks for it, and waits until the mock holds it. */
async function askHeld(url: string, latencyMs: number): Promise<Socket> {
  const forced = JSON.stringify({ operationId: 'listBooks', latencyMs });
  expect((await fetch(`${url}/__mock__/forced`, { method: 'POST', body: forced })).ok).toBe(true);
  const socket = await sendBytes(url, getBooks);
  await vi.waitFor(async () => {
    expect(await (await fetch(`${url}/__mock__/forced`)).json()).toEqual({ forced: [] });
  });
  return socket;
}

describe('a mock that is told to stop', () => {
  test.each(['SIGTERM', 'SIGINT'] as const)(
    'by %s sends the answer that it holds back, and cuts all else',
    async (signal) => {
      const { child, result, url } = await openShop();
      const silent = await sendBytes(url, '');
      const half = await sendBytes(url, 'POST /books HTTP/1.1\r\nHost: shop\r\n');
      const idle = await sendBytes(url, getBooks);
      await once(idle, 'data');
      const answer = text(await askHeld(url, 1000));
      child.kill(signal);
      const received = await answer;
      expect(received).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
      expect(received).toMatch(/\r\nconnection: close\r\n/i);
      expect(received).toMatch(/\r\n\r\n\[\{"title":"Emma"\}/);
      expect(await result).toMatchObject({
        exitCode: 0,
        stderr: expect.stringMatching(/^Waiting 5 s .*\n$/),
      });
      await Promise.all([silent, half, idle].map((socket) => socket.closed || once(socket, 'close')));
      await expect(fetch(url)).rejects.toThrow();
    },
  );

  test('takes no further request meanwhile', async () => {
    const { child, result, url } = await openShop();
    const held = await askHeld(url, 1000);
    child.kill('SIGTERM');
    await once(child.stderr ?? expect.fail(), 'data');
    await expect(fetch(url)).rejects.toThrow();
    expect(await text(held)).toContain('HTTP/1.1 200 ');
    expect((await result).exitCode).toBe(0);
  });

  test('answers what came behind on the same connection, before it closes it', async () => {
    const mock = await startMock({ specFile: spec });
    onTestFinished(() => mock.close());
    const socket = await askHeld(mock.url, 2000);
    socket.write(getBooks);
    const received = text(socket);
    // The mock has read the second one, too, once it is in the journal.
    await vi.waitFor(() => expect(mock.journal()).toHaveLength(1));
    await mock.drain(5000);
    expect((await received).match(/HTTP\/1\.1 200 /g)).toHaveLength(2);
  });

  test.each(['SIGTERM', 'SIGINT'] as const)(
    'a second time, by %s, cuts what it waits for',
    async (signal) => {
      const { child, result, url } = await openShop();
      // What is cut ends early, or breaks.
      const held = text(await askHeld(url, 60_000)).catch(() => '');
      child.kill('SIGTERM');
      await once(child.stderr ?? expect.fail(), 'data');
      child.kill(signal);
      expect((await result).exitCode).toBe(0);
      expect(await held).toBe('');
    },
  );

  test('cuts what takes longer than it waits', async () => {
    const mock = await startMock({ specFile: spec });
    const held = text(await askHeld(mock.url, 60_000)).catch(() => '');
    await mock.drain(100);
    expect(await held).toBe('');
  });

  test('twice before it is ready, ends by the signal', async () => {
    const asked = Promise.withResolvers<void>();
    // It waits for its spec.
    const silent = await serve(() => asked.resolve());
    const { child, result } = runMock(['--port', '0', `${silent}/openapi.yaml`]);
    await asked.promise;
    child.kill('SIGTERM');
    const timer = setInterval(() => child.kill('SIGTERM'), 20);
    await result;
    clearInterval(timer);
    expect([child.exitCode, child.signalCode]).toEqual([null, 'SIGTERM']);
  });
});

describe('a proxy that is told to stop', () => {
  test('passes on the answer that it waits for, and records it', async () => {
    let answer: (() => void) | undefined;
    const upstream = await serve((_request, response) => {
      answer = () => response.writeHead(200, { 'content-type': 'application/json' }).end('[]');
    });
    const file = `${makeTemporaryFolder()}/traffic.har`;
    const { child, result, url } = await openShop('--proxy', upstream, '--record', file);
    const response = fetch(`${url}/books`);
    await vi.waitFor(() => expect(answer).toBeDefined());
    child.kill('SIGTERM');
    await once(child.stderr ?? expect.fail(), 'data');
    answer?.();
    expect(await (await response).text()).toBe('[]');
    expect(await result).toMatchObject({
      exitCode: 0,
      stderr: expect.stringContaining(`Recorded 1 request in ${file}.`),
    });
  });

  test('twice, gives the answer up and keeps what it has recorded', async () => {
    let count = 0;
    const upstream = await serve((_request, response) => {
      count += 1;
      if (count === 1) {
        response.writeHead(200, { 'content-type': 'application/json' }).end('[]');
      }
    });
    const file = `${makeTemporaryFolder()}/traffic.har`;
    const { child, result, url } = await openShop('--proxy', upstream, '--record', file);
    await (await fetch(`${url}/books`)).text();
    const response = fetch(`${url}/books`);
    response.catch(() => {});
    await vi.waitFor(() => expect(count).toBe(2));
    child.kill('SIGINT');
    await once(child.stderr ?? expect.fail(), 'data');
    child.kill('SIGINT');
    await expect(response).rejects.toThrow();
    expect(await result).toMatchObject({
      exitCode: 0,
      stderr: expect.stringContaining(`Recorded 1 request in ${file}.`),
    });
  });
});

test('a mock whose output nobody reads any more serves on, and ends as ever', async () => {
  const { child, result, url } = await openShop();
  child.stdout?.destroy();
  for (let round = 0; round < 3; round += 1) {
    expect((await fetch(`${url}/books`)).status).toBe(200);
    // Requests are printed some moments later.
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  child.kill('SIGTERM');
  expect(await result).toMatchObject({ exitCode: 0, stderr: '' });
});
