import { Matchers } from '@pact-foundation/pact';
import { describe, expect, it } from 'vitest';
import type { UpdatePetWithFormOptions } from './generated/client.ts';
import { clientOn, consumer, expectForm } from './setup/consumer.ts';

const { string } = Matchers;

describe('updatePetWithForm', () => {
  it('gets 200: OK', () => {
    const body: UpdatePetWithFormOptions['body'] = { name: 'Rover', status: 'sold' };
    return consumer
      .addInteraction()
      .uponReceiving('a call to updatePetWithForm that gets 200: OK')
      .withRequest('POST', '/pet/25', (request) => {
        request.headers({ Authorization: 'Bearer token-1' });
        expectForm(request, { name: string('Rover'), status: string('sold') });
      })
      .willRespondWith(200)
      .executeTest(async ({ url }) => {
        const result = await clientOn(url).updatePetWithForm({
          path: { petId: 25 },
          body,
          bearerToken: 'token-1',
        });
        expect(result).toMatchObject({ status: 200 });
      });
  });

  it('gets 405: invalid input', () => {
    const body: UpdatePetWithFormOptions['body'] = { name: '', status: 'sold' };
    return consumer
      .addInteraction()
      .given('a pet needs a name')
      .uponReceiving('a call to updatePetWithForm that gets 405: invalid input')
      .withRequest('POST', '/pet/25', (request) => {
        request.headers({ Authorization: 'Bearer token-1' });
        expectForm(request, { name: string(''), status: string('sold') });
      })
      .willRespondWith(405)
      .executeTest(async ({ url }) => {
        const result = await clientOn(url).updatePetWithForm({
          path: { petId: 25 },
          body,
          bearerToken: 'token-1',
        });
        expect(result).toMatchObject({ status: 405 });
      });
  });
});
