import type { Operation, ValueStyle } from './operation.ts';
import { expand, findOwn, UrlError, type Values } from './style.ts';

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

/**
 * Builds the URL of an operation, percent-encoded. The query is in the order of the spec, which is part of the contract
 * in a redirect URL; values of parameters that the spec doesn't name come last.
 *
 * Parameters are in the style that the spec gives them. An object of a name that the spec doesn't know is a
 * `deepObject`: `name[key]=value`.
 *
 * @param baseUrl without a slash at its end
 * @throws {UrlError} for a path parameter that is missing or empty or leads to another path, and for a value that is
 *   nested deeper than its style can carry
 */
export function buildUrl(
  operation: Operation,
  baseUrl: string,
  { path = {}, query = {} }: { path?: Values | undefined; query?: Values | undefined },
): string {
  const styles = new Map<string, ValueStyle>(operation.query.map((parameter) => [parameter.name, parameter]));
  const names = new Set([...styles.keys(), ...Object.keys(query)]);
  const search = [...names].flatMap((name) => {
    const value = findOwn(query, name);
    const style = styles.get(name) ?? (Array.isArray(value) ? {} : deepObject);
    const encode = style.allowReserved ? encodeUnreserved : encodeURIComponent;
    return expand(name, value, style, encode, encodeName(name)).map((pair) => pair.join('='));
  });
  return baseUrl + fillPath(operation, path) + (search.length > 0 ? `?${search.join('&')}` : '');
}

const deepObject: ValueStyle = { style: 'deepObject' };

// The brackets of `filter[name]` and the dollar of `$top` are expected as they are.
function encodeName(name: string): string {
  return name.replace(/[^\w!$'()*,./:;?@[\]~-]+/g, encodeURIComponent);
}

// What separates parameters or ends a query stays encoded. A sequence that is encoded already is left alone.
// RFC 6570, section 3.2.3
function encodeUnreserved(text: string): string {
  return text
    .split(/(%[\da-f]{2})/i)
    .map((part, index) => (index % 2 ? part : part.replace(/[^\w!$'()*,./:;=?@~-]+/g, encodeURIComponent)))
    .join('');
}

function fillPath({ method, path, styles }: Operation, values: Values): string {
  const refuse = (name: string, reason: string) => new UrlError(name, `${reason} in ${method} ${path}`);
  const filled = path.replace(/\{(.+?)\}/g, (_, name: string) => {
    const text = writePathValue(name, findOwn(values, name), findOwn(styles?.path, name));
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

function writePathValue(name: string, value: unknown, style: ValueStyle = {}): string {
  const first = style.style === 'label' ? '.' : style.style === 'matrix' ? ';' : '';
  const label = first === ';' ? name : '';
  const pairs = expand(name, value, { style: 'simple', ...style }, encodeURIComponent, label);
  const text = pairs.map(([key, part]) => (key === '' ? part : `${key}=${part}`)).join(first || ',');
  return text === '' ? '' : first + text;
}
