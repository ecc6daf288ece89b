import { type ParseArgsConfig, parseArgs } from 'node:util';
import { askWhetherMeant, listNearWords } from './suggestion.ts';

/** 0: clean. 1: findings. 2: wrong usage or a broken setup. */
export type ExitCode = 0 | 1 | 2;

/** What a command may touch of the process that runs it. Tests pass their own. */
export interface CommandContext {
  /** Results only. A line break is added. */
  stdout: (line: string) => void;
  /** Progress and errors. A line break is added. */
  stderr: (line: string) => void;
  env: Readonly<Record<string, string | undefined>>;
  /** Shows a line that the next line of any kind replaces. Missing where stderr is not a terminal. */
  progress?: (line: string) => void;
  /** Whether stdout is a terminal that shows colours, and NO_COLOR is not set. Default: false. */
  useColors?: boolean;
}

/** An option of a command. `help` starts in lower case and has no full stop. */
export type Option = {
  /** One line for `--help`. The default is added to it. */
  help: string;
  /** The heading above the option in `--help`. Default: "Options", or "Argument". */
  group?: string;
  /** One letter, by which it can be given, too. */
  short?: string;
} /** Off unless it is given. With `default: true` it is on, and `--no-NAME` turns it off. */ & (
  | { type: 'boolean'; default?: true }
  /** A word without `--`, the only one that the command takes, or one of several. */
  | { type: 'argument'; value: string; multiple?: boolean }
  /** `value` is the placeholder in `--help`, such as FILE. */
  | { type: 'string'; value: string; default?: string; multiple?: boolean }
);

/** The options of a command by name, in the order of `--help`. */
export type OptionTable = Readonly<Record<string, Option>>;

/** The values of a table of options. An option that is not given is `false` or `undefined`. */
export type OptionValues<Options extends OptionTable> = {
  [Name in keyof Options]: Options[Name] extends { type: 'boolean' }
    ? boolean
    : Options[Name] extends { multiple: true }
      ? string[] | undefined
      : Options[Name] extends { default: string }
        ? string
        : string | undefined;
};

/** What `--help` prints of a command. */
export interface CommandHelp<Options extends OptionTable = OptionTable> {
  name: string;
  /** What follows the name, one line for each way to call the command. Default: nothing. */
  synopsis?: readonly string[];
  description: string;
  /** Default: none. */
  options?: Options;
  /** The environment variables that it reads, and a sentence before them. Default: none. */
  environment?: { intro: string; variables: Readonly<Record<string, string>> };
  /** Text that comes after the options. Default: none. */
  notes?: string;
  exitCodes: Readonly<{ 0: string; 1?: string; 2: string }>;
}

/** A command: `--help`, the parser and the types of the options come from it. */
export interface CommandDefinition<Options extends OptionTable> extends CommandHelp<Options> {
  /**
   * Runs the command. Loads what does the work only when it is called, so that `--help` needs no other package.
   *
   * @throws {SetupError} for wrong usage or a broken setup
   */
  run: (options: OptionValues<Options>, context: CommandContext) => Promise<ExitCode>;
}

/** A command, as `dispatch` runs it. */
export interface Command {
  /** What `formatUsage` renders, as data. */
  help: CommandHelp;
  /**
   * Returns the text of `--help`.
   *
   * @param program what people type before the name of the command
   */
  formatUsage: (program: string) => string;
  /**
   * Runs the command and resolves to its exit code.
   *
   * @throws {SetupError} for wrong usage or a broken setup; the CLI prints it and exits with 2
   */
  run: (args: readonly string[], context: CommandContext) => Promise<ExitCode>;
}

/**
 * Creates a command from its definition.
 */
export function defineCommand<const Options extends OptionTable = Record<never, never>>(
  definition: CommandDefinition<Options>,
): Command {
  const options = definition.options ?? ({} as Options);
  return {
    help: definition,
    formatUsage: (program) => formatUsage(program, definition),
    run: async (args, context) => definition.run(parseOptions(args, options), context),
  };
}

/** Wrong usage or a broken setup: printed without a stack trace, exit code 2. */
export class SetupError extends Error {
  override readonly name = 'SetupError';
}

/**
 * Parses the options of a command. Refuses an unknown option, an empty value and an argument too many.
 *
 * @throws {SetupError} that names the option at fault, and the option that you may have meant
 */
