import { describe, expect, it } from 'vitest';
import { clientOn, consumer } from './setup/consumer.ts';

describe('deletePet', () => {
  it('gets 200: OK', () =>
    consumer
      .addInteraction()
      .uponReceiving('a call to deletePet that gets 200: OK')
      .withRequest('DELETE', '/pet/25', (request) => {
        request.headers({ Authorization: 'Bearer token-1' });
      })
      .willRespondWith(200)
      .executeTest(async ({ url }) => {
        const result = await clientOn(url).deletePet({
          path: { petId: 25 },
          bearerToken: 'token-1',
        });
        expect(result).toMatchObject({ status: 200 });
      }));

  it('gets 404: pet not found', () =>
    consumer
      .addInteraction()
      .given('there is no pet 404')
      .uponReceiving('a call to deletePet that gets 404: pet not found')
      .withRequest('DELETE', '/pet/404', (request) => {
        request.headers({ Authorization: 'Bearer token-1' });
      })
      .willRespondWith(404)
      .executeTest(async ({ url }) => {
        const result = await clientOn(url).deletePet({
          path: { petId: 404 },
          bearerToken: 'token-1',
        });
        expect(result).toMatchObject({ status: 404 });
      }));
});
