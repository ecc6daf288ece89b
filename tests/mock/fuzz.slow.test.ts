import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import fastCheck from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { readGoodSpec } from '../../scripts/mock/engine/spec.ts';
import type { MockSettings } from '../../scripts/mock/index.ts';
import { exchangeBytes } from './exchange-bytes.ts';
import { anyBytes } from './fuzz/any-bytes.ts';
import { mutatedRequests } from './fuzz/mutated-requests.ts';
import { openTarget, type Target } from './fuzz/open-target.ts';
import { exchangeAny, findProblem } from './fuzz/read-answers.ts';

/** How many requests are sent: `FUZZ_REQUESTS`, or 2,000. A quarter of them is random, the others are mutated. */
const requests = Number(process.env.FUZZ_REQUESTS ?? 2000);
const seed = Number(process.env.FUZZ_SEED ?? 20_261_124);
const atOnce = 50;
/** Of the whole process. What it is sent in these tests would fill many times that. */
const maxMemoryMiB = 512;

const head = 'POST /api/token HTTP/1.1\r\nhost: mock\r\nconnection: close\r\n';

let target: Target;

beforeAll(async () => {
  target = await openTarget({ requestTimeoutMs: 200 });
}, 60_000);
afterAll(() => target[Symbol.asyncDispose]());
afterEach(async () => {
  expect(target.isAlive()).toBe(true);
  expect((await fetch(`${target.url}/__mock__/health`)).status).toBe(200);
  expect(target.readMemory()).toBeLessThan(maxMemoryMiB);
  expect(target.readErrors()).toBe('');
});

// A request that comes too late, or is more than the mock waits for, is cut off.
function toEmpty(error: NodeJS.ErrnoException): string {
  if (error.code !== 'ECONNRESET' && error.code !== 'EPIPE') {
    throw error;
  }
  return '';
}

function send(bytes: string, { thenEnd = false, url = target.url } = {}): Promise<string> {
  return exchangeBytes(url, { bytes, thenEnd }).catch(toEmpty);
}

function open(): Socket {
  const { hostname, port } = new URL(target.url);
  return connect({ host: hostname, port: Number(port) }).on('error', () => {});
}

describe('a mock that is asked anything', () => {
  it('answers, or refuses, and lives on', async () => {
    const ask = async (bytes: string): Promise<void> => {
      const answer = await send(bytes);
      // The only 5xx of the spec is one that has to be preferred or forced; a late body is cut off.
      expect(answer, JSON.stringify({ bytes, answer })).toMatch(/^(HTTP\/1\.1 [1-4]\d\d |$)/);
    };
    const batch = fastCheck.array(anyBytes, { minLength: atOnce, maxLength: atOnce });
    const property = fastCheck.asyncProperty(batch, (all) => Promise.all(all.map(ask)).then(() => {}));
    await fastCheck.assert(property, { numRuns: Math.ceil(requests / 4 / atOnce), seed });
  }, 600_000);
});

describe('a mock that is asked what is almost right', () => {
  const own = 'openapi/nexudus-auth.yaml';
  const foreign = 'tests/mock/fixtures/shop.yaml';
  const cases: [specFile: string, settings: MockSettings][] = [
    [own, {}],
    [own, { simulate: true }],
    [own, { dynamic: true, seed: 'fuzz' }],
    ['tests/mock/fixtures/tram-auth.yaml', { simulate: true }],
    ['examples/petstore/contracts/petstore.json', {}],
    ['examples/petstore/contracts/petstore.json', { dynamic: true, seed: 'fuzz' }],
    [foreign, {}],
    [foreign, { dynamic: true, seed: 'fuzz' }],
  ];

  it.each(cases)(
    'by %s with %j answers whole, and lives on',
    async (specFile, settings) => {
      const { document } = await readGoodSpec(specFile);
      await using mock = await openTarget({ specFile, requestTimeoutMs: 200, ...settings });
      const ask = async (bytes: string): Promise<void> => {
        const { text, end } = await exchangeAny(mock.url, bytes);
        const problem = findProblem(text, end === 'closed', /\bHEAD /.test(bytes));
        const shown = JSON.stringify({ bytes, text, end, problem });
        // What is reset may have lost its end.
        expect(end, shown).not.toBe('timeout');
        expect(end === 'reset' ? undefined : problem, shown).toBeUndefined();
        expect(text, shown).not.toMatch(/^HTTP\/1\.1 5/m);
      };
      const request = mutatedRequests(document);
      const batch = fastCheck.array(request, { minLength: atOnce, maxLength: atOnce });
      const property = fastCheck.asyncProperty(batch, (all) => Promise.all(all.map(ask)).then(() => {}));
      const numRuns = Math.ceil((requests * 3) / 4 / cases.length / atOnce);
      await fastCheck.assert(property, { numRuns, seed });
      expect([mock.isAlive(), mock.readErrors()]).toEqual([true, '']);
      expect((await fetch(`${mock.url}/__mock__/health`)).status).toBe(200);
      expect(mock.readMemory()).toBeLessThan(maxMemoryMiB);
    },
    900_000,
  );
});

