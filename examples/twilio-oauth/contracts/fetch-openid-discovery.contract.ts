import { Matchers } from '@pact-foundation/pact';
import { describe, expect, it } from 'vitest';
import { clientOn, consumer } from './setup/consumer.ts';

const { reify, string } = Matchers;

describe('FetchOpenidDiscovery', () => {
  it('gets 200: OK', () => {
    const expected = {
      issuer: string('https://oauth.twilio.com'),
      authorization_endpoint: string('https://oauth.twilio.com/v1/authorize'),
      token_endpoint: string('https://oauth.twilio.com/v1/token'),
    };
    return consumer
      .addInteraction()
      .uponReceiving('a call to FetchOpenidDiscovery that gets 200: OK')
      .withRequest('GET', '/v1/.well-known/openid-configuration', (request) => {
        request.headers({ Authorization: 'Basic dXNlcjpwYXNzd29yZA==' });
      })
      .willRespondWith(200, (response) => {
        response.jsonBody(expected);
      })
      .executeTest(async ({ url }) => {
        const result = await clientOn(url).FetchOpenidDiscovery();
        expect(result).toMatchObject({ status: 200, body: reify(expected) });
      });
  });
});
