import { Matchers } from '@pact-foundation/pact';
import { describe, expect, it } from 'vitest';
import { clientOn, consumer } from './setup/consumer.ts';

const { eachLike, integer, regex, reify, string } = Matchers;

describe('findPetsByStatus', () => {
  it('gets 200: successful operation', () => {
    const expected = eachLike({
      id: integer(25),
      name: string('doggie'),
      photoUrls: eachLike(string('https://example.com/photo.png')),
      status: regex('^(available|pending|sold)$', 'available'),
    });
    return consumer
      .addInteraction()
      .uponReceiving('a call to findPetsByStatus that gets 200: successful operation')
      .withRequest('GET', '/pet/findByStatus', (request) => {
        request.query({ status: ['available'] });
        request.headers({ Authorization: 'Bearer token-1' });
      })
      .willRespondWith(200, (response) => {
        response.jsonBody(expected);
      })
      .executeTest(async ({ url }) => {
        const result = await clientOn(url).findPetsByStatus({
          query: { status: ['available'] },
          bearerToken: 'token-1',
        });
        expect(result).toMatchObject({ status: 200, body: reify(expected) });
      });
  });
});
