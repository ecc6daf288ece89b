import { describe, expect, it } from 'vitest';
import { clientOn, consumer } from './setup/consumer.ts';

describe('logoutUser', () => {
  it('gets 200: OK', () =>
    consumer
      .addInteraction()
      .uponReceiving('a call to logoutUser that gets 200: OK')
      .withRequest('GET', '/user/logout')
      .willRespondWith(200)
      .executeTest(async ({ url }) => {
        const result = await clientOn(url).logoutUser();
        expect(result).toMatchObject({ status: 200 });
      }));
});
