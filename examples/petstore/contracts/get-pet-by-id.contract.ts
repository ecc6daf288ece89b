import { Matchers } from '@pact-foundation/pact';
import { describe, expect, it } from 'vitest';
import { clientOn, consumer } from './setup/consumer.ts';

const { eachLike, integer, regex, reify, string } = Matchers;

describe('getPetById', () => {
  it('gets 200: successful operation', () => {
    const expected = {
      id: integer(25),
      name: string('doggie'),
      photoUrls: eachLike(string('https://example.com/photo.png')),
      status: regex('^(available|pending|sold)$', 'available'),
    };
    return consumer
      .addInteraction()
      .uponReceiving('a call to getPetById that gets 200: successful operation')
      .withRequest('GET', '/pet/25', (request) => {
        request.headers({ api_key: 'key-1' });
      })
      .willRespondWith(200, (response) => {
        response.jsonBody(expected);
      })
      .executeTest(async ({ url }) => {
        const result = await clientOn(url).getPetById({ path: { petId: 25 } });
        expect(result).toMatchObject({ status: 200, body: reify(expected) });
      });
  });

  it('gets 404: pet not found', () =>
    consumer
      .addInteraction()
      .given('there is no pet 404')
      .uponReceiving('a call to getPetById that gets 404: pet not found')
      .withRequest('GET', '/pet/404', (request) => {
        request.headers({ api_key: 'key-1' });
      })
      .willRespondWith(404)
      .executeTest(async ({ url }) => {
        const result = await clientOn(url).getPetById({ path: { petId: 404 } });
        expect(result).toMatchObject({ status: 404 });
      }));
});
