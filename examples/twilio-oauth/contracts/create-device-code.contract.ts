import { Matchers } from '@pact-foundation/pact';
import { describe, expect, it } from 'vitest';
import type { CreateDeviceCodeOptions } from './generated/client.ts';
import { clientOn, consumer } from './setup/consumer.ts';

const { integer, reify, string } = Matchers;

// Written by hand: `init` writes no test of a form with a list in it.
describe('CreateDeviceCode', () => {
  it('gets 201: a code that the user confirms on another device', () => {
    const body: CreateDeviceCodeOptions['body'] = { ClientSid: 'OA1', Scopes: ['openid', 'email'] };
    const form = 'application/x-www-form-urlencoded';
    const anyText = { 'pact:matcher:type': 'type' };
    const expected = {
      device_code: string('device-code-1'),
      user_code: string('WDJB-MJHT'),
      verification_uri: string('https://www.twilio.com/device'),
      expires_in: integer(1800),
    };
    return consumer
      .addInteraction()
      .uponReceiving('a call to CreateDeviceCode that gets 201: created')
      .withRequest('POST', '/v1/device/code', (request) => {
        request.headers({ Authorization: 'Basic dXNlcjpwYXNzd29yZA==', 'Content-Type': form });
        request.body(form, Buffer.from('ClientSid=OA1&Scopes=openid&Scopes=email')).matchingRules({
          body: ['$.ClientSid', '$.Scopes'].map((path) => ({ path, rules: [anyText] })),
        });
      })
      .willRespondWith(201, (response) => {
        response.jsonBody(expected);
      })
      .executeTest(async ({ url }) => {
        const result = await clientOn(url).CreateDeviceCode({ body });
        expect(result).toMatchObject({ status: 201, body: reify(expected) });
      });
  });
});
