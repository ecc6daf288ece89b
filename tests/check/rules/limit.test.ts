import { describe, expect, it } from 'vitest';
import { checkInteractions } from '../../../scripts/check/rules/rules.ts';
import { runLimited } from '../../../scripts/openapi/time-limit.ts';
import { contextWith } from '../changed-pact.ts';

describe('runLimited', () => {
  it('gives what a function gives, and throws what it throws', () => {
    const error = new Error('no');
    expect(runLimited(() => 1)).toBe(1);
    expect(() =>
      runLimited(() => {
        throw error;
      }),
    ).toThrow(error);
  });

  it('interrupts a regular expression that backtracks without end, and runs the next function', () => {
    const text = 'x'.repeat(50);
    expect(() => runLimited(() => /^(x+x+)+y$/.test(text))).toThrow(
      expect.objectContaining({ code: 'ERR_SCRIPT_EXECUTION_TIMEOUT' }),
    );
    expect(runLimited(() => /^x+$/.test(text))).toBe(true);
  });
});

describe('checkInteractions', () => {
  it('finds an interaction that a check breaks down on by its place, and checks the others', async () => {
    const { spec, pacts } = await contextWith('a request for a media token', () => {});
    const findings = checkInteractions(spec, pacts, [
      [
        'pact.sends-invalid',
        ({ interaction: { description } }) => {
          if (description === 'a request for a media token') {
            throw new Error('it is odd.');
          }
          return [{ message: 'Checked.', pointer: '/request' }];
        },
      ],
    ]);
    const odd = findings.filter(({ code }) => code === 'pact.unchecked');
    expect(odd).toMatchObject([
      {
        message: '"a request for a media token" cannot be checked: it is odd.',
        at: { pointer: expect.stringMatching(/^#\/interactions\/\d+$/) },
      },
    ]);
    expect(findings.length - odd.length).toBe((pacts[0]?.pact.interactions.length ?? 0) - 1);
  });
});
