import { type ParseArgsConfig, parseArgs } from 'node:util';

/** 0: clean. 1: findings. 2: wrong usage or a broken setup. */
export type ExitCode = 0 | 1 | 2;

/** What a command may touch of the process that runs it. Tests pass their own. */
export interface CommandContext {
  /** Results only. A line break is added. */
  stdout: (line: string) => void;
  /** Progress and errors. A line break is added. */
  stderr: (line: string) => void;
  env: Readonly<Record<string, string | undefined>>;
  /** Whether stdout is a terminal that shows colours, and NO_COLOR is not set. Default: false. */
  useColors?: boolean;
}

/** A subcommand, as `scripts/cli.ts` loads it. */
export interface Command {
  /** The text of `--help`: synopsis first, then the options. */
  usage: string;
  /**
   * Runs the command and resolves to its exit code.
   *
   * @throws {SetupError} for wrong usage or a broken setup; the CLI prints it and exits with 2
   */
  run: (args: string[], context: CommandContext) => Promise<ExitCode>;
}

/** Wrong usage or a broken setup: printed without a stack trace, exit code 2. */
export class SetupError extends Error {
  override readonly name = 'SetupError';
}

/**
 * Parses a command's options, strictly.
 *
 * @throws {SetupError} that names the option at fault
 */
export function parseOptions<const Options extends NonNullable<ParseArgsConfig['options']>>(
  args: string[],
  options: Options,
): ReturnType<typeof parseArgs<{ args: string[]; options: Options; strict: true }>>['values'] {
  try {
    return parseArgs({ args, options, strict: true, allowPositionals: false }).values;
  } catch (cause) {
    throw new SetupError(`${(cause as Error).message.split('. ')[0]}. Try --help.`, { cause });
  }
}
