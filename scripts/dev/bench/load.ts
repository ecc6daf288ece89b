import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { SetupError } from '../../cli/command.ts';

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
  isGood: (answer: string, request: string) => boolean;
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
      const request = nextRequest();
      const answer = await connection.ask(request);
      if (!isGood(answer, request)) {
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

/** What a server is asked for. */
export interface Work {
  /** The same request every time. */
  repeat: () => string;
  /**
   * Another request for each count.
   */
  vary: (count: number) => string;
  isGood: (answer: string) => boolean;
}

/** How a server is started: a program and its arguments, for a port. */
export type CommandLine = (port: number) => [program: string, ...args: string[]];

/** A server that answers, until it is disposed of. */
export interface RunningServer extends AsyncDisposable {
  url: string;
  /** From the start of the process to the first good answer, in milliseconds. */
  startMs: number;
  /** The memory of the process that is resident, in MiB. */
  readMemory: () => number;
  /** What it has written to stderr: the last 2,000 letters. */
  readWords: () => string;
}

const patienceMs = 120_000;

/**
 * Starts a server in a process of its own, and resolves once it has answered a request well.
 *
 * @throws {SetupError} with the server's own words where it ends, or gives no good answer in two minutes
 */
export async function startServer(
  command: CommandLine,
  { repeat, isGood }: Pick<Work, 'repeat' | 'isGood'>,
): Promise<RunningServer> {
  const port = await findFreePort();
  const url = `http://127.0.0.1:${port}`;
  const [program, ...args] = command(port);
  const start = performance.now();
  const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  const ended = once(child, 'close');
  let words = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    words = (words + text).slice(-2000);
  });
  const stop = async (): Promise<void> => {
    child.kill('SIGKILL');
    await ended;
  };
  while (!isGood(await askOnce(url, repeat()))) {
    if (child.exitCode !== null || performance.now() - start > patienceMs) {
      await stop();
      throw new SetupError(`No good answer came from ${[program, ...args].join(' ')}. ${words}`);
    }
    await delay(2);
  }
  return {
    url,
    startMs: performance.now() - start,
    readMemory: () => Number(execFileSync('ps', ['-o', 'rss=', '-p', String(child.pid)])) / 1024,
    readWords: () => words,
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

/**
 * Finds a port of this machine that nobody listens on, for a server that takes no port 0.
 */
export async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}
