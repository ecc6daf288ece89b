import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { MockSettings } from '../../../scripts/mock/index.ts';

/** A mock in a process of its own, until it is disposed of. */
export interface Target extends AsyncDisposable {
  url: string;
  isAlive: () => boolean;
  /** The memory of its process, in MiB. */
  readMemory: () => number;
  /** What it has written to stderr, as of rejections that nobody handles. */
  readErrors: () => string;
}

/** Much more than the mock needs, and little enough to end a process that keeps what it is sent. */
const maxHeapMiB = 256;

/**
 * Starts a mock to be attacked.
 */
export async function openTarget(settings: MockSettings): Promise<Target> {
  const script = fileURLToPath(new URL('./serve.ts', import.meta.url));
  const args = [`--max-old-space-size=${maxHeapMiB}`, script, JSON.stringify(settings)];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text;
  });
  const ended = once(child, 'close');
  const [line] = await Promise.race([once(child.stdout, 'data'), ended]);
  if (!String(line).startsWith('http')) {
    throw new Error(`The mock did not start: ${errors}`);
  }
  return {
    url: String(line).trim(),
    isAlive: () => child.exitCode === null && child.signalCode === null,
    readMemory: () => Number(execFileSync('ps', ['-o', 'rss=', '-p', String(child.pid)])) / 1024,
    readErrors: () => errors,
    [Symbol.asyncDispose]: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
