import { Matchers } from '@pact-foundation/pact';
import { describe, expect, it } from 'vitest';
import { clientOn, consumer } from './setup/consumer.ts';

const { integer, regex, reify } = Matchers;

describe('getOrderById', () => {
  it('gets 200: successful operation', () => {
    const expected = {
      id: integer(1001),
      petId: integer(25),
      quantity: integer(1),
      status: regex('^(placed|approved|delivered)$', 'placed'),
    };
    return consumer
      .addInteraction()
      .uponReceiving('a call to getOrderById that gets 200: successful operation')
      .withRequest('GET', '/store/order/1')
      .willRespondWith(200, (response) => {
        response.jsonBody(expected);
      })
      .executeTest(async ({ url }) => {
        const result = await clientOn(url).getOrderById({ path: { orderId: 1 } });
        expect(result).toMatchObject({ status: 200, body: reify(expected) });
      });
  });

  it('gets 404: order not found', () =>
    consumer
      .addInteraction()
      .given('there is no order 9')
      .uponReceiving('a call to getOrderById that gets 404: order not found')
      .withRequest('GET', '/store/order/9')
      .willRespondWith(404)
      .executeTest(async ({ url }) => {
        const result = await clientOn(url).getOrderById({ path: { orderId: 9 } });
        expect(result).toMatchObject({ status: 404 });
      }));
});
