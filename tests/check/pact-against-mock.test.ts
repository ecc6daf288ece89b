import { describe, expect, it } from 'vitest';
import { pactAgainstMock } from '../../scripts/check/gates.ts';
import { contextWith } from './changed-pact.ts';

const oneTimeToken = 'a request for a one-time token';

describe('the pact-against-mock gate', () => {
  it('finds nothing in the committed pact', async () => {
    expect(await pactAgainstMock.run(await contextWith(oneTimeToken, () => {}))).toEqual([]);
  });

  it('finds a provider state that the spec does not name for the operation', async () => {
    const context = await contextWith(oneTimeToken, (interaction) => {
      interaction.providerStates = [{ name: 'a customer is asleep' }];
    });
    expect(await pactAgainstMock.run(context)).toEqual([
      {
        code: 'pact.unknown-state',
        severity: 'warning',
        message:
          `"${oneTimeToken}": found the provider state "a customer is asleep", expected one that the spec names for ` +
          'getOneTimeToken 200: "a customer is signed in", "one-time tokens fail under HTTP 200". Use one of them in ' +
          'the consumer test, set x-provider-state of an example to your state, in the spec or in an overlay, or map ' +
          'your state to one of the spec in `states` of contract.config.ts. Replayed with any example of the status.',
        at: expect.objectContaining({ pointer: expect.stringMatching(/^#\/interactions\/\d+$/) }),
      },
    ]);
  });

  it('finds an expectation that the example of the state does not meet', async () => {
    const context = await contextWith(oneTimeToken, (interaction) => {
      interaction.providerStates = [{ name: 'one-time tokens fail under HTTP 200' }];
    });
    const findings = await pactAgainstMock.run(context);
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({ code: 'pact.refused-by-mock', severity: 'error' });
    expect(findings[0]?.message).toMatch(
      /^"a request for a one-time token": .*\$\.WasSuccessful: Expected false/,
    );
  });

  it('finds a request that the mock refuses', async () => {
    const context = await contextWith(oneTimeToken, ({ request }) => {
      request.headers = {};
    });
    const findings = await pactAgainstMock.run(context);
    expect(findings.map(({ message }) => message)).toEqual([
      expect.stringContaining('expected 200 but was 401'),
    ]);
  });
});
