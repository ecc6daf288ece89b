import { describe, expect, it } from 'vitest';
import { clientAgainstMock } from '../../scripts/check/gates.ts';
import { contextWithSpec } from './changed-spec.ts';

const mediaToken = `                $ref: "#/components/schemas/MediaToken"
              examples:
                issued:
                  summary: A media token
                  x-provider-state: a customer is signed in
                  value:
                    jwt: media-token-1`;

describe('the client-against-mock gate', () => {
  it('finds nothing where the client is generated from the spec', async () => {
    expect(await clientAgainstMock.run(await contextWithSpec())).toEqual([]);
  });

  it('finds a status that the client was not generated with, at its line', async () => {
    const refusal = '        "400":\n          description: The exchange is refused.';
    const context = await contextWithSpec(refusal, refusal.replace('400', '403'));
    const findings = await clientAgainstMock.run(context);
    expect(findings).toMatchObject([{ code: 'client.misreads-mock', at: { line: expect.any(Number) } }]);
    expect(findings[0]?.message).toMatch(
      /^exchangeJwt 403: exchangeJwt: POST .*token=\*\*\*.* answered 403, which the spec does not document/,
    );
    expect(context.spec.locate('#/paths/~1api~1sys~1users~1exchange/post/responses/403')).toEqual(
      findings[0]?.at,
    );
  });

  it('finds a body that the client reads in another way', async () => {
    const context = await contextWithSpec(
      `            application/json:\n              schema:\n${mediaToken}`,
      `            text/plain:\n              schema:\n                type: string\n              examples:\n                issued:\n                  value: '"media-token-1"'`,
    );
    const findings = await clientAgainstMock.run(context);
    expect(findings.map(({ message }) => message)).toContain(
      'getMediaToken 200 issued: the client returned another body than the example.',
    );
  });

  it('finds a path parameter that the spec has no value for', async () => {
    const context = await contextWithSpec(
      '        - name: invoiceId\n          in: path',
      '        - name: invoice\n          in: query',
    );
    const findings = await clientAgainstMock.run(context);
    expect(findings.map(({ message }) => message)).toContain(
      'downloadInvoicePdf 200 pdf: invoiceId is missing or empty in GET /api/public/billing/invoices/{invoiceId}/pdf.',
    );
  });
});
