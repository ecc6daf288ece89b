import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { SetupError } from '../../command.ts';
import { findFreePort } from '../../process/find-free-port.ts';
import { openConnection } from './connection.ts';
import { isSignedIn, repeatSignIn } from './sign-in.ts';

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
