import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** A command that runs until it is disposed of. */
export interface StartedCommand extends AsyncDisposable {
  /** What it said first, which is that it is ready. */
  firstLine: string;
}

/**
 * Starts a program in a folder, and waits for its first line.
 *
 * @throws {Error} with what it said on standard error, where it ends before
 */
export async function startCommand(
  folder: string,
  program: string,
  ...args: string[]
): Promise<StartedCommand> {
  const child = spawn(program, args, { cwd: folder, detached: true });
  let said = '';
  child.stderr.on('data', (chunk) => {
    said += chunk;
  });
  const ended = once(child, 'close');
  const [firstLine = ''] = await Promise.race([
    once(createInterface(child.stdout), 'line'),
    ended.then(() => []),
  ]);
  if (firstLine === '') {
    throw new Error(`The command ended without a word: ${said}`);
  }
  return {
    firstLine,
    [Symbol.asyncDispose]: async () => {
      // npx runs the command in a shell: the signal goes to all of the group.
      process.kill(-(child.pid ?? 0));
      await ended;
    },
  };
}
