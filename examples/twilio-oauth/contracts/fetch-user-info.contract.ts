import { Matchers } from '@pact-foundation/pact';
import { describe, expect, it } from 'vitest';
import { clientOn, consumer } from './setup/consumer.ts';

const { reify, string } = Matchers;

describe('FetchUserInfo', () => {
  it('gets 200: OK', () => {
    const expected = {
      user_sid: string('US0123456789abcdef0123456789abcdef'),
      email: string('ada@example.com'),
    };
    return consumer
      .addInteraction()
      .uponReceiving('a call to FetchUserInfo that gets 200: OK')
      .withRequest('GET', '/v1/userinfo', (request) => {
        request.headers({ Authorization: 'Basic dXNlcjpwYXNzd29yZA==' });
      })
      .willRespondWith(200, (response) => {
        response.jsonBody(expected);
      })
      .executeTest(async ({ url }) => {
        const result = await clientOn(url).FetchUserInfo();
        expect(result).toMatchObject({ status: 200, body: reify(expected) });
      });
  });

  it('gets 401: the credentials are unknown', () =>
    consumer
      .addInteraction()
      .given('the credentials are unknown')
      .uponReceiving('a call to FetchUserInfo that gets 401: the credentials are unknown')
      .withRequest('GET', '/v1/userinfo', (request) => {
        request.headers({ Authorization: 'Basic dXNlcjpwYXNzd29yZA==' });
      })
      .willRespondWith(401)
      .executeTest(async ({ url }) => {
        const result = await clientOn(url).FetchUserInfo();
        expect(result).toMatchObject({ status: 401 });
      }));
});
