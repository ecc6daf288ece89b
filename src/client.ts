import { type Client, createClient } from '../generated/client.ts';
import { operations } from '../generated/operations.ts';
import { createSender, type SenderOptions } from './send.ts';

/** The operations of the Nexudus auth endpoints, as functions. */
export type NexudusAuthClient = Client;

/**
 * Makes a client of one Nexudus space, or of a mock.
 *
 * Each function resolves to a union that narrows on `status`; whatever is not documented in the spec is thrown
 * as a `CallError`. Nothing is kept between calls.
 *
 * @throws {TypeError} when `baseUrl` is no absolute http or https URL
 * @example
 * const client = createNexudusAuthClient({ baseUrl: 'https://your-space.spaces.nexudus.com' });
 * const result = await client.getBearerToken({ body: { grant_type: 'password', username, password } });
 * if (result.status === 200) keep(result.body.access_token);
 * else if (result.body.error === 'two_factor_auth_check') askForCode();
 */
export function createNexudusAuthClient(options: SenderOptions): NexudusAuthClient {
  return createClient(createSender(operations, options));
}
