import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { onTestFinished } from 'vitest';

/** How a command ended, and what it wrote. */
export interface CommandResult {
  exitCode: number | null;
  stdout: string;
  stderr: string;
}

/** `mock` as a child process. */
export interface RunningCommand {
  child: ChildProcess;
  /** Resolves to the first line on stdout. Rejects where the process ends before it. */
  firstLine: Promise<string>;
  result: Promise<CommandResult>;
}

/**
 * Runs `node scripts/cli.ts mock`, until the test has finished.
 */
export function runMock(args: string[], cwd?: string): RunningCommand {
  const cli = new URL('../../scripts/cli.ts', import.meta.url).pathname;
  const child = spawn(process.execPath, [cli, 'mock', ...args], { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (chunk) => {
    stderr += chunk;
  });
  const firstLine = new Promise<string>((resolve, reject) => {
    child.stdout.setEncoding('utf8').on('data', (chunk) => {
      stdout += chunk;
      if (stdout.includes('\n')) {
        resolve(stdout.slice(0, stdout.indexOf('\n')));
      }
    });
    child.once('close', () => reject(new Error(`The mock ended without a line: ${stderr}`)));
  });
  // Tests of failures don't wait for it.
  firstLine.catch(() => {});
  const result = once(child, 'close').then(([exitCode]) => ({ exitCode, stdout, stderr }));
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await result;
  });
  return { child, firstLine, result };
}
