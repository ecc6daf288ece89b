import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { SetupError } from '../../cli/command.ts';
import { toolkitFile } from '../../cli/toolkit.ts';

/** A connection that is kept alive, and carries one request after the other. */
export interface Connection extends Disposable {
  /** Sends a request as it stands and resolves to the whole answer. Rejects when the server hangs up. */
  ask: (request: string) => Promise<string>;
}

/**
 * Opens a connection.
 *
 * It stands on bare sockets: the client has to cost a fraction of what the servers do, and `node:http` doesn't.
 */
function openConnection(url: string): Connection {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port), noDelay: true }).setEncoding('latin1');
  let received = '';
  let failure: Error | undefined;
  let pending: PendingAnswer | undefined;
  const fail = (error: Error): void => {
    failure ??= error;
    pending?.reject(failure);
  };
  socket.once('error', fail);
  socket.once('close', () => fail(new Error('The server closed the connection.')));
  socket.on('data', (text: string) => {
    received += text;
    if (isWhole(received)) {
      const answer = received;
      received = '';
      pending?.resolve(answer);
    }
  });
  return {
    ask: (request) =>
      new Promise((resolve, reject) => {
        pending = { resolve, reject };
        if (failure === undefined) {
          socket.write(request, 'latin1');
        } else {
          reject(failure);
        }
      }),
    [Symbol.dispose]: () => void socket.destroy(),
  };
}

interface PendingAnswer {
  resolve: (answer: string) => void;
  reject: (error: Error) => void;
}

/**
 * Whether text holds an answer to its end, by its length or by its last chunk.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9112#section-6.3
 */
export function isWhole(text: string): boolean {
  const headEnd = text.indexOf('\r\n\r\n');
  if (headEnd === -1) {
    return false;
  }
  const length = /\r\ncontent-length: *(\d+)/i.exec(text.slice(0, headEnd))?.[1];
  return length === undefined ? text.endsWith('\r\n0\r\n\r\n') : text.length >= headEnd + 4 + Number(length);
}

/** What to send. */
export interface Load {
  url: string;
  /** How many connections ask at once, each for one answer at a time. */
  connections: number;
  nextRequest: () => string;
  isGood: (answer: string) => boolean;
  /** Whether to go on, asked before each request. */
  isDue: () => boolean;
}

/** What came of it. */
export interface LoadResult {
  answers: number;
  durationMs: number;
}

/**
 * Sends requests over connections that are kept alive, for as long as the load is due, and looks at each answer.
 *
 * @throws {Error} with the first answer that is not good, or when the server hangs up
 */
export async function sendLoad({ url, connections, nextRequest, isGood, isDue }: Load): Promise<LoadResult> {
  let answers = 0;
  const start = performance.now();
  const keepAsking = async (): Promise<void> => {
    using connection = openConnection(url);
    while (isDue()) {
      const answer = await connection.ask(nextRequest());
      if (!isGood(answer)) {
        throw new Error(`Found another answer than a good one: ${answer.slice(0, 300)}`);
      }
      answers += 1;
    }
  };
  await Promise.all(Array.from({ length: connections }, keepAsking));
  return { answers, durationMs: performance.now() - start };
}

/** A load that is due for some time from now. */
export function untilMs(durationMs: number): () => boolean {
  const end = performance.now() + durationMs;
  return () => performance.now() < end;
}

/** A load that is due a number of times. */
export function times(count: number): () => boolean {
  let left = count;
  return () => {
    left -= 1;
    return left >= 0;
  };
}

/** The work that every server is given: a sign-in, which is answered with a bearer token. */

const head =
  'POST /api/token HTTP/1.1\r\nhost: mock.test\r\naccept: */*\r\n' +
  'content-type: application/x-www-form-urlencoded\r\ncontent-length: ';

/** The same request every time. */
export function repeatSignIn(): () => string {
  const request = formatSignIn('ada@lovelace.dev', 'correct-horse');
  return () => request;
}

/**
 * Another request every time.
 *
 * @param first where it starts to count, so that no two runs send the same
 */
export function varySignIn(first = 0): () => string {
  let count = first;
  return () => {
    count += 1;
    return formatSignIn(`ada-${count}@lovelace.dev`, `correct-horse-${count}`);
  };
}

/** A request that breaks the spec: its grant type is missing. */
export const brokenSignIn: string = formatRequest('username=ada%40lovelace.dev&password=correct-horse');

/** Whether an answer is what a sign-in gets: status 200, and a body with an `access_token`. */
export function isSignedIn(answer: string): boolean {
  return answer.startsWith('HTTP/1.1 200 ') && answer.includes('"access_token"');
}

function formatSignIn(username: string, password: string): string {
  return formatRequest(`grant_type=password&username=${encodeURIComponent(username)}&password=${password}`);
}

function formatRequest(body: string): string {
  return `${head}${body.length}\r\n\r\n${body}`;
}

/** How a server is started: Node's arguments, for a port. */
export type ServerArguments = (port: number) => string[];

/** A server that answers, until it is disposed of. */
export interface RunningServer extends AsyncDisposable {
  url: string;
  /** From the start of the process to the first good answer, in milliseconds. */
  startMs: number;
  /** The memory of the process that is resident, in MiB. */
  readMemory: () => number;
}

const patienceMs = 30_000;

/**
 * Starts a server in a process of its own, and resolves once it has answered a sign-in well.
 *
 * @throws {SetupError} with the server's own words where it ends, or gives no good answer in 30 seconds
 */
export async function startServer(args: ServerArguments, cwd?: string): Promise<RunningServer> {
  const port = await findFreePort();
  const url = `http://127.0.0.1:${port}`;
  const start = performance.now();
  const child = spawn(process.execPath, args(port), { cwd, stdio: ['ignore', 'ignore', 'pipe'] });
  const ended = once(child, 'close');
  let words = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    words = (words + text).slice(-2000);
  });
  const stop = async (): Promise<void> => {
    child.kill('SIGKILL');
    await ended;
  };
  while (!isSignedIn(await askOnce(url, repeatSignIn()()))) {
    if (child.exitCode !== null || performance.now() - start > patienceMs) {
      await stop();
      throw new SetupError(`No good answer came from node ${args(port).join(' ')}. ${words}`);
    }
    await delay(2);
  }
  return {
    url,
    startMs: performance.now() - start,
    readMemory: () => Number(execFileSync('ps', ['-o', 'rss=', '-p', String(child.pid)])) / 1024,
    [Symbol.asyncDispose]: stop,
  };
}

/**
 * Sends one request over a connection of its own. Nothing comes back from a server that doesn't listen.
 */
export async function askOnce(url: string, request: string): Promise<string> {
  using connection = openConnection(url);
  return await connection.ask(request).catch(() => '');
}

/** The mock as it runs in the repository, from its sources. */
export const mockFromSource: ServerArguments = serveWith(toolkitFile('scripts/cli.ts'));

/** The mock as it is published. `undefined` where nothing is built. */
export function findBuiltMock(): ServerArguments | undefined {
  const cli = toolkitFile('dist/nexudus-auth-contract/commands/cli.js');
  return existsSync(cli) ? serveWith(cli) : undefined;
}

function serveWith(cli: string): ServerArguments {
  return (port) => [cli, 'mock', '--quiet', '--port', String(port)];
}

/**
 * Finds a port of this machine that nobody listens on, for a server that takes no port 0.
 */
export async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' && address !== null ? address.port : 0;
}
