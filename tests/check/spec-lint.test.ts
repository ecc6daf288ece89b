import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { specLint } from '../../scripts/check/gates.ts';
import { contextWithSpec } from './changed-spec.ts';

describe('the spec-lint gate', () => {
  it('finds nothing in the spec', async () => {
    expect(await specLint.run(await contextWithSpec())).toEqual([]);
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
      'a parameter without an example',
      '          examples:\n            media_token:\n              value: media-token-1\n',
      '',
      'values-have-examples',
    ],
    ['a form field that no example shows', '                  totp: "492039"\n', '', 'values-have-examples'],
    [
      'a header of a response without an example',
      '          examples:\n            invoices:\n              value: /user/invoices\n  schemas:',
      '  schemas:',
      'values-have-examples',
    ],
    [
      'a secret that is not marked',
      '          description: The media token.\n          type: string\n          format: password\n',
      '          description: The media token.\n          type: string\n',
      'secrets-are-marked',
    ],
    [
      'a path parameter that is not required',
      '          in: path\n          required: true\n',
      '          in: path\n          required: false\n',
      'path-parameters-are-required',
    ],
    [
      'a component that nothing uses',
      '  schemas:\n',
      '  schemas:\n    Unused:\n      description: Nobody refers to it.\n      type: string\n',
      'no-unused-components',
    ],
  ])('finds %s, with its line', async (_title, found, replacement, rule) => {
    const findings = await specLint.run(await contextWithSpec(found, replacement));
    expect(findings.map(({ message }) => /\(([^()]*)\)$/.exec(message)?.[1])).toContain(rule);
    for (const finding of findings) {
      expect(finding).toMatchObject({
        code: 'spec.lint',
        severity: 'error',
        at: { line: expect.any(Number) },
      });
    }
  });

  it('finds that what lies beside the spec is no YAML', async () => {
    const context = await contextWithSpec();
    const workflows = join(dirname(context.spec.file), 'nexudus-auth.arazzo.yaml');
    writeFileSync(workflows, 'arazzo: 1.0.1\ninfo: [\n');
    expect(await specLint.run(context)).toMatchObject([
      {
        code: 'spec.lint',
        message: expect.stringMatching(/^Not valid YAML: .+\.$/),
        at: { file: workflows, line: expect.any(Number) },
      },
    ]);
  });
});
