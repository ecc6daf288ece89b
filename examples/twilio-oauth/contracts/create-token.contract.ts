import { Matchers } from '@pact-foundation/pact';
import { describe, expect, it } from 'vitest';
import type { CreateTokenOptions } from './generated/client.ts';
import { clientOn, consumer, expectForm } from './setup/consumer.ts';

const { regex, reify, string } = Matchers;

describe('CreateToken', () => {
  it('gets 201: a code can be exchanged', () => {
    const body: CreateTokenOptions['body'] = {
      GrantType: 'authorization_code',
      ClientSid: 'OA1',
      Code: 'code-1',
      CodeVerifier: 'verifier-1',
    };
    const expected = {
      access_token: string('access-token-1'),
      access_token_expires_at: string('2026-01-31T23:59:59Z'),
    };
    return consumer
      .addInteraction()
      .given('a code can be exchanged')
      .uponReceiving('a call to CreateToken that gets 201: a code can be exchanged')
      .withRequest('POST', '/v1/token', (request) => {
        request.headers({ Authorization: 'Basic dXNlcjpwYXNzd29yZA==' });
        expectForm(request, {
          GrantType: string('authorization_code'),
          ClientSid: string('OA1'),
          Code: string('code-1'),
          CodeVerifier: string('verifier-1'),
        });
      })
      .willRespondWith(201, (response) => {
        response.jsonBody(expected);
      })
      .executeTest(async ({ url }) => {
        const result = await clientOn(url).CreateToken({ body });
        expect(result).toMatchObject({ status: 201, body: reify(expected) });
      });
  });

  it('gets 201: a session can be refreshed', () => {
    const body: CreateTokenOptions['body'] = {
      GrantType: 'refresh_token',
      ClientSid: 'OA1',
      RefreshToken: 'refresh-token-1',
    };
    const expected = {
      access_token: string('access-token-2'),
      access_token_expires_at: string('2026-01-31T23:59:59Z'),
    };
    return consumer
      .addInteraction()
      .given('a session can be refreshed')
      .uponReceiving('a call to CreateToken that gets 201: a session can be refreshed')
      .withRequest('POST', '/v1/token', (request) => {
        request.headers({ Authorization: 'Basic dXNlcjpwYXNzd29yZA==' });
        expectForm(request, {
          GrantType: string('refresh_token'),
          ClientSid: string('OA1'),
          RefreshToken: string('refresh-token-1'),
        });
      })
      .willRespondWith(201, (response) => {
        response.jsonBody(expected);
      })
      .executeTest(async ({ url }) => {
        const result = await clientOn(url).CreateToken({ body });
        expect(result).toMatchObject({ status: 201, body: reify(expected) });
      });
  });

  it('gets 400: the code is spent', () => {
    const body: CreateTokenOptions['body'] = {
      GrantType: 'authorization_code',
      ClientSid: 'OA1',
      Code: 'spent',
      CodeVerifier: 'verifier-1',
    };
    const expected = {
      error: regex('^(invalid_grant|authorization_pending|invalid_client)$', 'invalid_grant'),
    };
    return consumer
      .addInteraction()
      .given('the code is spent')
      .uponReceiving('a call to CreateToken that gets 400: the code is spent')
      .withRequest('POST', '/v1/token', (request) => {
        request.headers({ Authorization: 'Basic dXNlcjpwYXNzd29yZA==' });
        expectForm(request, {
          GrantType: string('authorization_code'),
          ClientSid: string('OA1'),
          Code: string('spent'),
          CodeVerifier: string('verifier-1'),
        });
      })
      .willRespondWith(400, (response) => {
        response.jsonBody(expected);
      })
      .executeTest(async ({ url }) => {
        const result = await clientOn(url).CreateToken({ body });
        expect(result).toMatchObject({ status: 400, body: reify(expected) });
      });
  });

  it('gets 400: the user has not confirmed yet', () => {
    const body: CreateTokenOptions['body'] = {
      GrantType: 'device_code',
      ClientSid: 'OA1',
      DeviceCode: 'device-code-1',
    };
    const expected = {
      error: regex('^(invalid_grant|authorization_pending|invalid_client)$', 'authorization_pending'),
    };
    return consumer
      .addInteraction()
      .given('the user has not confirmed yet')
      .uponReceiving('a call to CreateToken that gets 400: the user has not confirmed yet')
      .withRequest('POST', '/v1/token', (request) => {
        request.headers({ Authorization: 'Basic dXNlcjpwYXNzd29yZA==' });
        expectForm(request, {
          GrantType: string('device_code'),
          ClientSid: string('OA1'),
          DeviceCode: string('device-code-1'),
        });
      })
      .willRespondWith(400, (response) => {
        response.jsonBody(expected);
      })
      .executeTest(async ({ url }) => {
        const result = await clientOn(url).CreateToken({ body });
        expect(result).toMatchObject({ status: 400, body: reify(expected) });
      });
  });
});
