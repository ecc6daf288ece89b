import { Matchers } from '@pact-foundation/pact';
import { describe, expect, it } from 'vitest';
import { clientOn, consumer } from './setup/consumer.ts';

const { reify } = Matchers;

describe('getInventory', () => {
  it('gets 200: successful operation', () => {
    const expected = {};
    return consumer
      .addInteraction()
      .uponReceiving('a call to getInventory that gets 200: successful operation')
      .withRequest('GET', '/store/inventory', (request) => {
        request.headers({ api_key: 'key-1' });
      })
      .willRespondWith(200, (response) => {
        response.jsonBody(expected);
      })
      .executeTest(async ({ url }) => {
        const result = await clientOn(url).getInventory();
        expect(result).toMatchObject({ status: 200, body: reify(expected) });
      });
  });
});
