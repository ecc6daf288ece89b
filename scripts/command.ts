import { type ParseArgsConfig, parseArgs } from 'node:util';
import { askWhetherMeant, listNearWords } from './near-words.ts';

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
 * Parses a command's options, strictly: an option that there is not, and one with an empty value, are refused.
 *
 * @throws {SetupError} that names the option at fault, and one that may have been meant
 */
export function parseOptions<const Options extends NonNullable<ParseArgsConfig['options']>>(
  args: string[],
  options: Options,
): ReturnType<typeof parseArgs<{ args: string[]; options: Options; strict: true }>>['values'] {
  const values = parseStrictly(args, options);
  // CI passes nothing for a variable that is not set.
  const empty = Object.entries(values).find(([, value]) => [value].flat().includes(''));
  if (empty !== undefined) {
    throw new SetupError(`Option '--${empty[0]}' is empty, expected a value. Try --help.`);
  }
  return values;
}

function parseStrictly<const Options extends NonNullable<ParseArgsConfig['options']>>(
  args: string[],
  options: Options,
): ReturnType<typeof parseArgs<{ args: string[]; options: Options; strict: true }>>['values'] {
  try {
    return parseArgs({ args, options, strict: true, allowPositionals: false }).values;
  } catch (cause) {
    const [sentence = ''] = (cause as Error).message.split('. ');
    const [, unknown = ''] = /^Unknown option '--([^']+)'/.exec(sentence) ?? [];
    const near = listNearWords(unknown, Object.keys(options)).map((name) => `--${name}`);
    throw new SetupError(`${sentence}.${askWhetherMeant(near)} Try --help.`, { cause });
  }
}
