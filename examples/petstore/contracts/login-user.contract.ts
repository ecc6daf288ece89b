import { Matchers } from '@pact-foundation/pact';
import { describe, expect, it } from 'vitest';
import { clientOn, consumer } from './setup/consumer.ts';

const { reify, string } = Matchers;

describe('loginUser', () => {
  it('gets 200: successful operation', () => {
    const expected = string('session-1');
    return consumer
      .addInteraction()
      .uponReceiving('a call to loginUser that gets 200: successful operation')
      .withRequest('GET', '/user/login', (request) => {
        request.query({ username: 'ada', password: 'correct-horse' });
      })
      .willRespondWith(200, (response) => {
        response.jsonBody(expected);
      })
      .executeTest(async ({ url }) => {
        const result = await clientOn(url).loginUser({
          query: { username: 'ada', password: 'correct-horse' },
        });
        expect(result).toMatchObject({ status: 200, body: reify(expected) });
      });
  });

  it('gets 400: invalid username/password supplied', () =>
    consumer
      .addInteraction()
      .given('the password of ada is another one')
      .uponReceiving('a call to loginUser that gets 400: invalid username/password supplied')
      .withRequest('GET', '/user/login', (request) => {
        request.query({ username: 'ada', password: 'wrong-password' });
      })
      .willRespondWith(400)
      .executeTest(async ({ url }) => {
        const result = await clientOn(url).loginUser({
          query: { username: 'ada', password: 'wrong-password' },
        });
        expect(result).toMatchObject({ status: 400 });
      }));
});
