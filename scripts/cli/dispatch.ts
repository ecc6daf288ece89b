import { type Command, type ExitCode, formatRows, SetupError } from './command.ts';
import { loadProject, type Project } from './config.ts';
import { createOutput } from './output.ts';
import { askWhetherMeant, listNearWords } from './suggestion.ts';
import { readManifest } from './toolkit.ts';

/** What the module of a command exports. */
export interface CommandModule {
  command: Command;
  /** Returns the lines that `--help` adds about the project of the working directory. Default: none. */
  describeProject?: (project: Project) => string[];
}

/** A command that is loaded only when it runs. */
export interface CommandEntry {
  /** One line, lower case. */
  summary: string;
  /** Loads the definition, and no more: help has to be fast. */
  load: () => Promise<CommandModule>;
}

type Commands = Readonly<Record<string, CommandEntry>>;

// Once the reader of a pipe has gone, as in `mock | head -1`, what is printed is lost, and no more than that: the command
// serves on, or writes its reports, and its exit code stays its own.
function reportLoss({ code, message }: NodeJS.ErrnoException): void {
  if (code !== 'EPIPE' && !process.listeners('exit').includes(failAtExit)) {
    console.error(`Cannot write to standard output: ${message}. Make room, or print to another place.`);
    process.once('exit', failAtExit);
  }
}

function failAtExit(): void {
  process.exitCode = 2;
}

function ignoreLoss(): void {
  // There is no place left to tell it at.
}

function outliveReaders(): void {
  process.stdout.off('error', reportLoss).on('error', reportLoss);
  process.stderr.off('error', ignoreLoss).on('error', ignoreLoss);
}

/**
 * Runs the command that the first argument names, with the other arguments, and resolves to its exit code. Prints
 * errors to stderr, a `SetupError` without a stack trace.
 *
 * @param program what people type before the command
 */
export async function dispatch(
  program: string,
  commands: Commands,
  args: readonly string[],
): Promise<ExitCode> {
  outliveReaders();
  try {
    return await run(program, commands, args);
  } catch (error) {
    console.error(error instanceof SetupError ? error.message : error);
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
      isGeneral
        ? formatUsage(program, commands)
        : await formatHelp(program, await loadCommand(program, commands, named)),
    );
    return 0;
  }
  const loaded = await loadCommand(program, commands, name);
  if (args.some(isHelpOption)) {
    console.log(await formatHelp(program, loaded));
    return 0;
  }
  const { erase, ...output } = createOutput(process.stderr);
  const useColors = process.stdout.isTTY === true && process.stdout.hasColors();
  try {
    return await loaded.command.run(args, { ...output, env: process.env, useColors });
  } finally {
    erase();
  }
}

function isHelpOption(word: string): boolean {
  return word === '--help' || word === '-h';
}

async function loadCommand(program: string, commands: Commands, name: string): Promise<CommandModule> {
  const entry = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (entry !== undefined) {
    return entry.load();
  }
  const question = askWhetherMeant(listNearWords(name, Object.keys(commands)));
  throw new SetupError(
    `There is no command "${name}".` +
      (question === ''
        ? `\n\n${formatUsage(program, commands)}`
        : `${question} Run ${program} --help to list all commands.`),
  );
}

// The commands report a broken config. Help must work for the person who has to correct it.
async function formatHelp(program: string, { command, describeProject }: CommandModule): Promise<string> {
  const usage = command.formatUsage(program);
  try {
    const project = describeProject && (await loadProject());
    const lines = project === undefined ? [] : (describeProject?.(project) ?? []);
    return [usage, ...(lines.length > 0 ? ['', ...lines] : [])].join('\n');
  } catch {
    return usage;
  }
}

function formatUsage(program: string, commands: Commands): string {
  return [
    `Usage: ${program} <command> [options]`,
    '',
    'Commands:',
    formatRows(Object.entries(commands).map(([name, { summary }]) => [name, summary])),
    '',
    'Options:',
    '  -h, --help     print this text or the options of a command',
    '  -v, --version  print the version',
  ].join('\n');
}
