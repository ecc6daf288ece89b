import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { pactCoverage } from '../../scripts/check/gates.ts';
import { makePact, makeSpec } from '../verify/make-documents.ts';
import { contextWith } from './changed-pact.ts';
import { contextWithSpec } from './changed-spec.ts';
import { openTestContext } from './open-test-context.ts';

const invoice = 'a browser that opens an invoice with an expired media token';

describe('the pact-coverage gate', () => {
  it('finds an answer whose interaction has a path that the spec has not, and says that it cannot check that', async () => {
    const context = await contextWith(invoice, ({ request }) => {
      request.path = '/api/public/billing/invoices/pdf';
    });
    expect((await pactCoverage.run(context)).map(({ code }) => code)).toEqual([
      'pact.misses-answer',
      'pact.unchecked',
    ]);
  });

  it('finds nothing where each answer of the spec has its interaction', async () => {
    expect(await pactCoverage.run(await contextWith(invoice, () => {}))).toEqual([]);
  });

  it.each([
    [
      'another status',
      ({ response }) => {
        response.status = 403;
      },
    ],
    [
      'another state',
      (interaction) => {
        interaction.providerStates = [{ name: 'the moon is full' }];
      },
    ],
  ] satisfies [string, Parameters<typeof contextWith>[1]][])(
    'finds an answer whose interaction has %s',
    async (_title, change) => {
      expect(await pactCoverage.run(await contextWith(invoice, change))).toMatchObject([
        {
          code: 'pact.misses-answer',
          message:
            'downloadInvoicePdf 401: no interaction expects this response in the state "the media token is expired". Add one to the consumer tests.',
          at: { file: 'openapi/nexudus-auth.yaml', line: expect.any(Number) },
        },
      ]);
    },
  );

  it('finds a named example that is new', async () => {
    const example = '                issued:\n                  summary: A media token\n';
    const another =
      '                renewed:\n                  x-provider-state: a media token is renewed\n                  value:\n                    jwt: media-token-2\n';
    const findings = await pactCoverage.run(await contextWithSpec(example, another + example));
    expect(findings.map(({ message }) => message)).toEqual([
      'getMediaToken 200 renewed: no interaction expects this response in the state "a media token is renewed". Add one to the consumer tests.',
    ]);
  });

  it.each([
    [
      'a pattern',
      '          pattern: ^[0-9]{6}$\n',
      'The spec allows "" as the field totp, but the pact\'s matching rule rejects it.',
    ],
    ['a format', '          format: email\n', 'The spec allows "" as the field username, but'],
    ['a constant', '          const: password\n', 'The spec allows "" as the field grant_type, but'],
    [
      'a constant of the query',
      '            const: true\n',
      'The spec allows "false" as the query parameter server, but',
    ],
    [
      'the length of a header',
      '            minLength: 1\n          examples:\n            portal:',
      'The spec allows "" as the header client_id, but',
    ],
  ])('finds that %s was dropped in the spec, which the pact still pins', async (_title, found, message) => {
    const replacement = found.includes('portal:') ? '          examples:\n            portal:' : '';
    const findings = await pactCoverage.run(await contextWithSpec(found, replacement));
    expect(findings.map((finding) => finding.message).join('\n')).toContain(message);
    expect(new Set(findings.map(({ code }) => code))).toEqual(new Set(['spec.looser-than-pact']));
  });

  it.each([
    [
      'a query parameter',
      '          required: true\n          description: The one-time JWT.',
      '          required: false\n          description: The one-time JWT.',
      'The spec allows the request without token, but every interaction sends it.',
    ],
    [
      'a form field',
      'required: [grant_type, refresh_token]',
      'required: [grant_type]',
      'The spec allows the request without refresh_token, but every interaction sends it.',
    ],
  ])(
    'finds that %s is no longer required, which no interaction leaves out',
    async (_title, found, replacement, message) => {
      const findings = await pactCoverage.run(await contextWithSpec(found, replacement));
      expect(
        findings
          .filter(({ code }) => code === 'spec.looser-than-pact')
          .map((finding) => finding.message)
          .join('\n'),
      ).toContain(message);
    },
  );

  it('finds a body whose fields no example shows together', async () => {
    const example =
      / {14}password:\n {16}summary: Sign in with a password\n(?: {16,}.*\n)+?(?= {14}password_with_totp)/;
    const source = readFileSync('openapi/nexudus-auth.yaml', 'utf8');
    const [found = ''] = example.exec(source) ?? [];
    const findings = await pactCoverage.run(await contextWithSpec(found));
    expect(findings[0]).toMatchObject({
      code: 'spec.lacks-example',
      message: expect.stringContaining(
        'No example of the spec has a body with exactly the fields grant_type, password, username.',
      ),
      at: { line: expect.any(Number) },
    });
  });

  it.each([
    ['the example of the body', { example: { train: 'Rapide' } }, []],
    ['the example of its schema', { schema: { example: { train: 'Rapide' } } }, []],
    ['neither', { schema: { type: 'object' } }, ['spec.lacks-example']],
  ])('looks at the fields of %s', async (_title, media, found) => {
    const requestBody = { content: { 'application/json': media } };
    const spec = await makeSpec({
      '/tickets': { post: { requestBody, responses: { 204: { description: '' } } } },
    });
    const pact = makePact('4.0', [
      {
        type: 'Synchronous/HTTP',
        description: 'a ticket',
        request: {
          method: 'POST',
          path: '/tickets',
          headers: { 'Content-Type': ['application/json'] },
          body: { content: { train: 'Express' }, contentType: 'application/json', encoded: false },
        },
        response: { status: 204 },
      },
    ]);
    const findings = await pactCoverage.run(openTestContext({ spec, pacts: [pact] }));
    const codes = findings.map(({ code }) => code);
    expect(codes.filter((code) => code === 'spec.lacks-example')).toEqual(found);
  });
});
