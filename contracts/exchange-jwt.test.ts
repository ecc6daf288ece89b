import { Matchers } from '@pact-foundation/pact';
import { describe, expect, it } from 'vitest';
import { createNexudusAuthClient } from '../src/index.ts';
import { nonEmpty, portal, type RequestBuilder } from './setup/portal.ts';

const { equal, integer } = Matchers;
const path = '/api/sys/users/exchange';
const query = { token: 'one-time-jwt-1', validForInMinutes: 1440 };

const withJwt = (request: RequestBuilder): void => {
  request.query({
    token: nonEmpty('one-time-jwt-1'),
    validForInMinutes: Matchers.regex('^[1-9][0-9]*$', '1440'),
  });
};

describe('exchangeJwt', () => {
  it('exchanges a JWT for a bearer token, which is in `token`', () =>
    portal
      .addInteraction()
      .given('a one-time JWT can be exchanged')
      .uponReceiving('an exchange of a one-time JWT')
      .withRequest('POST', path, withJwt)
      .willRespondWith(200, (response) => {
        response.jsonBody({
          token: nonEmpty('access-token-4'),
          token_type: equal('bearer'),
          expires_in: integer(86400),
          refresh_token: nonEmpty('refresh-token-4'),
        });
      })
      .executeTest(async ({ url }) => {
        const result = await createNexudusAuthClient({ baseUrl: url }).exchangeJwt({ query });
        expect(result).toMatchObject({
          status: 200,
          body: { token: 'access-token-4', refresh_token: 'refresh-token-4' },
        });
      }));

  it.each([
    [400, 'a one-time JWT is not acceptable', 'an exchange of an unacceptable one-time JWT'],
    [401, 'a one-time JWT is used or expired', 'an exchange of a used one-time JWT'],
  ])('learns from a %i that the JWT is refused, whatever the body', (status, state, description) =>
    portal
      .addInteraction()
      .given(state)
      .uponReceiving(description)
      .withRequest('POST', path, withJwt)
      .willRespondWith(status)
      .executeTest(async ({ url }) => {
        const result = await createNexudusAuthClient({ baseUrl: url }).exchangeJwt({ query });
        expect(result).toMatchObject({ status, ok: false, body: undefined });
      }),
  );
});