export function parseOptions<const Options extends OptionTable>(
  args: readonly string[],
  options: Options,
): OptionValues<Options> {
  const { values, positionals } = parseStrictly(args, options);
  const [argument] = Object.entries(options).flatMap(([name, option]) =>
    option.type === 'argument' ? [{ name, multiple: option.multiple ?? false }] : [],
  );
  const unexpected = argument?.multiple ? undefined : positionals[argument === undefined ? 0 : 1];
  if (unexpected !== undefined) {
    throw new SetupError(`Unexpected argument '${unexpected}'. Try --help.`);
  }
  // CI passes nothing for a variable that is not set.
  const empty = Object.entries(values).find(([, value]) => [value].flat().includes(''));
  if (empty !== undefined) {
    throw new SetupError(`Option '--${empty[0]}' is empty, expected a value. Try --help.`);
  }
  // The table says which values there are, and parseArgs keeps to it.
  const several = positionals.length === 0 ? undefined : positionals;
  return (
    argument === undefined
      ? values
      : { ...values, [argument.name]: argument.multiple ? several : positionals[0] }
  ) as OptionValues<Options>;
}

type Parsed = ReturnType<
  typeof parseArgs<{ options: NonNullable<ParseArgsConfig['options']>; allowPositionals: true }>
>;

function parseStrictly(args: readonly string[], table: OptionTable): Parsed {
  const options = Object.fromEntries(Object.entries(table).flatMap(toParseArgs));
  try {
    return parseArgs({ args: [...args], options, strict: true, allowPositionals: true, allowNegative: true });
  } catch (cause) {
    const [sentence = ''] = (cause as Error).message.split('. ');
    const [, unknown = ''] = /^Unknown option '--([^']+)'/.exec(sentence) ?? [];
    const near = listNearWords(unknown, Object.keys(options)).map((name) => `--${name}`);
    throw new SetupError(`${sentence}.${askWhetherMeant(near)} Try --help.`, { cause });
  }
}

function toParseArgs([name, option]: [string, Option]): [string, ParseArgsOption][] {
  if (option.type === 'argument') {
    return [];
  }
  const { type, short } = option;
  const named = short === undefined ? {} : { short };
  if (type === 'boolean') {
    return [[name, { type, default: option.default ?? false, ...named }]];
  }
  const { multiple = false, default: fallback } = option;
  return [[name, { type, multiple, ...named, ...(fallback === undefined ? {} : { default: fallback }) }]];
}

type ParseArgsOption = NonNullable<ParseArgsConfig['options']>[string];

function formatUsage(
  program: string,
  {
    name,
    synopsis = [''],
    description,
    options = {},
    environment,
    notes,
    exitCodes,
  }: CommandHelp<OptionTable>,
): string {
  const calls = synopsis.map((rest) => `${program} ${name} ${rest}`.trimEnd());
  const groups = Map.groupBy(
    Object.entries(options),
    ([, { type, group = type === 'argument' ? 'Argument' : 'Options' }]) => group,
  );
  return [
    `Usage: ${calls.join('\n       ')}`,
    description,
    ...[...groups].map(([group, rows]) => `${group}:\n${formatRows(rows.map(describeOption))}`),
    ...(environment === undefined
      ? []
      : [`${environment.intro}\n${formatRows(Object.entries(environment.variables))}`]),
    ...(notes === undefined ? [] : [notes]),
    `Exit codes:\n${formatRows(Object.entries(exitCodes))}`,
  ].join('\n\n');
}

function describeOption([name, option]: [string, Option]): [string, string] {
  if (option.type === 'argument') {
    return [option.value, option.help];
  }
  const short = option.short === undefined ? '' : `-${option.short}, `;
  if (option.type === 'boolean') {
    return [`${short}--${option.default === true ? 'no-' : ''}${name}`, option.help];
  }
  const repeatable = option.multiple === true ? ' (repeatable)' : '';
  const fallback = option.default === undefined ? '' : ` (default ${option.default})`;
  return [`${short}--${name} ${option.value}`, `${option.help}${repeatable}${fallback}`];
}

const helpColumns = 100;

/** Renders terms and their meanings in two columns, and wraps the second one. */
export function formatRows(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([term]) => term.length)) + 4;
  return rows.map(([term, text]) => `  ${term}`.padEnd(width) + wrap(text, width)).join('\n');
}

function wrap(text: string, indent: number): string {
  const lines = [''];
  for (const word of text.split(' ')) {
    const line = lines.at(-1) ?? '';
    if (indent + line.length + word.length < helpColumns || line === '') {
      lines.splice(-1, 1, line === '' ? word : `${line} ${word}`);
    } else {
      lines.push(word);
    }
  }
  return lines.join(`\n${' '.repeat(indent)}`);
}
