import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** A mock in a process of its own, until it is disposed of. */
export interface Target extends AsyncDisposable {
  url: string;
  isAlive: () => boolean;
  /** The memory of its process, in MiB. */
  readMemory: () => number;
}

/** Much more than the mock needs, and little enough to end a process that keeps what it is sent. */
const maxHeapMiB = 256;

/**
 * Starts a mock to be attacked.
 *
 * @param requestTimeoutMs how long it waits for a client to send a request
 */
export async function openTarget(requestTimeoutMs: number): Promise<Target> {
  const script = fileURLToPath(new URL('./serve.ts', import.meta.url));
  const args = [`--max-old-space-size=${maxHeapMiB}`, script, String(requestTimeoutMs)];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'close');
  const [line] = await Promise.race([once(child.stdout, 'data'), ended]);
  return {
    url: String(line).trim(),
    isAlive: () => child.exitCode === null && child.signalCode === null,
    readMemory: () => Number(execFileSync('ps', ['-o', 'rss=', '-p', String(child.pid)])) / 1024,
    [Symbol.asyncDispose]: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
