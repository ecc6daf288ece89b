import { Matchers } from '@pact-foundation/pact';
import { describe, expect, it } from 'vitest';
import { createNexudusAuthUrls } from '../src/index.ts';
import { navigate } from './setup/navigate.ts';
import { nonEmpty, portal, type RequestBuilder, redirectTarget, uriReference } from './setup/portal.ts';

const withOneTimeToken = (request: RequestBuilder): void => {
  request.query({
    server: Matchers.regex('^true$', 'true'),
    t: nonEmpty('one-time-token-1'),
    redirectUrl: redirectTarget('/user/invoices'),
  });
};

const urlOn = (url: string): string =>
  createNexudusAuthUrls({ baseUrl: url, portalUrl: 'https://portal.your-space.com' }).redirectToServerPage({
    t: 'one-time-token-1',
    redirectUrl: '/user/invoices',
  });

describe('redirectToServerPage', () => {
  it('pins the URL letter for letter', () => {
    expect(urlOn('https://your-space.spaces.nexudus.com')).toBe(
      'https://your-space.spaces.nexudus.com/user/login?server=true&t=one-time-token-1&redirectUrl=%2Fuser%2Finvoices',
    );
  });

  it('signs the browser in and sends it on to the target', () =>
    portal
      .addInteraction()
      .given('a one-time token is issued')
      .uponReceiving('a browser on its way to a server-rendered page')
      .withRequest('GET', '/user/login', withOneTimeToken)
      .willRespondWith(302, (response) => {
        response.headers({ Location: uriReference('/user/invoices') });
      })
      .executeTest(async ({ url }) => {
        const response = await navigate(urlOn(url));
        expect(response.status).toBe(302);
        expect(response.headers.get('Location')).toBe('/user/invoices');
      }));

  it('is refused with a one-time token that is used', () =>
    portal
      .addInteraction()
      .given('the one-time token is used')
      .uponReceiving('a browser on its way to a server-rendered page with a used token')
      .withRequest('GET', '/user/login', withOneTimeToken)
      .willRespondWith(401)
      .executeTest(async ({ url }) => {
        expect((await navigate(urlOn(url))).status).toBe(401);
      }));
});
