import { command } from '../../scripts/verify/command.ts';

/** How a run of `verify` ended, and what it printed. */
export interface VerifyRun {
  exitCode: number;
  stdout: string;
  stderr: string;
}

/** Runs `verify` in this process. */
export async function runVerify(args: string[], env: Record<string, string> = {}): Promise<VerifyRun> {
  const printed = { stdout: '', stderr: '' };
  const exitCode = await command.run(args, {
    stdout: (line) => {
      printed.stdout += `${line}\n`;
    },
    stderr: (line) => {
      printed.stderr += `${line}\n`;
    },
    env,
  });
  return { exitCode, ...printed };
}
