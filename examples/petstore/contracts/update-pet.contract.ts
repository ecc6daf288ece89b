import { Matchers } from '@pact-foundation/pact';
import { describe, expect, it } from 'vitest';
import type { UpdatePetOptions } from './generated/client.ts';
import { clientOn, consumer } from './setup/consumer.ts';

const { eachLike, integer, regex, reify, string } = Matchers;

describe('updatePet', () => {
  it('gets 200: the pet as it is stored', () => {
    const body: UpdatePetOptions['body'] = {
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
      .uponReceiving('a call to updatePet that gets 200: the pet as it is stored')
      .withRequest('PUT', '/pet', (request) => {
        request.headers({ Authorization: 'Bearer token-1' });
        request.jsonBody(body);
      })
      .willRespondWith(200, (response) => {
        response.jsonBody(expected);
      })
      .executeTest(async ({ url }) => {
        const result = await clientOn(url).updatePet({ body, bearerToken: 'token-1' });
        expect(result).toMatchObject({ status: 200, body: reify(expected) });
      });
  });

  it('gets 404: pet not found', () => {
    const body: UpdatePetOptions['body'] = {
      name: 'Nobody',
      photoUrls: ['https://example.com/photo.png'],
      status: 'available',
    };
    return consumer
      .addInteraction()
      .given('there is no pet named Nobody')
      .uponReceiving('a call to updatePet that gets 404: pet not found')
      .withRequest('PUT', '/pet', (request) => {
        request.headers({ Authorization: 'Bearer token-1' });
        request.jsonBody(body);
      })
      .willRespondWith(404)
      .executeTest(async ({ url }) => {
        const result = await clientOn(url).updatePet({ body, bearerToken: 'token-1' });
        expect(result).toMatchObject({ status: 404 });
      });
  });

  it('gets 405: validation exception', () => {
    const body: UpdatePetOptions['body'] = {
      name: '',
      photoUrls: ['https://example.com/photo.png'],
      status: 'available',
    };
    return consumer
      .addInteraction()
      .given('a pet needs a name')
      .uponReceiving('a call to updatePet that gets 405: validation exception')
      .withRequest('PUT', '/pet', (request) => {
        request.headers({ Authorization: 'Bearer token-1' });
        request.jsonBody(body);
      })
      .willRespondWith(405)
      .executeTest(async ({ url }) => {
        const result = await clientOn(url).updatePet({ body, bearerToken: 'token-1' });
        expect(result).toMatchObject({ status: 405 });
      });
  });
});
