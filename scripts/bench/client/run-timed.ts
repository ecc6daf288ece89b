import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/**
 * Runs Node.js with these arguments, and gives what it prints and how long the process took, in milliseconds.
 *
 * @throws {Error} with what it printed where it exits with another code than 0
 */
export async function runTimed(args: string[], cwd: string): Promise<{ stdout: string; durationMs: number }> {
  const start = performance.now();
  try {
    const { stdout } = await promisify(execFile)(process.execPath, args, { cwd });
    return { stdout, durationMs: performance.now() - start };
  } catch (cause) {
    const { message, stdout = '' } = cause as Error & { stdout?: string };
    throw new Error(`${message}${stdout}`, { cause });
  }
}
