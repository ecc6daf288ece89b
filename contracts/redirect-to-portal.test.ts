import { describe, expect, it } from 'vitest';
import { createNexudusAuthUrls } from '../src/index.ts';
import { navigate } from './setup/navigate.ts';
import { nonEmpty, portal, type RequestBuilder, redirectTarget, uriReference } from './setup/portal.ts';

const t = 'one-time-token-1';

const urlsOn = (portalUrl: string) =>
  createNexudusAuthUrls({ baseUrl: 'https://your-space.spaces.nexudus.com', portalUrl });

describe('redirectToPortal', () => {
  it('pins the URL letter for letter', () => {
    const urls = urlsOn('https://portal.your-space.com');
    expect(urls.redirectToPortal({ t })).toBe('https://portal.your-space.com/login?t=one-time-token-1');
    expect(urls.redirectToPortal({ t, redirectUrl: '/bookings' })).toBe(
      'https://portal.your-space.com/login?t=one-time-token-1&redirectUrl=%2Fbookings',
    );
  });

  it('signs the browser in after a check-out', () =>
    portal
      .addInteraction()
      .given('a one-time token is issued')
      .uponReceiving('a browser on its way to the portal')
      .withRequest('GET', '/login', (request: RequestBuilder) => {
        request.query({ t: nonEmpty(t) });
      })
      .willRespondWith(302, (response) => {
        response.headers({ Location: uriReference('/') });
      })
      .executeTest(async ({ url }) => {
        const response = await navigate(urlsOn(url).redirectToPortal({ t }));
        expect(response.status).toBe(302);
      }));

  it('signs the browser in and sends it on to a page of the portal', () =>
    portal
      .addInteraction()
      .given('a one-time token is issued')
      .uponReceiving('a browser on its way to a page of the portal')
      .withRequest('GET', '/login', (request: RequestBuilder) => {
        request.query({ t: nonEmpty(t), redirectUrl: redirectTarget('/bookings') });
      })
      .willRespondWith(302, (response) => {
        response.headers({ Location: uriReference('/bookings') });
      })
      .executeTest(async ({ url }) => {
        const response = await navigate(urlsOn(url).redirectToPortal({ t, redirectUrl: '/bookings' }));
        expect(response.status).toBe(302);
        expect(response.headers.get('Location')).toBe('/bookings');
      }));

  it('is refused with a one-time token that is used', () =>
    portal
      .addInteraction()
      .given('the one-time token is used')
      .uponReceiving('a browser on its way to the portal with a used token')
      .withRequest('GET', '/login', (request: RequestBuilder) => {
        request.query({ t: nonEmpty(t) });
      })
      .willRespondWith(401)
      .executeTest(async ({ url }) => {
        expect((await navigate(urlsOn(url).redirectToPortal({ t }))).status).toBe(401);
      }));
});
