import { type Command, type ExitCode, SetupError } from './command.ts';
import { explainMissingPeer } from './peers.ts';

/** A command that is loaded only when it is run. */
export interface CommandEntry {
  /** One line, lower case. */
  summary: string;
  load: () => Promise<Command>;
  /** The packages that it needs of those which are left to whoever needs them. Default: none. */
  peers?: readonly string[];
}

/**
 * Runs the command that the first argument names, with the rest of them, and resolves to its exit code. Prints what
 * goes wrong, without a stack trace where it is the caller's to mend.
 *
 * @param program what people type before the command
 */
export async function dispatch(
  program: string,
  commands: Readonly<Record<string, CommandEntry>>,
  args: readonly string[],
): Promise<ExitCode> {
  try {
    return await run(program, commands, args);
  } catch (error) {
    const peers = commands[args[0] ?? '']?.peers ?? [];
    const explained = explainMissingPeer(error, peers) ?? error;
    console.error(explained instanceof SetupError ? explained.message : explained);
    return 2;
  }
}

async function run(
  program: string,
  commands: Readonly<Record<string, CommandEntry>>,
  [name, ...args]: readonly string[],
): Promise<ExitCode> {
  const usage = formatUsage(program, commands);
  if (name === undefined || name === '--help' || name === '-h') {
    (name === undefined ? console.error : console.log)(usage);
    return name === undefined ? 2 : 0;
  }
  const entry = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (entry === undefined) {
    throw new SetupError(`There is no command "${name}".\n\n${usage}`);
  }
  const command = await entry.load();
  if (args.includes('--help') || args.includes('-h')) {
    console.log(command.usage);
    return 0;
  }
  return command.run(args, {
    stdout: (line) => console.log(line),
    stderr: (line) => console.error(line),
    env: process.env,
    useColors: process.stdout.isTTY === true && process.stdout.hasColors(),
  });
}

function formatUsage(program: string, commands: Readonly<Record<string, CommandEntry>>): string {
  return [
    `Usage: ${program} <command> [options]`,
    '',
    'Commands:',
    ...Object.entries(commands).map(([name, { summary }]) => `  ${name.padEnd(14)}${summary}`),
    '',
    'Each command explains itself with --help.',
  ].join('\n');
}
