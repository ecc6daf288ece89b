import { appendFileSync } from 'node:fs';
import { createClient, type NexudusAuthClient, type OperationId, operations } from 'nexudus-auth-contract';
import { createNexudusAuthFetchClient } from 'nexudus-auth-contract/openapi-fetch';
import type { BodyKind } from '../../../src/runtime/operation.ts';

export * from 'nexudus-auth-contract';

interface Options {
  bearerToken?: string;
  path?: object;
  query?: object;
  header?: object;
  body?: unknown;
}
type Request = (method: string, path: string, init: object) => Promise<Answer>;
type Answer = { data?: unknown; error?: unknown; response: Response };

/**
 * In the place of the client of the consumer tests: its calls go through openapi-fetch. It notes in the file
 * `CALLED_OPERATIONS` which operations were called.
 */
export function createNexudusAuthClient({ baseUrl }: { baseUrl: string }): NexudusAuthClient {
  const request = createNexudusAuthFetchClient({ baseUrl }).request as unknown as Request;
  const send = async (id: OperationId, { bearerToken, body: sent, path, query, header }: Options = {}) => {
    appendFileSync(process.env.CALLED_OPERATIONS ?? '', `${id}\n`);
    const { method, path: template, responses } = operations[id];
    const { data, error, response } = await request(method, template, {
      params: { path, query, header },
      ...(sent !== undefined && { body: sent }),
      ...(bearerToken !== undefined && { headers: { Authorization: `Bearer ${bearerToken}` } }),
    });
    const { status, ok } = response;
    const kind: BodyKind | undefined = responses[status as keyof typeof responses];
    // openapi-fetch has no data for a file of no bytes, which the consumer tests are content with.
    const body = kind === 'blob' ? (data ?? (await response.blob())) : (data ?? error);
    return { status, ok, body: kind === 'none' ? undefined : body, response };
  };
  return createClient(send as Parameters<typeof createClient>[0]);
}
