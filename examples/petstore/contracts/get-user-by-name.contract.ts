import { Matchers } from '@pact-foundation/pact';
import { describe, expect, it } from 'vitest';
import { clientOn, consumer } from './setup/consumer.ts';

const { integer, reify, string } = Matchers;

describe('getUserByName', () => {
  it('gets 200: successful operation', () => {
    const expected = { id: integer(7), username: string('ada'), email: string('ada@example.com') };
    return consumer
      .addInteraction()
      .uponReceiving('a call to getUserByName that gets 200: successful operation')
      .withRequest('GET', '/user/ada')
      .willRespondWith(200, (response) => {
        response.jsonBody(expected);
      })
      .executeTest(async ({ url }) => {
        const result = await clientOn(url).getUserByName({ path: { username: 'ada' } });
        expect(result).toMatchObject({ status: 200, body: reify(expected) });
      });
  });

  it('gets 404: user not found', () =>
    consumer
      .addInteraction()
      .given('there is no user nobody')
      .uponReceiving('a call to getUserByName that gets 404: user not found')
      .withRequest('GET', '/user/nobody')
      .willRespondWith(404)
      .executeTest(async ({ url }) => {
        const result = await clientOn(url).getUserByName({ path: { username: 'nobody' } });
        expect(result).toMatchObject({ status: 404 });
      }));
});
