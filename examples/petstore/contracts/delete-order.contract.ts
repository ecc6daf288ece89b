import { describe, expect, it } from 'vitest';
import { clientOn, consumer } from './setup/consumer.ts';

describe('deleteOrder', () => {
  it('gets 200: OK', () =>
    consumer
      .addInteraction()
      .uponReceiving('a call to deleteOrder that gets 200: OK')
      .withRequest('DELETE', '/store/order/1')
      .willRespondWith(200)
      .executeTest(async ({ url }) => {
        const result = await clientOn(url).deleteOrder({ path: { orderId: 1 } });
        expect(result).toMatchObject({ status: 200 });
      }));

  it('gets 404: order not found', () =>
    consumer
      .addInteraction()
      .given('there is no order 9')
      .uponReceiving('a call to deleteOrder that gets 404: order not found')
      .withRequest('DELETE', '/store/order/9')
      .willRespondWith(404)
      .executeTest(async ({ url }) => {
        const result = await clientOn(url).deleteOrder({ path: { orderId: 9 } });
        expect(result).toMatchObject({ status: 404 });
      }));
});
