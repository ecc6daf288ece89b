import { Matchers } from '@pact-foundation/pact';
import { describe, expect, it } from 'vitest';
import type { PlaceOrderOptions } from './generated/client.ts';
import { clientOn, consumer } from './setup/consumer.ts';

const { integer, regex, reify } = Matchers;

describe('placeOrder', () => {
  it('gets 200: successful operation', () => {
    const body: PlaceOrderOptions['body'] = { id: 1001, petId: 25, quantity: 1, status: 'placed' };
    const expected = {
      id: integer(1001),
      petId: integer(25),
      quantity: integer(1),
      status: regex('^(placed|approved|delivered)$', 'placed'),
    };
    return consumer
      .addInteraction()
      .uponReceiving('a call to placeOrder that gets 200: successful operation')
      .withRequest('POST', '/store/order', (request) => {
        request.jsonBody(body);
      })
      .willRespondWith(200, (response) => {
        response.jsonBody(expected);
      })
      .executeTest(async ({ url }) => {
        const result = await clientOn(url).placeOrder({ body });
        expect(result).toMatchObject({ status: 200, body: reify(expected) });
      });
  });

  it('gets 400: invalid Order', () => {
    const body: PlaceOrderOptions['body'] = { id: 1001, petId: 404, quantity: 1, status: 'placed' };
    return consumer
      .addInteraction()
      .given('there is no pet 404')
      .uponReceiving('a call to placeOrder that gets 400: invalid Order')
      .withRequest('POST', '/store/order', (request) => {
        request.jsonBody(body);
      })
      .willRespondWith(400)
      .executeTest(async ({ url }) => {
        const result = await clientOn(url).placeOrder({ body });
        expect(result).toMatchObject({ status: 400 });
      });
  });
});