describe('a mock with a client that', () => {
  it.each([
    ['hundreds of them', 'a:\r\n'.repeat(900).trimEnd(), 200],
    ['more than a thousand', 'a:\r\n'.repeat(1100).trimEnd(), 431],
    ['one that is too long', `x: ${'y'.repeat(16_500)}`, 431],
  ])('floods it with headers, %s, gets an answer', async (_, headers, status) => {
    const form = 'content-type: application/x-www-form-urlencoded\r\n';
    const body = 'grant_type=password&username=a@b.io&password=x';
    const answer = await send(`${head}${form}content-length: ${body.length}\r\n${headers}\r\n\r\n${body}`);
    expect(answer).toMatch(`HTTP/1.1 ${status} `);
  });

  it.each([
    ['10 MiB', 10 * 1024 * 1024, 400],
    ['12 MiB', 12 * 1024 * 1024, 413],
  ])('sends bodies of %s again and again gets answers', async (_, length, status) => {
    await using patient = await openTarget({ requestTimeoutMs: 30_000 });
    const bytes = `${head}content-length: ${length}\r\n\r\n${'%'.repeat(length)}`;
    for (let round = 0; round < 6; round += 1) {
      const answers = await Promise.all([send(bytes, patient), send(bytes, patient)]);
      expect(answers.map((answer) => answer.slice(0, 12))).toEqual(Array(2).fill(`HTTP/1.1 ${status}`));
    }
    expect(patient.readMemory()).toBeLessThan(maxMemoryMiB);
  });

  it.each([
    ['its headers', 'POST /api/token HTTP/1.1\r\n', 'x: y\r\n'],
    ['its body', `${head}content-length: 1000\r\n\r\n`, 'a'],
    ['its chunks', `${head}transfer-encoding: chunked\r\n\r\n`, '1\r\na\r\n'],
  ])('drips %s is cut off', async (_, start, drop) => {
    const socket = open();
    socket.write(start);
    const timer = setInterval(() => socket.write(drop), 20);
    const [answer = ''] = await Promise.race([once(socket, 'data'), once(socket, 'close').then(() => [])]);
    clearInterval(timer);
    socket.destroy();
    expect(String(answer)).toMatch(/^(HTTP\/1\.1 408 |$)/);
  });

  it.each([
    ['says nothing', ''],
    ['stops amid its headers', 'GET /login'],
    ['stops amid its body', `${head}content-length: 1000\r\n\r\na`],
  ])('%s loses its connection, whether it waits or closes its side', async (_, bytes) => {
    const statusLines = [await send(bytes), await send(bytes, { thenEnd: true })].map((answer) =>
      answer.slice(0, 12),
    );
    expect(statusLines).toEqual([
      expect.stringMatching(/^(HTTP\/1\.1 408|)$/),
      expect.stringMatching(/^(HTTP\/1\.1 400|)$/),
    ]);
  });

  it('closes its side behind a whole request gets its answer', async () => {
    expect(await send('GET /login?t=a HTTP/1.1\r\nhost: mock\r\n\r\n', { thenEnd: true })).toMatch(
      'HTTP/1.1 302 ',
    );
  });

  it('opens hundreds of connections, and leaves them or breaks them, leaves none behind', async () => {
    const sockets = Array.from({ length: 400 }, (_, index) => {
      const socket = open();
      socket.write(index % 2 === 0 ? '' : `${head}content-length: 1000\r\n\r\n${'a'.repeat(index)}`);
      return socket.resume();
    });
    await Promise.all(sockets.map((socket) => once(socket, 'connect')));
    for (const socket of sockets.slice(0, 100)) {
      socket.resetAndDestroy();
    }
    await Promise.all(sockets.slice(100).map((socket) => socket.closed || once(socket, 'close')));
    expect(sockets.filter((socket) => !socket.destroyed)).toEqual([]);
  });

  it('never reads its answers is no burden for others', async () => {
    const deaf = open().pause();
    deaf.write('GET /__mock__/scenarios HTTP/1.1\r\nhost: mock\r\n\r\n'.repeat(200));
    await delay(300);
    expect((await fetch(`${target.url}/login?t=a`, { redirect: 'manual' })).status).toBe(302);
    deaf.destroy();
  });
});
