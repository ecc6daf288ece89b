import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { specLint } from '../../scripts/check/gates/spec-lint.ts';
import { readPact } from '../../scripts/pact/read-pact.ts';
import { readSpec } from '../../scripts/spec/read-spec.ts';

const folder = mkdtempSync(join(tmpdir(), 'spec-lint-'));
const source = readFileSync('openapi/nexudus-auth.yaml', 'utf8');
const { document: pact } = readPact('contracts/pacts/nexudus-portal-nexudus-api.json');

afterAll(() => rmSync(folder, { recursive: true }));

/** Lints the spec with one passage replaced, and gives `rule at line` for each finding. */
async function lintWith(found: string, replacement: string) {
  expect(source).toContain(found);
  const file = join(folder, 'spec.yaml');
  writeFileSync(file, source.replace(found, replacement));
  const { spec } = await readSpec(file);
  if (spec === undefined || pact === undefined) {
    return expect.fail('the changed spec cannot be read');
  }
  return specLint.run({ spec, pact });
}

describe('the spec-lint gate', () => {
  it('finds nothing in the spec', async () => {
    expect(await lintWith('openapi: 3.1.0', 'openapi: 3.1.0')).toEqual([]);
  });

  it.each([
    [
      'an example that breaks its schema',
      'expires_in: 86400',
      'expires_in: soon',
      'no-invalid-media-type-examples',
    ],
    [
      'an example with a field of no schema',
      'jwt: media-token-1',
      'jwt: media-token-1\n                    ttl: 60',
      'no-invalid-media-type-examples',
    ],
    ['an operation without a security', '      security: []\n', '', 'rule/operation-states-security'],
    ['an operation without evidence', '      x-evidence: brief\n', '', 'rule/operation-states-evidence'],
    [
      'an evidence that is no word of ours',
      'x-evidence: brief',
      'x-evidence: hearsay',
      'rule/evidence-words',
    ],
    [
      'a page of evidence that is missing',
      'x-evidence: docs api/endpoints/auth/get-token',
      'x-evidence: docs',
      'rule/evidence-words',
    ],
    [
      'an operationId that is not in camelCase',
      'operationId: getMediaToken',
      'operationId: GetMediaToken',
      'rule/operation-id-camel-case',
    ],
    [
      'a summary with a full stop',
      'summary: Get a media token',
      'summary: Get a media token.',
      'rule/operation-summary-sentence',
    ],
    [
      'an operation with two tags',
      'tags: [Protected media]',
      'tags: [Protected media, Bearer tokens]',
      'operation-singular-tag',
    ],
    ['an example that is not named in snake_case', 'signed_in:', 'signedIn:', 'rule/example-names'],
    [
      'an example without a provider state',
      '                  x-provider-state: a session can be refreshed\n',
      '',
      'rule/response-example-state',
    ],
    [
      'a schema that does not say what is required',
      '      required: [jwt]\n',
      '',
      'rule/required-is-written',
    ],
    ['a pattern with a lookahead', "'^/([^/", "'^/(?!/)([^/", 'rule/pattern-is-plain'],
    [
      'a discriminator without a mapping',
      `      oneOf:\n        - $ref: "#/components/schemas/PasswordGrant"`,
      `      discriminator:\n        propertyName: grant_type\n      oneOf:\n        - $ref: "#/components/schemas/PasswordGrant"`,
      'rule/discriminator-has-mapping',
    ],
    [
      'an operation without a success',
      `        "302":\n          $ref: "#/components/responses/SignedInRedirect"\n`,
      '',
      'rule/operation-success-response',
    ],
    [
      'a component that nothing uses',
      '  schemas:\n',
      '  schemas:\n    Unused:\n      description: Nobody refers to it.\n      type: string\n',
      'no-unused-components',
    ],
  ])('finds %s, with its line', async (_title, found, replacement, rule) => {
    const findings = await lintWith(found, replacement);
    expect(findings.map(({ message }) => /\(([^()]*)\)$/.exec(message)?.[1])).toContain(rule);
    for (const finding of findings) {
      expect(finding).toMatchObject({
        code: 'spec.lint',
        severity: 'error',
        at: { line: expect.any(Number) },
      });
    }
  });
});
