import { describe, expect, it } from 'vitest';
import { SetupError } from '../../scripts/cli/command.ts';
import { findingCodes } from '../../scripts/cli/finding.ts';
import { command } from '../../scripts/explain/command.ts';

const explain = async (...args: string[]): Promise<{ exitCode: number; lines: string[] }> => {
  const printed: string[] = [];
  const exitCode = await command.run(args, {
    stdout: (line) => printed.push(line),
    stderr: (line) => expect.fail(`Nothing is expected on standard error, found: ${line}`),
    env: {},
  });
  return { exitCode, lines: printed.join('\n').split('\n') };
};

describe('explain', () => {
  it('lists all codes, each with its title', async () => {
    const { exitCode, lines } = await explain();
    expect(exitCode).toBe(0);
    expect(lines.map((line) => line.split(' ')[0])).toEqual([...findingCodes]);
    expect(lines).toContain(
      'pact.stale               The committed pact differs from the pact that the consumer tests write.',
    );
  });

  it('prints the page of a code', async () => {
    const { exitCode, lines } = await explain('pact.stale');
    expect(exitCode).toBe(0);
    expect(lines.slice(0, 3)).toEqual([
      '# pact.stale',
      '',
      'The committed pact differs from the pact that the consumer tests write.',
    ]);
    expect(lines).toContain('## How to fix it');
  });

  it.each([
    ['stale', 'There is no code "stale". Did you mean generated.stale or pact.stale? '],
    ['SPEC.LINT', 'There is no code "SPEC.LINT". Did you mean spec.lint? '],
    ['source type', 'There is no code "source type". Did you mean source.type? '],
    ['pakt.stael', 'There is no code "pakt.stael". Did you mean pact.stale? '],
    ['nonsense', 'There is no code "nonsense". '],
    ['', 'There is no code "". '],
  ])('refuses the code "%s" and names near ones', async (code, message) => {
    await expect(explain(code)).rejects.toThrow(
      new SetupError(`${message}Run npx contract-kit explain to list all codes.`),
    );
  });

  it('refuses more than one code, and options that it does not have', async () => {
    await expect(explain('spec.lint', 'pact.stale')).rejects.toThrow(
      new SetupError("Unexpected argument 'pact.stale'. Try --help."),
    );
    await expect(explain('--nonsense')).rejects.toThrow(
      new SetupError("Unknown option '--nonsense'. Try --help."),
    );
  });
});
