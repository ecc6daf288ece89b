import { type Client, createClient } from '../../generated/client.ts';
import { operations } from '../../generated/operations.ts';
import { createSender, type SenderOptions } from '../runtime/send.ts';
import type { ResponseValidators } from '../runtime/validation.ts';

/** The operations of the Nexudus auth endpoints, as functions. */
export type NexudusAuthClient = Client;

/** How a client reaches the server, and whether it checks what it gets. */
export interface NexudusAuthClientOptions
  extends Omit<SenderOptions, 'validate' | 'credentials' | 'redirect'> {
  /**
   * Validates each JSON body against the spec: one that breaks the contract fails with `contract_violation`. The
   * validators are loaded only then. Properties that the spec doesn't name are let through. Default: false.
   */
  validate?: boolean;
}

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
export function createNexudusAuthClient({
  validate = false,
  ...options
}: NexudusAuthClientOptions): NexudusAuthClient {
  return createClient(
    // A redirect is an answer like others; to follow it could hand a token to another origin.
    createSender(operations, {
      ...options,
      redirect: 'manual',
      ...(validate && { validate: loadValidators }),
    }),
  );
}

/** Loads the validators, which are in a file of their own. */
export async function loadValidators(): Promise<ResponseValidators> {
  const { validators } = await import('../../generated/validators.ts');
  return validators;
}
