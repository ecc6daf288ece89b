import { describe, expect, it } from 'vitest';
import { createNexudusAuthClient } from '../src/index.ts';
import { nonEmpty, portal, withBearerToken } from './setup/portal.ts';

const path = '/api/auth/media/customer';
const bearerToken = 'access-token-1';

describe('getMediaToken', () => {
  it('gets a token that opens protected media', () =>
    portal
      .addInteraction()
      .given('a customer is signed in')
      .uponReceiving('a request for a media token')
      .withRequest('GET', path, withBearerToken)
      .willRespondWith(200, (response) => {
        response.jsonBody({ jwt: nonEmpty('media-token-1') });
      })
      .executeTest(async ({ url }) => {
        const result = await createNexudusAuthClient({ baseUrl: url }).getMediaToken({ bearerToken });
        expect(result).toMatchObject({ status: 200, body: { jwt: 'media-token-1' } });
      }));

  it('learns that the bearer token is refused, with an empty body', () =>
    portal
      .addInteraction()
      .given('the bearer token is expired')
      .uponReceiving('a request for a media token with an expired bearer token')
      .withRequest('GET', path, withBearerToken)
      .willRespondWith(401)
      .executeTest(async ({ url }) => {
        const result = await createNexudusAuthClient({ baseUrl: url }).getMediaToken({ bearerToken });
        expect(result).toMatchObject({ status: 401, ok: false, body: undefined });
      }));
});
