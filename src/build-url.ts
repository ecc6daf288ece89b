import { createQuerySerializer, serializeArrayParam, serializeObjectParam } from 'openapi-fetch';
import type { Operation } from '../generated/operations.ts';

/** Values by the names of their parameters. */
export type Values = Readonly<Record<string, unknown>>;

// OpenAPI's style of a path parameter: a list goes as `a,b`.
const simple = { style: 'simple', explode: false } as const;
const serializeQuery = createQuerySerializer();

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
  const search = serializeQuery({ ...pinned, ...query });
  return baseUrl + fillPath(operation.path, path) + (search && `?${search}`);
}

function fillPath(template: string, values: Values): string {
  return template.replace(/\{(.+?)\}/g, (placeholder, name: string) => {
    const value = values[name] ?? placeholder;
    if (Array.isArray(value)) {
      return serializeArrayParam(name, value, simple);
    }
    return typeof value === 'object'
      ? serializeObjectParam(name, value as Record<string, unknown>, simple)
      : encodeURIComponent(value as string);
  });
}
