import { describe, expect, it } from 'vitest';
import { pactRules } from '../../scripts/check/gates.ts';
import { contextWith } from './changed-pact.ts';
import { contextWithSpec } from './changed-spec.ts';

const signIn = 'a sign-in with a password';

describe('the pact-rules gate', () => {
  it('finds nothing in the committed pact', async () => {
    expect(await pactRules.run(await contextWith(signIn, () => {}))).toEqual([]);
  });

  it('gives a finding the place in the pact that a person opens', async () => {
    const context = await contextWith(signIn, ({ request }) => {
      request.headers['X-Trace'] = ['1'];
    });
    expect(await pactRules.run(context)).toEqual([
      {
        code: 'pact.sends-undocumented',
        severity: 'warning',
        message: `"${signIn}": Found the header x-trace, which the operation does not have.`,
        at: expect.objectContaining({
          line: expect.any(Number),
          pointer: expect.stringMatching(/^#\/interactions\/\d+\//),
        }),
      },
    ]);
  });

  it.each([
    [
      'a property is no longer required',
      '      required: [jwt]\n',
      '      required: []\n',
      'Relies on jwt, which',
    ],
    [
      'a constant becomes open',
      '          const: bearer\n',
      '',
      'Relies on token_type being "bearer", but the spec',
    ],
    [
      'a header is no longer required',
      '          required: true\n          description: The page',
      '          required: false\n          description: The page',
      'Relies on the header location, which the spec does not require.',
    ],
    [
      'a type becomes wider',
      '          description: The life of the bearer token, in seconds.\n          type: integer',
      '          description: The life of the bearer token, in seconds.\n          type: number',
      "The pact's matching rule for expires_in rejects 0.5, which",
    ],
    [
      'a known error code is dropped',
      '        - two_factor_auth_check\n        - must',
      '        - must',
      'Relies on error being "two_factor_auth_check", but the spec',
    ],
  ])('finds that %s in the spec', async (_title, found, replacement, message) => {
    const findings = await pactRules.run(await contextWithSpec(found, replacement));
    expect(findings.map((finding) => finding.message).join('\n')).toContain(message);
  });
});
