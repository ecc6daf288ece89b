import { describe, expect, it } from 'vitest';
import type { UpdateUserOptions } from './generated/client.ts';
import { clientOn, consumer } from './setup/consumer.ts';

describe('updateUser', () => {
  const body: UpdateUserOptions['body'] = { id: 7, username: 'ada', email: 'ada@example.com' };

  it('gets 200: OK', () =>
    consumer
      .addInteraction()
      .uponReceiving('a call to updateUser that gets 200: OK')
      .withRequest('PUT', '/user/ada', (request) => {
        request.jsonBody(body);
      })
      .willRespondWith(200)
      .executeTest(async ({ url }) => {
        const result = await clientOn(url).updateUser({ path: { username: 'ada' }, body });
        expect(result).toMatchObject({ status: 200 });
      }));

  it('gets 404: user not found', () =>
    consumer
      .addInteraction()
      .given('there is no user nobody')
      .uponReceiving('a call to updateUser that gets 404: user not found')
      .withRequest('PUT', '/user/nobody', (request) => {
        request.jsonBody(body);
      })
      .willRespondWith(404)
      .executeTest(async ({ url }) => {
        const result = await clientOn(url).updateUser({ path: { username: 'nobody' }, body });
        expect(result).toMatchObject({ status: 404 });
      }));
});
