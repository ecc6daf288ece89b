import { Matchers } from '@pact-foundation/pact';
import { describe, expect, it } from 'vitest';
import { createNexudusAuthClient, readOneTimeToken } from '../src/index.ts';
import { nonEmpty, portal, withBearerToken } from './setup/portal.ts';

const { equal } = Matchers;
const path = '/api/sys/users/token/refresh';
const bearerToken = 'access-token-1';

// What a link of the portal relies on: it stays disabled until `WasSuccessful` is `true`, and `Value` is a
// non-empty string from then on. The portal reads nothing else of the envelope.
const success = { WasSuccessful: equal(true), Value: nonEmpty('one-time-token-1') };
const failure = { WasSuccessful: equal(false), Value: equal(null) };

describe('getOneTimeToken', () => {
  it('enables a link with the token of a successful envelope', () =>
    portal
      .addInteraction()
      .given('a customer is signed in')
      .uponReceiving('a request for a one-time token')
      .withRequest('POST', path, withBearerToken)
      .willRespondWith(200, (response) => {
        response.jsonBody(success);
      })
      .executeTest(async ({ url }) => {
        const result = await createNexudusAuthClient({ baseUrl: url }).getOneTimeToken({ bearerToken });
        expect(result).toMatchObject({
          status: 200,
          body: { WasSuccessful: true, Value: 'one-time-token-1' },
        });
        expect(readOneTimeToken(result)).toBe('one-time-token-1');
      }));

  it('keeps a link disabled when the envelope fails under HTTP 200', () =>
    portal
      .addInteraction()
      .given('one-time tokens fail under HTTP 200')
      .uponReceiving('a request for a one-time token that fails under HTTP 200')
      .withRequest('POST', path, withBearerToken)
      .willRespondWith(200, (response) => {
        response.jsonBody(failure);
      })
      .executeTest(async ({ url }) => {
        const result = await createNexudusAuthClient({ baseUrl: url }).getOneTimeToken({ bearerToken });
        expect(result).toMatchObject({ status: 200, ok: true, body: { WasSuccessful: false, Value: null } });
        expect(readOneTimeToken(result)).toBeUndefined();
      }));

  it('keeps a link disabled when the envelope fails under HTTP 500', () =>
    portal
      .addInteraction()
      .given('one-time tokens fail under HTTP 500')
      .uponReceiving('a request for a one-time token that fails under HTTP 500')
      .withRequest('POST', path, withBearerToken)
      .willRespondWith(500, (response) => {
        response.jsonBody(failure);
      })
      .executeTest(async ({ url }) => {
        const result = await createNexudusAuthClient({ baseUrl: url }).getOneTimeToken({ bearerToken });
        expect(result).toMatchObject({ status: 500, ok: false, body: { WasSuccessful: false, Value: null } });
        expect(readOneTimeToken(result)).toBeUndefined();
      }));

  it('keeps a link disabled when the bearer token is refused, with an empty body', () =>
    portal
      .addInteraction()
      .given('the bearer token is expired')
      .uponReceiving('a request for a one-time token with an expired bearer token')
      .withRequest('POST', path, withBearerToken)
      .willRespondWith(401)
      .executeTest(async ({ url }) => {
        const result = await createNexudusAuthClient({ baseUrl: url }).getOneTimeToken({ bearerToken });
        expect(result).toMatchObject({ status: 401, ok: false, body: undefined });
        expect(readOneTimeToken(result)).toBeUndefined();
      }));
});
