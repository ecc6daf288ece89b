import { operations } from '../../generated/operations.ts';
import type { paths } from '../../generated/schema.ts';
import { loadValidators } from '../client/client.ts';
import {
  createOpenapiFetchClient,
  type EmptyError,
  type OpenapiFetchClient,
  type OpenapiFetchOptions,
} from '../runtime/openapi-fetch.ts';
import type { NexudusAuthSession } from '../session/session.ts';

export type { EmptyError };

/** A client of openapi-fetch for the Nexudus auth endpoints. */
export type NexudusAuthFetchClient = OpenapiFetchClient<paths>;

/** The options of openapi-fetch's `createClient`, and what is added to them. */
export interface NexudusAuthFetchClientOptions extends Omit<OpenapiFetchOptions, 'fetch' | 'validate'> {
  /**
   * Signs calls in: it adds the bearer token where the operation needs one, renews it, and sends a call once more after
   * a 401. Its `baseUrl` must name the same space. Default: a call has the headers that it is given.
   */
  session?: Pick<NexudusAuthSession, 'fetch'>;
  /** Sends a request where there is no `session`. Default: `globalThis.fetch`, looked up at every call. */
  fetch?: (request: Request) => Promise<Response>;
  /** Validates each JSON body against the spec, as with `createNexudusAuthClient`. Default: false. */
  validate?: boolean;
}

/**
 * Makes a client of openapi-fetch of one Nexudus space, or of a mock: `client.POST('/api/token', ...)` resolves to
 * `{ data, error, response }`.
 *
 * Bodies are forms where Nexudus asks for one, `error` of an empty 401 is `{ status: 401 }`, an undocumented response is
 * thrown as a `CallError`, and redirects are not followed. It throws the `SessionError` of a `session`.
 *
 * @throws {TypeError} when `baseUrl` is no absolute http or https URL
 * @example
 * const client = createNexudusAuthFetchClient({ baseUrl, session });
 * const { data, error } = await client.GET('/api/auth/media/customer');
 * if (error) console.error(`No media token: ${error.status}`);
 * else open(urls.downloadInvoicePdf({ invoiceId: 1024, t: data.jwt }));
 */
export function createNexudusAuthFetchClient({
  session,
  validate = false,
  ...options
}: NexudusAuthFetchClientOptions): NexudusAuthFetchClient {
  return createOpenapiFetchClient<paths>(operations, {
    ...options,
    ...(session && { fetch: (request) => session.fetch(request) }),
    ...(validate && { validate: loadValidators }),
  });
}
