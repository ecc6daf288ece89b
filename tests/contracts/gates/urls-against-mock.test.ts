import { describe, expect, it } from 'vitest';
import * as urlsAgainstMock from '../../../contracts/gates/urls-against-mock.ts';
import { contextWithSpec } from '../../check/changed-spec.ts';

const messagesWith = async (found?: string, replacement?: string): Promise<string[]> =>
  (await urlsAgainstMock.run(await contextWithSpec(found, replacement))).map(({ message }) => message);

describe('the urls-against-mock gate', () => {
  it('finds nothing where each built URL is answered', async () => {
    expect(await messagesWith()).toEqual([]);
  });

  it('finds a builder without an operation', async () => {
    expect(await messagesWith('operationId: redirectToPortal', 'operationId: openPortal')).toEqual([
      'redirectToPortal: there is a URL builder, but no operation of that name. Rename or remove the builder.',
    ]);
  });

  it('finds an example that the builder refuses', async () => {
    expect(await messagesWith('value: /bookings', 'value: //bookings')).toContainEqual(
      expect.stringContaining(
        'redirectToPortal 302: the builder refuses the examples of the spec: redirectUrl ',
      ),
    );
  });

  it('finds parameters in another order than the spec has them', async () => {
    const extra = `        - name: server\n          in: query`;
    const before = `        - name: page\n          in: query\n          required: false\n          description: A page.\n          schema:\n            type: string\n          examples:\n            one:\n              value: a\n`;
    expect(await messagesWith(extra, `${before}${extra}`)).toContain(
      'redirectToServerPage 302: the builder writes the parameters server, t, redirectUrl, expected page, server, t, redirectUrl.',
    );
  });

  it('finds a URL that the mock refuses', async () => {
    expect(
      await messagesWith(
        '  /api/public/billing/invoices/{invoiceId}/pdf',
        '  /api/public/bills/{invoiceId}/pdf',
      ),
    ).toEqual([
      'downloadInvoicePdf 200 pdf: the mock responds to the URL with 404, expected 200.',
      'downloadInvoicePdf 401: the mock responds to the URL with 404, expected 401.',
    ]);
  });
});
