import { Matchers } from '@pact-foundation/pact';
import { describe, expect, it } from 'vitest';
import { createNexudusAuthClient, isTokenErrorCode } from '../src/index.ts';
import { emailAddress, nonEmpty, portal, withForm } from './setup/portal.ts';

const { equal, integer, like, regex } = Matchers;

// Each installation names itself by a GUID that it made. A refresh must name the one that signed in.
const client = { client_id: '7f9c24e5-3b1a-4d0e-8c52-1d6f0a9b4e38' };
const expectedClient = { client_id: nonEmpty(client.client_id) };

const passwordGrant = {
  grant_type: equal('password'),
  username: emailAddress('ada@lovelace.dev'),
  password: nonEmpty('correct-horse'),
};
const credentials = {
  grant_type: 'password',
  username: 'ada@lovelace.dev',
  password: 'correct-horse',
} as const;

const refreshGrant = { grant_type: equal('refresh_token'), refresh_token: nonEmpty('refresh-token-1') };
const refreshToken = { grant_type: 'refresh_token', refresh_token: 'refresh-token-1' } as const;

const bearerToken = (access: string, refresh: string) => ({
  access_token: nonEmpty(access),
  token_type: equal('bearer'),
  expires_in: integer(86400),
  refresh_token: nonEmpty(refresh),
});

describe('getBearerToken', () => {
  it('signs a customer in with a password, under a client_id of its own', () =>
    portal
      .addInteraction()
      .given('a customer can sign in with a password')
      .uponReceiving('a sign-in with a password')
      .withRequest('POST', '/api/token', withForm(passwordGrant, expectedClient))
      .willRespondWith(200, (response) => {
        response.jsonBody(bearerToken('access-token-1', 'refresh-token-1'));
      })
      .executeTest(async ({ url }) => {
        const result = await createNexudusAuthClient({ baseUrl: url }).getBearerToken({
          header: client,
          body: credentials,
        });
        expect(result).toMatchObject({
          status: 200,
          ok: true,
          body: { access_token: 'access-token-1', expires_in: 86400 },
        });
      }));

  it('signs a customer in with a password and a 2FA code', () =>
    portal
      .addInteraction()
      .given('a customer has 2FA on and knows the code')
      .uponReceiving('a sign-in with a password and a 2FA code')
      .withRequest(
        'POST',
        '/api/token',
        withForm({ ...passwordGrant, totp: regex('^[0-9]{6}$', '492039') }, expectedClient),
      )
      .willRespondWith(200, (response) => {
        response.jsonBody(bearerToken('access-token-2', 'refresh-token-2'));
      })
      .executeTest(async ({ url }) => {
        const body = { ...credentials, totp: '492039' };
        const result = await createNexudusAuthClient({ baseUrl: url }).getBearerToken({
          header: client,
          body,
        });
        expect(result).toMatchObject({ status: 200, body: { access_token: 'access-token-2' } });
      }));

  it('refreshes a session, and gets a refresh token that replaces the one it sent', () =>
    portal
      .addInteraction()
      .given('a session can be refreshed')
      .uponReceiving('a refresh of a session')
      .withRequest('POST', '/api/token', withForm(refreshGrant, expectedClient))
      .willRespondWith(200, (response) => {
        response.jsonBody(bearerToken('access-token-3', 'refresh-token-3'));
      })
      .executeTest(async ({ url }) => {
        const result = await createNexudusAuthClient({ baseUrl: url }).getBearerToken({
          header: client,
          body: refreshToken,
        });
        expect(result).toMatchObject({ status: 200, body: { refresh_token: 'refresh-token-3' } });
      }));

  it('learns that the body named no grant type', () =>
    portal
      .addInteraction()
      .given('a sign-in names no grant type')
      .uponReceiving('a sign-in without a grant type')
      .withRequest('POST', '/api/token', withForm({ username: emailAddress('ada@lovelace.dev') }))
      .willRespondWith(400, (response) => {
        response.jsonBody({ error: equal('unsupported_grant_type') });
      })
      .executeTest(async ({ url }) => {
        const body = { username: 'ada@lovelace.dev' } as never;
        const result = await createNexudusAuthClient({ baseUrl: url }).getBearerToken({ body });
        expect(result).toMatchObject({ status: 400, ok: false, body: { error: 'unsupported_grant_type' } });
      }));

  // The portal reads the code alone. `error_description` is for people, and can hold a secret.
  it.each([
    ['invalid_grant', "the customer's password is another one", 'a sign-in with a wrong password'],
    ['two_factor_auth_check', 'a customer has 2FA on', 'a sign-in without the 2FA code'],
    ['must_reset_password', 'the customer must choose a new password', 'a sign-in that needs a new password'],
  ])('learns why a sign-in is refused: %s', (error, state, description) =>
    portal
      .addInteraction()
      .given(state)
      .uponReceiving(description)
      .withRequest('POST', '/api/token', withForm(passwordGrant))
      .willRespondWith(400, (response) => {
        response.jsonBody({ error: equal(error) });
      })
      .executeTest(async ({ url }) => {
        const result = await createNexudusAuthClient({ baseUrl: url }).getBearerToken({ body: credentials });
        expect(result).toMatchObject({ status: 400, ok: false, body: { error } });
        expect(result.status === 400 && isTokenErrorCode(result.body.error)).toBe(true);
      }),
  );

  it('learns that the refresh token is spent', () =>
    portal
      .addInteraction()
      .given('the refresh token is spent')
      .uponReceiving('a refresh with a spent refresh token')
      .withRequest('POST', '/api/token', withForm(refreshGrant, expectedClient))
      .willRespondWith(400, (response) => {
        response.jsonBody({ error: equal('invalid_grant') });
      })
      .executeTest(async ({ url }) => {
        const result = await createNexudusAuthClient({ baseUrl: url }).getBearerToken({
          header: client,
          body: refreshToken,
        });
        expect(result).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
      }));

  it('survives an error code that it does not know', () =>
    portal
      .addInteraction()
      .given('the provider has learned a new error code')
      .uponReceiving('a sign-in that fails for a new reason')
      .withRequest('POST', '/api/token', withForm(passwordGrant))
      .willRespondWith(400, (response) => {
        response.jsonBody({ error: like('code_of_the_future') });
      })
      .executeTest(async ({ url }) => {
        const result = await createNexudusAuthClient({ baseUrl: url }).getBearerToken({ body: credentials });
        expect(result).toMatchObject({ status: 400, body: { error: 'code_of_the_future' } });
        expect(result.status === 400 && isTokenErrorCode(result.body.error)).toBe(false);
      }));
});
