import { describe, expect, it } from 'vitest';
import type { CreateUserOptions } from './generated/client.ts';
import { clientOn, consumer } from './setup/consumer.ts';

describe('createUser', () => {
  it('gets 200: OK', () => {
    const body: CreateUserOptions['body'] = { id: 7, username: 'ada', email: 'ada@example.com' };
    return consumer
      .addInteraction()
      .uponReceiving('a call to createUser that gets 200: OK')
      .withRequest('POST', '/user', (request) => {
        request.jsonBody(body);
      })
      .willRespondWith(200)
      .executeTest(async ({ url }) => {
        const result = await clientOn(url).createUser({ body });
        expect(result).toMatchObject({ status: 200 });
      });
  });
});
