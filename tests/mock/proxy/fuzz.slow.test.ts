import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fastCheck from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { startProxy } from '../../../scripts/mock/index.ts';
import { makeTemporaryFolder } from '../../temporary-folder.ts';
import { exchangeBytes } from '../exchange-bytes.ts';
import { serveBytes } from './serve-bytes.ts';

/** How many answers are tried: `FUZZ_REQUESTS`, or 1000. */
const answers = Number(process.env.FUZZ_REQUESTS ?? 1000);
const seed = Number(process.env.FUZZ_SEED ?? 20_261_125);
const atOnce = 25;

const json = 'Content-Type: application/json\r\n';
const zipped = gzipSync('{"jwt":"a"}').toString('latin1');

// What servers send, and what is at the edge of that.
const seeds = [
  `HTTP/1.1 200 OK\r\n${json}Content-Length: 11\r\n\r\n{"jwt":"a"}`,
  `HTTP/1.1 200 OK\r\n${json}Transfer-Encoding: chunked\r\n\r\nb\r\n{"jwt":"a"}\r\n0\r\nX-Trailer: 1\r\n\r\n`,
  `HTTP/1.1 200 OK\r\n${json}Content-Encoding: gzip\r\nContent-Length: ${zipped.length}\r\n\r\n${zipped}`,
  'HTTP/1.1 302 Found\r\nLocation: /user?t=a\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\nContent-Length: 0\r\n\r\n',
  'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204 No Content\r\nKeep-Alive: timeout=5\r\n\r\n',
  'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n\x81\x05hello',
  'HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: 1\n\n',
  'HTTP/1.0 404\r\n\r\nnot found',
];

const mutation = fastCheck.record({
  at: fastCheck.double({ min: 0, max: 1, noNaN: true }),
  removed: fastCheck.nat(3),
  added: fastCheck.oneof(
    fastCheck.string({ unit: 'binary', maxLength: 3 }),
    fastCheck.constantFrom('\x00', '\x01', '\x7f', '\xff', '\r', '\n', '\r\n', ' ', ':', '099', '1e9', '-1'),
  ),
});

// Most mistakes of a server are in its head.
const mutated = fastCheck
  .tuple(fastCheck.constantFrom(...seeds), fastCheck.array(mutation, { minLength: 1, maxLength: 3 }))
  .map(([start, mutations]) =>
    mutations.reduce((bytes, { at, removed, added }) => {
      const index = Math.floor(at * at * bytes.length);
      return bytes.slice(0, index) + added + bytes.slice(index + removed);
    }, start),
  );

test(`a proxy in front of a server that answers anything answers each request, and lives on, ${answers} times`, async () => {
  const recordFile = join(makeTemporaryFolder(), 'traffic.har');
  const waiting = new Map<string, string>();
  const target = await serveBytes(
    (asked) => waiting.get(asked) ?? seeds[0] ?? '',
    (socket, asked) => {
      // Some are silent in the end. A stream of events may be so for ever.
      if (asked.endsWith('0') && !waiting.get(asked)?.includes('event-stream')) {
        return;
      }
      socket.end();
    },
  );
  const proxy = await startProxy({ target, recordFile, targetTimeoutMs: 100 });
  onTestFinished(proxy.close);
  const statuses = new Set<string>();
  const ask = async (bytes: string): Promise<void> => {
    const path = `/api/auth/media/customer?n=${waiting.size}`;
    waiting.set(path, bytes);
    const request = `GET ${path} HTTP/1.1\r\nHost: proxy\r\nConnection: close\r\n\r\n`;
    const answer = await exchangeBytes(proxy.url, { bytes: request });
    expect(answer, JSON.stringify(bytes)).toMatch(/^HTTP\/1\.1 \d{3} /);
    statuses.add(answer.slice(9, 12));
  };
  const batch = fastCheck.array(mutated, { minLength: atOnce, maxLength: atOnce });
  const property = fastCheck.asyncProperty(batch, (all) => Promise.all(all.map(ask)).then(() => {}));
  await fastCheck.assert(property, { numRuns: Math.ceil(answers / atOnce), seed, endOnFailure: true });
  expect([...statuses]).toEqual(expect.arrayContaining(['200', '502']));
  expect((await fetch(`${proxy.url}/api/auth/media/customer`)).status).toBe(200);
  await proxy.close();
  expect(JSON.parse(readFileSync(recordFile, 'utf8')).log.entries.length).toBeGreaterThan(0);
}, 600_000);
