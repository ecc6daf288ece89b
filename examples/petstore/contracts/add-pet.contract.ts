import { Matchers } from '@pact-foundation/pact';
import { describe, expect, it } from 'vitest';
import type { AddPetOptions } from './generated/client.ts';
import { clientOn, consumer } from './setup/consumer.ts';

const { eachLike, integer, regex, reify, string } = Matchers;

describe('addPet', () => {
  it('gets 200: the pet as it is stored', () => {
    const body: AddPetOptions['body'] = {
      name: 'doggie',
      photoUrls: ['https://example.com/photo.png'],
      status: 'available',
    };
    const expected = {
      id: integer(25),
      name: string('doggie'),
      photoUrls: eachLike(string('https://example.com/photo.png')),
      status: regex('^(available|pending|sold)$', 'available'),
    };
    return consumer
      .addInteraction()
      .uponReceiving('a call to addPet that gets 200: the pet as it is stored')
      .withRequest('POST', '/pet', (request) => {
        request.headers({ Authorization: 'Bearer token-1' });
        request.jsonBody(body);
      })
      .willRespondWith(200, (response) => {
        response.jsonBody(expected);
      })
      .executeTest(async ({ url }) => {
        const result = await clientOn(url).addPet({ body, bearerToken: 'token-1' });
        expect(result).toMatchObject({ status: 200, body: reify(expected) });
      });
  });

  it('gets 405: invalid input', () => {
    const body: AddPetOptions['body'] = {
      name: '',
      photoUrls: ['https://example.com/photo.png'],
      status: 'available',
    };
    return consumer
      .addInteraction()
      .given('a pet needs a name')
      .uponReceiving('a call to addPet that gets 405: invalid input')
      .withRequest('POST', '/pet', (request) => {
        request.headers({ Authorization: 'Bearer token-1' });
        request.jsonBody(body);
      })
      .willRespondWith(405)
      .executeTest(async ({ url }) => {
        const result = await clientOn(url).addPet({ body, bearerToken: 'token-1' });
        expect(result).toMatchObject({ status: 405 });
      });
  });
});
