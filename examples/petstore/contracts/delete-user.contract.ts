import { describe, expect, it } from 'vitest';
import { clientOn, consumer } from './setup/consumer.ts';

describe('deleteUser', () => {
  it('gets 200: OK', () =>
    consumer
      .addInteraction()
      .uponReceiving('a call to deleteUser that gets 200: OK')
      .withRequest('DELETE', '/user/ada')
      .willRespondWith(200)
      .executeTest(async ({ url }) => {
        const result = await clientOn(url).deleteUser({ path: { username: 'ada' } });
        expect(result).toMatchObject({ status: 200 });
      }));

  it('gets 404: user not found', () =>
    consumer
      .addInteraction()
      .given('there is no user nobody')
      .uponReceiving('a call to deleteUser that gets 404: user not found')
      .withRequest('DELETE', '/user/nobody')
      .willRespondWith(404)
      .executeTest(async ({ url }) => {
        const result = await clientOn(url).deleteUser({ path: { username: 'nobody' } });
        expect(result).toMatchObject({ status: 404 });
      }));
});
