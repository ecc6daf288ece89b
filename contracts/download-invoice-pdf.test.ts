import { Matchers } from '@pact-foundation/pact';
import { describe, expect, it } from 'vitest';
import { createNexudusAuthClient, createNexudusAuthUrls } from '../src/index.ts';
import { navigate } from './setup/navigate.ts';
import { nonEmpty, portal, type RequestBuilder } from './setup/portal.ts';

const path = Matchers.regex(
  '^/api/public/billing/invoices/[1-9][0-9]*/pdf$',
  '/api/public/billing/invoices/1024/pdf',
);
const values = { invoiceId: 1024, t: 'media-token-1' };

const withMediaToken = (request: RequestBuilder): void => {
  request.query({ t: nonEmpty('media-token-1') });
};

const urlOn = (baseUrl: string): string =>
  createNexudusAuthUrls({ baseUrl, portalUrl: 'https://portal.your-space.com' }).downloadInvoicePdf(values);

describe('downloadInvoicePdf', () => {
  it('pins the URL letter for letter', () => {
    expect(urlOn('https://your-space.spaces.nexudus.com')).toBe(
      'https://your-space.spaces.nexudus.com/api/public/billing/invoices/1024/pdf?t=media-token-1',
    );
  });

  it('opens the PDF with a media token', () =>
    portal
      .addInteraction()
      .given('the customer has the invoice 1024')
      .uponReceiving('a browser that opens an invoice')
      .withRequest('GET', path, withMediaToken)
      // The browser shows whatever comes as a PDF: of the answer, only its type is relied on.
      .willRespondWith(200, (response) => {
        response.headers({ 'Content-Type': 'application/pdf' });
      })
      .executeTest(async ({ url }) => {
        const response = await navigate(urlOn(url));
        expect(response.status).toBe(200);
        expect(response.headers.get('Content-Type')).toBe('application/pdf');
      }));

  it('downloads the PDF on a server, without a browser', () =>
    portal
      .addInteraction()
      .given('the customer has the invoice 1024')
      .uponReceiving('a server that downloads an invoice')
      .withRequest('GET', path, withMediaToken)
      .willRespondWith(200, (response) => {
        response.headers({ 'Content-Type': 'application/pdf' });
      })
      .executeTest(async ({ url }) => {
        const result = await createNexudusAuthClient({ baseUrl: url }).downloadInvoicePdf({
          path: { invoiceId: values.invoiceId },
          query: { t: values.t },
        });
        expect(result).toMatchObject({ status: 200, body: { type: 'application/pdf' } });
      }));

  it('is refused with a media token that is expired', () =>
    portal
      .addInteraction()
      .given('the media token is expired')
      .uponReceiving('a browser that opens an invoice with an expired media token')
      .withRequest('GET', path, withMediaToken)
      .willRespondWith(401)
      .executeTest(async ({ url }) => {
        expect((await navigate(urlOn(url))).status).toBe(401);
      }));
});
