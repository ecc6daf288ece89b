import { command } from '../../scripts/generate/command.ts';

/** How the command ended, and its lines on standard output. */
export interface GenerateResult {
  exitCode: number;
  stdout: string[];
}

/**
 * Runs `generate` in this process. Nothing may go to standard error.
 */
export async function runGenerate(...args: string[]): Promise<GenerateResult> {
  const stdout: string[] = [];
  const exitCode = await command.run(args, {
    stdout: (line) => stdout.push(line),
    stderr: (line) => {
      throw new Error(`Nothing is expected on standard error, found: ${line}`);
    },
    env: {},
  });
  return { exitCode, stdout };
}

/**
 * Finds the spec of a fixture, relative to the working directory.
 */
export function fixtureSpec(name: string): string {
  return `tests/generate/fixtures/${name}/openapi.yaml`;
}
