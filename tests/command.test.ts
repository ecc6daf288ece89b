import { describe, expect, it } from 'vitest';
import { parseOptions, SetupError } from '../scripts/command.ts';

const options = {
  port: { type: 'string' },
  pact: { type: 'string' },
  state: { type: 'string', multiple: true },
  'dry-run': { type: 'boolean' },
} as const;

describe('parseOptions', () => {
  it('returns the values of options', () => {
    const args = ['--port', '0', '--state', 'a', '--state=b', '--dry-run'];
    expect(parseOptions(args, options)).toEqual({ port: '0', state: ['a', 'b'], 'dry-run': true });
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
    expect(() => parseOptions(['a.json'], options)).toThrow(/^Unexpected argument 'a\.json'\. /);
  });
});
