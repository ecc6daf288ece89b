import { Matchers } from '@pact-foundation/pact';
import { describe, expect, it } from 'vitest';
import { clientOn, consumer } from './setup/consumer.ts';

const { eachLike, reify, string } = Matchers;

describe('FetchCerts', () => {
  it('gets 200: OK', () => {
    const expected = { keys: eachLike({ kid: string('key-1'), kty: string('RSA') }) };
    return consumer
      .addInteraction()
      .uponReceiving('a call to FetchCerts that gets 200: OK')
      .withRequest('GET', '/v1/certs', (request) => {
        request.headers({ Authorization: 'Basic dXNlcjpwYXNzd29yZA==' });
      })
      .willRespondWith(200, (response) => {
        response.jsonBody(expected);
      })
      .executeTest(async ({ url }) => {
        const result = await clientOn(url).FetchCerts();
        expect(result).toMatchObject({ status: 200, body: reify(expected) });
      });
  });
});
