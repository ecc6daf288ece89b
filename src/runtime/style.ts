import type { Operation, ValueStyle } from './operation.ts';
import type { UrlWriter } from './url.ts';
import { findOwn, isObject, UrlError, type Values } from './values.ts';

/** A value and the name that it is sent with, which is that of a property where an object is exploded. */
export type Pair = [name: string, text: string];

/**
 * Writes a value in its style, as the pairs that it is sent in. What is `null` or `undefined` is left out.
 *
 * @param label the name as it is sent; empty in the styles `simple` and `label`
 * @throws {UrlError} for a value that is nested deeper than the style can carry
 * @see https://www.rfc-editor.org/rfc/rfc6570#section-3.2.1
 */
export function expand(
  name: string,
  value: unknown,
  { style = 'form', explode = style === 'form', contentType }: ValueStyle,
  encode: (text: string) => string,
  label: string = name,
): Pair[] {
  const write = (item: unknown): string => {
    if (isObject(item)) throw new UrlError(name, 'is nested too deeply for its style');
    return encode(`${item}`);
  };
  if (value === undefined || value === null) {
    return [];
  }
  if (contentType !== undefined) {
    return [[label, encode(JSON.stringify(value))]];
  }
  if (!isObject(value)) {
    return [[label, write(value)]];
  }
  if (style === 'deepObject') {
    return expandDeep(name, value, encode, label);
  }
  const entries = Object.entries(value).filter(([, item]) => item !== undefined && item !== null);
  const isList = Array.isArray(value);
  if (explode) {
    return entries.map(([key, item]) => [isList ? label : encode(key), write(item)]);
  }
  const parts = entries.flatMap(([key, item]) => (isList ? [write(item)] : [encode(key), write(item)]));
  // RFC 3986 lets neither a space nor a bar into a URL: they are percent-encoded, as their style has them.
  const delimiter = style === 'spaceDelimited' ? encode(' ') : style === 'pipeDelimited' ? encode('|') : ',';
  return parts.length > 0 ? [[label, parts.join(delimiter)]] : [];
}

// OpenAPI leaves open what is nested. Items of a list get their index, as Stripe's API, PHP, qs and Prism read them.
function expandDeep(name: string, value: unknown, encode: (text: string) => string, label: string): Pair[] {
  return isObject(value)
    ? Object.entries(value).flatMap(([key, item]) =>
        expandDeep(name, item, encode, `${label}[${encode(key)}]`),
      )
    : expand(name, value, {}, encode, label);
}

/**
 * Writes values into a URL in the styles that the spec has for them. An object of a name that the spec doesn't know is a
 * `deepObject`: `name[key]=value`.
 */
export const styledUrl: UrlWriter = {
  path: (name, value, { styles }) => {
    const style: ValueStyle = { style: 'simple', ...findOwn(styles?.path, name) };
    const first = style.style === 'label' ? '.' : style.style === 'matrix' ? ';' : '';
    const pairs = expand(name, value, style, encodeURIComponent, first === ';' ? name : '');
    const text = pairs.map(([key, part]) => (key === '' ? part : `${key}=${part}`)).join(first || ',');
    return text && first + text;
  },
  query: (name, label, value, { query }) => {
    const unknown: ValueStyle = Array.isArray(value) ? {} : { style: 'deepObject' };
    const style = query.find((parameter) => parameter.name === name) ?? unknown;
    const encode = style.allowReserved ? encodeUnreserved : encodeURIComponent;
    return expand(name, value, style, encode, label).map((pair) => pair.join('='));
  },
};

// What separates parameters or ends a query stays encoded. A sequence that is encoded already is left alone.
// RFC 6570, section 3.2.3
function encodeUnreserved(text: string): string {
  return text
    .split(/(%[\da-f]{2})/i)
    .map((part, index) => (index % 2 ? part : part.replace(/[^\w!$'()*,./:;=?@~-]+/g, encodeURIComponent)))
    .join('');
}

/**
 * Writes objects and JSON into headers.
 *
 * @throws {UrlError} for a value that is nested deeper than its style can carry
 */
export function styleHeaders({ styles }: Operation, values: Values = {}): Values {
  const write = (name: string, value: unknown): unknown => {
    const style = findOwn(styles?.header, name);
    // A list is a header several times, which is the same: RFC 9110, section 5.2
    if (style?.contentType === undefined && (!isObject(value) || Array.isArray(value))) return value;
    const pairs = expand(name, value, { style: 'simple', ...style }, (text) => text, '');
    return pairs.map(([key, text]) => (key === '' ? text : `${key}=${text}`)).join(',');
  };
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, write(name, value)]));
}
