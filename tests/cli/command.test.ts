import { describe, expect, it } from 'vitest';
import { defineCommand, parseOptions, SetupError } from '../../scripts/cli/command.ts';

const options = {
  port: { type: 'string', value: 'N', default: '4010', help: 'the port' },
  pact: { type: 'string', value: 'FILE', help: 'the pact' },
  state: { type: 'string', value: 'NAME', multiple: true, help: 'a provider state' },
  'dry-run': { type: 'boolean', help: 'send nothing' },
} as const;

describe('parseOptions', () => {
  it('returns the values of options', () => {
    const args = ['--port', '0', '--state', 'a', '--state=b', '--dry-run'];
    expect(parseOptions(args, options)).toEqual({ port: '0', state: ['a', 'b'], 'dry-run': true });
    expect(parseOptions([], options)).toEqual({ port: '4010', 'dry-run': false });
  });

  it.each([
    ['--prot', 'Did you mean --port? '],
    ['--pacts', 'Did you mean --pact? '],
    ['--dryrun', 'Did you mean --dry-run? '],
    ['--nonsense', ''],
    ['-p', ''],
  ])('refuses %s, and suggests what may have been meant', (option, question) => {
    expect(() => parseOptions([option], options)).toThrow(
      new SetupError(`Unknown option '${option}'. ${question}Try --help.`),
    );
  });

  it.each([[['--port', '']], [['--port=']], [['--state', 'a', '--state', '']]])(
    'refuses an option with an empty value: %j',
    (args) => {
      expect(() => parseOptions(args, options)).toThrow(
        /^Option '--\w+' is empty, expected a value\. Try --help\.$/,
      );
    },
  );

  it('refuses an argument that belongs to no option', () => {
    expect(() => parseOptions(['a.json'], options)).toThrow(
      new SetupError("Unexpected argument 'a.json'. Try --help."),
    );
  });

  it('takes a short name, and turns off what is on', () => {
    const table = {
      port: { type: 'string', short: 'p', value: 'N', help: 'the port' },
      dynamic: { type: 'boolean', short: 'd', help: 'make values up' },
      cors: { type: 'boolean', default: true, help: 'send no CORS headers' },
    } as const;
    expect(parseOptions(['-p', '0', '-d', '--no-cors'], table)).toEqual({
      port: '0',
      dynamic: true,
      cors: false,
    });
    expect(parseOptions([], table)).toEqual({ dynamic: false, cors: true });
    expect(() => parseOptions(['-x'], table)).toThrow(SetupError);
    const { formatUsage } = defineCommand({
      name: 'serve',
      description: 'Serves.',
      options: table,
      exitCodes: { 0: 'stopped', 2: 'wrong usage' },
      run: async () => 0,
    });
    expect(formatUsage('kit')).toMatch(/-p, --port N +the port\n +-d, --dynamic +make.*\n +--no-cors +send/);
  });

  it('returns all arguments of a command that takes several', () => {
    const place = { type: 'argument', value: 'PLACE', multiple: true, help: 'a place' } as const;
    const table = { place, ...options } as const;
    expect(parseOptions(['a.json', 'b/'], table).place).toEqual(['a.json', 'b/']);
    expect(parseOptions([], table).place).toBeUndefined();
  });

  it('returns the one argument of a command that takes one', () => {
    const table = { code: { type: 'argument', value: 'CODE', help: 'a code' }, ...options } as const;
    expect(parseOptions(['--dry-run', 'a.b'], table)).toMatchObject({ code: 'a.b', 'dry-run': true });
    expect(parseOptions([], table).code).toBeUndefined();
    expect(() => parseOptions(['a.b', 'c.d'], table)).toThrow(
      new SetupError("Unexpected argument 'c.d'. Try --help."),
    );
  });
});

describe('defineCommand', () => {
  const command = defineCommand({
    name: 'replay',
    synopsis: ['--pact FILE [options]', '--all'],
    description: 'Replays a pact.',
    options: {
      ...options,
      long: {
        type: 'string',
        value: 'WORDS',
        group: 'More',
        help: 'a text that does not fit into the columns of one line of a terminal, and goes on below itself',
      },
    },
    environment: { intro: 'Environment:', variables: { TOKEN: 'a token', OTHER_TOKEN: 'another token' } },
    notes: 'A note.',
    exitCodes: { 0: 'clean', 1: 'findings', 2: 'wrong usage' },
    run: async ({ port, state }, { stdout }) => {
      stdout(`${port} ${state?.join()}`);
      return 1;
    },
  });

  it('writes the text of --help from the table of options', () => {
    expect(command.formatUsage('contract-kit')).toBe(`Usage: contract-kit replay --pact FILE [options]
       contract-kit replay --all

Replays a pact.

Options:
  --port N      the port (default 4010)
  --pact FILE   the pact
  --state NAME  a provider state (repeatable)
  --dry-run     send nothing

More:
  --long WORDS  a text that does not fit into the columns of one line of a terminal, and goes on
                below itself

Environment:
  TOKEN        a token
  OTHER_TOKEN  another token

A note.

Exit codes:
  0  clean
  1  findings
  2  wrong usage`);
  });

  it('runs with the values of the options that were passed', async () => {
    const lines: string[] = [];
    const context = { stdout: (line: string) => lines.push(line), stderr: () => {}, env: {} };
    expect(await command.run(['--state', 'a', '--state', 'b'], context)).toBe(1);
    expect(lines).toEqual(['4010 a,b']);
  });
});
