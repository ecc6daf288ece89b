import { spawnSync } from 'node:child_process';
import { onTestFinished, vi } from 'vitest';
import { type Command, SetupError } from '../../scripts/cli/command.ts';

/** How a command ended, and its lines. */
export interface CommandResult {
  exitCode: number | null;
  stdout: string;
  stderr: string;
}

const variables = [
  'PACT_BROKER_BASE_URL',
  'PACT_BROKER_TOKEN',
  'PACT_BROKER_USERNAME',
  'PACT_BROKER_PASSWORD',
  'GITHUB_HEAD_REF',
  'GITHUB_REF_NAME',
  'GITHUB_REF_TYPE',
];

/**
 * Sets the environment until the test is over: the given variables, and no other of a broker or of a CI.
 */
export function setEnvironment(env: Record<string, string>): void {
  for (const name of variables) {
    vi.stubEnv(name, undefined);
  }
  // Else the Pact CLI asks a broker that does not answer for two minutes.
  for (const [name, value] of Object.entries({ PACT_BROKER_HTTP_RETRIES: '0', ...env })) {
    vi.stubEnv(name, value);
  }
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
}

/**
 * Runs a command in this process, and ends as `scripts/cli.ts` does.
 */
export async function runCommand(
  { run }: Command,
  args: string[],
  env: Record<string, string> = {},
): Promise<CommandResult> {
  setEnvironment(env);
  const written = { stdout: '', stderr: '' };
  const write = (stream: 'stdout' | 'stderr') => (line: string) => {
    written[stream] += `${line}\n`;
  };
  try {
    const context = { stdout: write('stdout'), stderr: write('stderr'), env: process.env };
    return { exitCode: await run(args, context), ...written };
  } catch (error) {
    if (!(error instanceof SetupError)) {
      throw error;
    }
    return { exitCode: 2, ...written, stderr: `${written.stderr}${error.message}\n` };
  }
}

/**
 * Runs `node scripts/cli.ts`.
 */
export function runCli(args: string[]): CommandResult {
  setEnvironment({});
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/cli.ts', ...args], {
    encoding: 'utf8',
  });
  return { exitCode: status, stdout, stderr };
}
