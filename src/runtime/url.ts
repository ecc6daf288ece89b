import type { Operation } from './operation.ts';
import { findOwn, UrlError, type Values } from './values.ts';

export { UrlError, type Values };

/**
 * Checks an absolute base URL and drops its trailing slashes.
 *
 * @throws {TypeError} that names the option, when the URL is not absolute, not http(s), carries a query, a fragment
 *   or credentials, or has a placeholder or white space in it
 */
export function checkBaseUrl(baseUrl: string, option: string): string {
  // An "@" before the path is that of credentials. With a slash behind it, the host is parsed as it will be.
  if (!/^https?:\/\/[^\s/?#@{}]+(\/[^\s?#{}]*)?$/i.test(baseUrl) || !URL.canParse(`${baseUrl}/`)) {
    throw new TypeError(
      `${option} must be an absolute http or https URL without placeholder, query, fragment or credentials, such as https://api.your-company.com.`,
    );
  }
  return baseUrl.replace(/\/+$/, '');
}

/** How values are written into a URL. */
export interface UrlWriter {
  /** Gives an empty text for a value that has none. */
  path: (name: string, value: unknown, operation: Operation) => string;
  /** Gives `name=value`, as often as it takes. */
  query: (name: string, label: string, value: unknown, operation: Operation) => string[];
}

// Of plain values alone. Most calls have no others, and load no styles.
const plainUrl: UrlWriter = {
  path: (_, value) => encodeURIComponent((value ?? '') as string),
  query: (_, label, value) => [`${label}=${encodeURIComponent(value as string)}`],
};

/**
 * Builds the URL of an operation, percent-encoded. The query is in the order of the spec, which is part of the contract
 * in a redirect URL; values of parameters that the spec doesn't name come last.
 *
 * @param baseUrl without a slash at its end
 * @param writer `styledUrl`, where lists, objects or styles are written
 * @throws {UrlError} for a path parameter that is missing or empty or leads to another path, and for a value that is
 *   nested deeper than its style can carry
 */
export function buildUrl(
  operation: Operation,
  baseUrl: string,
  { path = {}, query = {} }: { path?: Values | undefined; query?: Values | undefined },
  writer: UrlWriter = plainUrl,
): string {
  const names = new Set([...operation.query.map(({ name }) => name), ...Object.keys(query)]);
  const search = [...names].flatMap((name) => {
    const value = findOwn(query, name);
    return value === undefined || value === null
      ? []
      : writer.query(name, encodeName(name), value, operation);
  });
  const filled = fillPath(operation, path, writer);
  const begin = operation.path.includes('?') ? '&' : '?';
  return baseUrl + filled + (search.length > 0 ? begin + search.join('&') : '');
}

// The brackets of `filter[name]` and the dollar of `$top` are expected as they are.
function encodeName(name: string): string {
  return name.replace(/[^\w!$'()*,./:;?@[\]~-]+/g, encodeURIComponent);
}

function fillPath(operation: Operation, values: Values, writer: UrlWriter): string {
  const { method, path } = operation;
  const refuse = (name: string, reason: string) => new UrlError(name, `${reason} in ${method} ${path}`);
  const filled = path.replace(/\{(.+?)\}/g, (_, name: string) => {
    const text = writer.path(name, findOwn(values, name), operation);
    if (text === '') throw refuse(name, 'is missing or empty');
    return text;
  });
  // `encodeURIComponent` leaves dots as they are, and fetch then resolves them.
  // WHATWG URL, https://url.spec.whatwg.org/#double-dot-path-segment
  const dots = filled === path ? null : /\/(?:\.|%2[eE]){1,2}(?:\/|$)/.exec(filled);
  if (dots) {
    // The slashes of the template, but not those in the name of a parameter.
    const segment = path.split(/\/(?![^{]*\})/)[filled.slice(0, dots.index).split('/').length];
    const [, name = ''] = /\{(.+?)\}/.exec(segment ?? '') ?? [];
    throw refuse(name, 'makes a segment "." or ".."');
  }
  return filled;
}
