import { type Matchers, PactV4 } from '@pact-foundation/pact';
import { createSender } from 'openapi-contract-kit/client';
import { type Client, createClient } from '../generated/client.ts';
import { operations } from '../generated/operations.ts';
import { pactFolder } from './pact-folder.ts';

// Pact reports each use to its makers unless told not to.
process.env.PACT_DO_NOT_TRACK = '1';

/** The consumer whose expectations the pact holds. */
export const consumer: PactV4 = new PactV4({
  consumer: 'pet-shop',
  provider: 'swagger-petstore',
  dir: pactFolder,
  logLevel: 'error',
});

// A call sends those that its operation asks for.
const credentials = { api_key: 'key-1' };

/** Creates the client that is tested, on the mock server of a test. */
export function clientOn(baseUrl: string): Client {
  return createClient(createSender(operations, { baseUrl, credentials }));
}

type Interaction = ReturnType<PactV4['addInteraction']>;
type RequestBuilder = Parameters<NonNullable<Parameters<Interaction['withRequest']>[2]>>[0];

/**
 * Expects a form. Each field has a rule of its own: without one, Pact compares the bytes of the whole form.
 */
export function expectForm(request: RequestBuilder, fields: Record<string, Matchers.Matcher<string>>): void {
  const contentType = 'application/x-www-form-urlencoded';
  const examples = Object.entries(fields).map(([name, field]) => [name, String(field.value)]);
  request
    .headers({ 'Content-Type': contentType })
    .body(contentType, Buffer.from(new URLSearchParams(examples).toString()))
    .matchingRules({
      body: Object.entries(fields).map(([name, { value: _, ...rule }]) => ({
        path: `$.${name}`,
        rules: [rule],
      })),
    });
}
