import { type Command, type ExitCode, SetupError } from './command.ts';
import { askWhetherMeant, listNearWords } from './near-words.ts';
import { explainMissingPeer } from './peers.ts';
import { readManifest } from './toolkit.ts';

/** A command that is loaded only when it is run. */
export interface CommandEntry {
  /** One line, lower case. */
  summary: string;
  /** Loads the usage and what parses the options. None of the peers may be needed for that. */
  load: () => Promise<Command>;
  /** The packages that it needs of those which are left to whoever needs them. Default: none. */
  peers?: readonly string[];
}

type Commands = Readonly<Record<string, CommandEntry>>;

/**
 * Runs the command that the first argument names, with the rest of them, and resolves to its exit code. Prints what
 * goes wrong, without a stack trace where it is the caller's to fix.
 *
 * @param program what people type before the command
 */
export async function dispatch(
  program: string,
  commands: Commands,
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
  commands: Commands,
  [name, ...args]: readonly string[],
): Promise<ExitCode> {
  if (name === undefined) {
    console.error(formatUsage(program, commands));
    return 2;
  }
  if (name === '--version' || name === '-v') {
    console.log(readManifest().version);
    return 0;
  }
  if (name === 'help' || isHelpOption(name)) {
    const [named] = args;
    const isGeneral = named === undefined || isHelpOption(named);
    console.log(
      isGeneral ? formatUsage(program, commands) : (await loadCommand(program, commands, named)).usage,
    );
    return 0;
  }
  const command = await loadCommand(program, commands, name);
  if (args.some(isHelpOption)) {
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

function isHelpOption(word: string): boolean {
  return word === '--help' || word === '-h';
}

async function loadCommand(program: string, commands: Commands, name: string): Promise<Command> {
  const entry = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (entry !== undefined) {
    return entry.load();
  }
  const question = askWhetherMeant(listNearWords(name, Object.keys(commands)));
  throw new SetupError(
    `There is no command "${name}".` +
      (question === ''
        ? `\n\n${formatUsage(program, commands)}`
        : `${question} Run ${program} --help for all commands.`),
  );
}

function formatUsage(program: string, commands: Commands): string {
  return [
    `Usage: ${program} <command> [options]`,
    '',
    'Commands:',
    ...Object.entries(commands).map(([name, { summary }]) => `  ${name.padEnd(14)}${summary}`),
    '',
    'Options:',
    '  -h, --help     print this text, or the options of a command',
    '  -v, --version  print the version',
  ].join('\n');
}
