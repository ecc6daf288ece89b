import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { SetupError } from '../../../scripts/cli/command.ts';
import { createLogMask } from '../../../scripts/secrets/placeholders.ts';
import { createSecrets } from '../../../scripts/secrets/secrets.ts';
import { verifyProvider } from '../../../scripts/verify/live/live.ts';
import { planReplays } from '../../../scripts/verify/live/plan.ts';
import { liveStates, makePact, makeSpec } from '../make-documents.ts';

/** What a provider does with the connection of a request to `/bad`. */
type Manner = (socket: Socket) => void;

/** Serves `/good` as it should be, and `/bad` in another manner. */
async function serveBadly(manner: Manner): Promise<URL> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket.on('error', () => {}));
    socket.once('data', (head) =>
      String(head).startsWith('GET /good')
        ? socket.end('HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n')
        : manner(socket),
    );
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => {
    for (const socket of sockets) {
      socket.destroy();
    }
    server.close();
  });
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
}

/** Replays a request to `/good` and one to `/bad`, and lists what is found. */
async function replayOn(
  manner: Manner,
  paths: readonly string[] = ['/good', '/bad'],
  body?: string,
): Promise<string[]> {
  const baseUrl = await serveBadly(manner);
  const state = 'a customer is signed in';
  const get = { responses: { 200: { description: 'Taken.', 'x-provider-state': state } } };
  const { document } = await makeSpec({ '/good': { get }, '/bad': { get } });
  const pact = makePact(
    '3.0.0',
    paths.map((path) => ({
      description: path,
      providerStates: [{ name: state }],
      request: { method: 'GET', path },
      response: { status: 200, ...(body && { headers: { 'Content-Type': 'text/plain' }, body }) },
    })),
  );
  const settings = { document, env: { NEXUDUS_BEARER_TOKEN: 'real' }, liveStates, allowWrites: false };
  const { replays } = planReplays(pact.pact, settings);
  const findings = await verifyProvider(
    pact,
    replays,
    { baseUrl, timeoutMs: 1000 },
    { hiding: { mask: createLogMask(), secrets: createSecrets() }, env: {} },
  );
  return findings.map(({ message }) => message);
}

const head = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n';
const write =
  (...parts: (string | Buffer)[]): Manner =>
  (socket) => {
    for (const part of parts) {
      socket.write(part);
    }
    socket.end();
  };
const drip =
  (start: string): Manner =>
  (socket) => {
    socket.write(start);
    const timer = setInterval(() => socket.write('x'), 100);
    socket.on('close', () => clearInterval(timer));
  };
const pour =
  (start: string, chunk: string): Manner =>
  (socket) => {
    socket.write(start);
    const more = () => {
      while (!socket.destroyed && socket.write(chunk));
    };
    socket.on('drain', more);
    more();
  };
const chunk = `10000\r\n${'x'.repeat(65_536)}\r\n`;

const bad: [title: string, manner: Manner, reason: RegExp][] = [
  [
    'a body without an end',
    pour(`${head}Transfer-Encoding: chunked\r\n\r\n`, chunk),
    /no response: .*body.* than 10/,
  ],
  [
    'a body without a length or an end',
    pour(`${head}\r\n`, 'x'.repeat(65_536)),
    /no response: .*body.* than 10/,
  ],
  [
    'headers without an end',
    pour(head, `X-More: ${'x'.repeat(1000)}\r\n`),
    /no response: Parse Error: Header overflow/,
  ],
  [
    'interim answers without an end',
    pour('', 'HTTP/1.1 100 Continue\r\n\r\n'),
    /no response: the server sent more than 100 interim answers/,
  ],
  ['a head that comes byte by byte', drip('HTTP/1.1 200 OK\r\nX-Slow: '), /no response within 1 s/],
  ['a body that comes byte by byte', drip(`${head}Content-Length: 1000\r\n\r\n`), /no response within 1 s/],
  ['no response at all', () => {}, /no response within 1 s/],
  ['a connection that is closed at once', (socket) => socket.end(), /no response: socket hang up/],
  ['a connection that is reset', (socket) => socket.resetAndDestroy(), /no response: read ECONNRESET/],
  ['a body that is cut off', write(`${head}Content-Length: 1000\r\n\r\n{`), /no response: aborted/],
  [
    'a connection that is reset amid the body',
    (socket) => {
      socket.write(`${head}Content-Length: 1000\r\n\r\n{`, () =>
        setTimeout(() => socket.resetAndDestroy(), 50),
      );
    },
    /no response: /,
  ],
  [
    'a chunk that is no chunk',
    (socket) => {
      socket.write(`${head}Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n`, () =>
        setTimeout(() => socket.write('not a length\r\n'), 50),
      );
    },
    /no response: /,
  ],
  ['something other than HTTP', write('SSH-2.0-OpenSSH_9.6\r\n'), /no response: Parse Error/],
  ['a control character in a header', write(`${head}X-Odd: a\u0001b\r\n\r\n`), /no response: /],
  [
    'a reason phrase with a control character',
    write('HTTP/1.1 418 O\u0001K\r\nContent-Length: 0\r\n\r\n'),
    /418/,
  ],
  [
    'a status below 100',
    write('HTTP/1.1 099 Odd\r\nContent-Length: 0\r\n\r\n'),
    /no response: the server sent the status 99, expected one from 200/,
  ],
  [
    'another protocol',
    write('HTTP/1.1 101 Odd\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n'),
    /no response: the server sent the status 101, expected one from 200/,
  ],
  ['a status of no class', write('HTTP/1.1 999 Odd\r\nContent-Length: 0\r\n\r\n'), /999/],
  [
    'more tokens than can be hidden',
    write(`${head}\r\n`, Array.from({ length: 20_000 }, (_, index) => `token=token-${index}`).join('&')),
    /no response that can be shown: it holds more than 10000 tokens/,
  ],
];

describe('verifyProvider', () => {
  it.each(bad)('finds %s, and goes on with the next interaction', async (_title, manner, reason) => {
    expect(await replayOn(manner)).toEqual([expect.stringMatching(reason)]);
  });

  it('ends with a sentence where nothing that comes can be read', async () => {
    const endless = pour(`${head}Transfer-Encoding: chunked\r\n\r\n`, chunk);
    const error = await replayOn(endless, ['/bad']).catch((thrown: Error) => thrown);
    expect(error).toBeInstanceOf(SetupError);
    expect((error as Error).message).toMatch(
      /^http:\/\/127\.0\.0\.1:\d+: no response: .*body.* than 10.*\. Check --base-url\.$/,
    );
  });

  it('quotes no more than the start of a long body', async () => {
    const body = 'a b '.repeat(1_000_000);
    const answer = write(`HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n${body}`);
    const [message = ''] = await replayOn(answer, ['/bad'], 'another body');
    expect(message).toMatch(/: Expected body 'another body' to match 'a b a b .* … \(cut off\)$/);
    expect(message.length).toBeLessThan(3000);
  });

  it('reads JSON that is nested deeply', async () => {
    const depth = 100_000;
    const json = `${'[{"token":'.repeat(depth)}1${'}]'.repeat(depth)}`;
    expect(await replayOn(write(`${head}\r\n${json}`))).toEqual([]);
  });
});
