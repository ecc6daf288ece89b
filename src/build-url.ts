import { createFinalURL, createQuerySerializer } from 'openapi-fetch';
import type { Operation } from '../generated/operations.ts';

/** Values by the names of their parameters. */
export type Values = Readonly<Record<string, unknown>>;

const querySerializer = createQuerySerializer();

// The comma stays as it is: a list goes as `a,b`, in OpenAPI's style `simple`.
function pathSerializer(path: string, values: Values): string {
  return path.replace(/\{(.+?)\}/g, (_, name) =>
    encodeURIComponent(`${values[name]}`).replaceAll('%2C', ','),
  );
}

/**
 * Builds the URL of an operation, percent-encoded. The query is in the order of the spec, which is part of the contract
 * in a redirect URL; values of parameters that the spec doesn't name come last.
 *
 * @param baseUrl without a slash at its end
 */
export function buildUrl(
  operation: Operation,
  baseUrl: string,
  { path = {}, query = {} }: { path?: Values | undefined; query?: Values | undefined },
): string {
  const pinned = Object.fromEntries(operation.query.map(({ name }) => [name, query[name]]));
  const params = { path, query: { ...pinned, ...query } };
  return createFinalURL(operation.path, { baseUrl, params, querySerializer, pathSerializer });
}
