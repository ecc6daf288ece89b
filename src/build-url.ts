import type { Operation } from '../generated/operations.ts';

/** Values by the names of their parameters. */
export type Values = Readonly<Record<string, unknown>>;

/** A URL that must not be built. The message names the parameter and the reason, never the value. */
export class UrlError extends Error {
  override readonly name = 'UrlError';
  /** The parameter at fault, as the spec names it. */
  readonly parameter: string;

  constructor(parameter: string, reason: string) {
    super(`${parameter} ${reason}.`);
    this.parameter = parameter;
  }
}

/**
 * Builds the URL of an operation, percent-encoded. The query is in the order of the spec, which is part of the contract
 * in a redirect URL; values of parameters that the spec doesn't name come last.
 *
 * Parameters are in the default styles of OpenAPI: in a path a list is `a,b`, in a query it repeats its name, and an
 * object there is `name[key]=value`.
 *
 * @param baseUrl without a slash at its end
 * @throws {UrlError} for a path parameter that is missing or empty or leads to another path, and for a query parameter
 *   that is nested too deeply
 */
export function buildUrl(
  operation: Operation,
  baseUrl: string,
  { path = {}, query = {} }: { path?: Values | undefined; query?: Values | undefined },
): string {
  const pinned = Object.fromEntries(operation.query.map(({ name }) => [name, query[name]]));
  const search = Object.entries({ ...pinned, ...query })
    .flatMap(writeQuery)
    .join('&');
  return baseUrl + fillPath(operation, path) + (search && `?${search}`);
}

function fillPath({ method, path }: Operation, values: Values): string {
  // Not at a slash in the name of a parameter.
  const segments = path.split(/\/(?![^{]*\})/).map((template) => {
    let filled = '';
    const segment = template.replace(/\{(.+?)\}/g, (_, name: string) => {
      const text = writePathValue(values[name]);
      if (text === '') {
        throw new UrlError(name, `is missing or empty in ${method} ${path}`);
      }
      filled = name;
      return text;
    });
    // `encodeURIComponent` leaves dots as they are, and fetch then resolves them.
    // WHATWG URL, https://url.spec.whatwg.org/#double-dot-path-segment
    if (filled && /^(\.|%2e){1,2}$/i.test(segment)) {
      throw new UrlError(filled, `makes a segment "." or ".." in ${method} ${path}, which is another path`);
    }
    return segment;
  });
  return segments.join('/');
}

function writePathValue(value: unknown): string {
  const parts = Array.isArray(value) ? value : isObject(value) ? Object.entries(value).flat() : [value];
  return parts.map((part) => encodeURIComponent(part ?? '')).join(',');
}

function writeQuery([name, value]: [string, unknown]): string[] {
  const pairs = Array.isArray(value)
    ? value.map((item) => [name, item])
    : isObject(value)
      ? Object.entries(value).map(([key, item]) => [`${name}[${encodeURIComponent(key)}]`, item])
      : [[name, value]];
  return pairs
    .filter(([, item]) => item !== undefined && item !== null)
    .map(([key, item]) => {
      if (isObject(item)) {
        throw new UrlError(name, 'is nested too deeply for a query: give it plain values');
      }
      return `${key}=${encodeURIComponent(item)}`;
    });
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
