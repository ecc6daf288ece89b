import { describe, expect, it } from 'vitest';
import { pactAgainstSpec } from '../../scripts/check/gates.ts';
import { contextWith } from './changed-pact.ts';

describe('the pact-against-spec gate', () => {
  it('finds nothing in the committed pact', async () => {
    expect(await pactAgainstSpec.run(await contextWith('a request for a media token', () => {}))).toEqual([]);
  });

  it('finds a field of the wrong type, in the pact and in the spec', async () => {
    const context = await contextWith('a request for a media token', ({ response }) => {
      response.body.content.jwt = 5;
    });
    const [finding] = await pactAgainstSpec.run(context);
    expect(finding).toMatchObject({ code: 'pact.breaks-spec', severity: 'error' });
    expect(finding?.message).toMatch(
      /^"a request for a media token": .*\(response\.body\.incompatible, see openapi\/nexudus-auth\.yaml:\d+:\d+\)$/,
    );
    expect(finding?.at.pointer).toMatch(/^#\/interactions\/\d+\/response\/body/);
    expect(finding?.at.line).toBeGreaterThan(1);
  });

  it.each([
    [
      'a status that is not documented',
      'response.status.unknown',
      (interaction) => {
        interaction.response.status = 418;
      },
    ],
    [
      'a path that is not documented',
      'request.path-or-method.unknown',
      (interaction) => {
        interaction.request.path = '/api/nowhere';
      },
    ],
    [
      'a missing credential',
      'request.authorization.missing',
      (interaction) => {
        interaction.request.headers = {};
      },
    ],
    [
      'a query that is not documented, which the comparator only warns of',
      'request.query.unknown',
      (interaction) => {
        interaction.request.query = { x: ['1'] };
      },
    ],
  ] satisfies [string, string, Parameters<typeof contextWith>[1]][])(
    'finds %s',
    async (_title, code, change) => {
      const findings = await pactAgainstSpec.run(await contextWith('a request for a media token', change));
      expect(findings.map(({ message }) => message).join('\n')).toContain(`(${code}`);
    },
  );
});
