import type { Operation } from './operation.ts';

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
  const values: Values = {
    ...Object.fromEntries(operation.query.map(({ name }) => [name, query[name]])),
    ...query,
  };
  const search: string[] = [];
  for (const name in values) {
    writeQuery(search, name, values[name]);
  }
  return baseUrl + fillPath(operation, path) + (search.length > 0 ? `?${search.join('&')}` : '');
}

function fillPath({ method, path }: Operation, values: Values): string {
  const refuse = (name: string, reason: string) => new UrlError(name, `${reason} in ${method} ${path}`);
  const filled = path.replace(/\{(.+?)\}/g, (_, name: string) => {
    const text = writePathValue(values[name]);
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

function writePathValue(value: unknown): string {
  if (!isObject(value)) {
    return encodeURIComponent((value ?? '') as string);
  }
  const parts = Array.isArray(value) ? value : Object.entries(value).flat();
  return parts.map(writePathValue).join(',');
}

function writeQuery(search: string[], name: string, value: unknown): void {
  if (!isObject(value)) {
    if (value !== undefined && value !== null) search.push(`${name}=${encodeURIComponent(value as string)}`);
    return;
  }
  for (const [key, item] of Object.entries(value)) {
    if (isObject(item)) {
      throw new UrlError(name, 'is nested too deeply for a query');
    }
    writeQuery(search, Array.isArray(value) ? name : `${name}[${encodeURIComponent(key)}]`, item);
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
