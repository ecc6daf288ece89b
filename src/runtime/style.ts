import type { Operation, ValueStyle } from './operation.ts';
import type { UrlWriter } from './url.ts';
import type { Tools, Values } from './values.ts';

/** A value and the name that it is sent with, which is that of a property where an object is exploded. */
export type Pair = [name: string, text: string];

/** Writes values in the styles that a spec has for them. */
export interface Styles {
  /**
   * Gives the pairs that a value is sent in. What is `null` or `undefined` is left out.
   *
   * @param label the name as it is sent; empty in the styles `simple` and `label`
   * @throws {UrlError} for a value that is nested deeper than the style can carry
   * @see https://www.rfc-editor.org/rfc/rfc6570#section-3.2.1
   */
  expand: (
    name: string,
    value: unknown,
    style: ValueStyle,
    encode: (text: string) => string,
    label?: string,
  ) => Pair[];
  /** An object of a name that the spec doesn't know is a `deepObject`: `name[key]=value`. */
  url: UrlWriter;
  /** Writes objects and JSON into headers. */
  headers: (operation: Operation, values: Values | undefined) => Values;
}

/** Creates functions that write values in styles. */
export function createStyles({ findOwn, isObject, UrlError }: Tools): Styles {
  const expand: Styles['expand'] = (name, value, options, encode, label = name) => {
    const { style = 'form', explode = style === 'form', contentType } = options;
    const write = (item: unknown): string => {
      if (isObject(item)) throw new UrlError(name, 'is nested too deeply for its style');
      return encode(`${item}`);
    };
    // OpenAPI leaves open what is nested. Items of a list get their index, as Stripe's API, PHP, qs and Prism read them.
    const expandDeep = (part: unknown, place: string): Pair[] =>
      isObject(part)
        ? Object.entries(part).flatMap(([key, item]) => expandDeep(item, `${place}[${encode(key)}]`))
        : expand(name, part, {}, encode, place);
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
      return expandDeep(value, label);
    }
    const entries = Object.entries(value).filter(([, item]) => item !== undefined && item !== null);
    const isList = Array.isArray(value);
    if (explode) {
      return entries.map(([key, item]) => [isList ? label : encode(key), write(item)]);
    }
    const parts = entries.flatMap(([key, item]) => (isList ? [write(item)] : [encode(key), write(item)]));
    // RFC 3986 lets neither a space nor a bar into a URL: they are percent-encoded, as their style has them.
    const delimiter =
      style === 'spaceDelimited' ? encode(' ') : style === 'pipeDelimited' ? encode('|') : ',';
    return parts.length > 0 ? [[label, parts.join(delimiter)]] : [];
  };

  const writePath: UrlWriter['path'] = (name, value, { styles }) => {
    const style: ValueStyle = { style: 'simple', ...findOwn(styles?.path, name) };
    const first = style.style === 'label' ? '.' : style.style === 'matrix' ? ';' : '';
    const text = join(
      expand(name, value, style, encodeURIComponent, first === ';' ? name : ''),
      first || ',',
    );
    return text && first + text;
  };

  const writeQuery: UrlWriter['query'] = (name, label, value, { query }) => {
    const unknown: ValueStyle = Array.isArray(value) ? {} : { style: 'deepObject' };
    const style = query.find((parameter) => parameter.name === name) ?? unknown;
    const encode = style.allowReserved ? encodeUnreserved : encodeURIComponent;
    return expand(name, value, style, encode, label).map((pair) => pair.join('='));
  };

  const writeHeader = (name: string, value: unknown, style: ValueStyle | undefined): unknown =>
    // A list is a header several times, which is the same: RFC 9110, section 5.2
    style?.contentType === undefined && (!isObject(value) || Array.isArray(value))
      ? value
      : join(
          expand(name, value, { style: 'simple', ...style }, (text) => text, ''),
          ',',
        );

  return {
    expand,
    url: { path: writePath, query: writeQuery },
    headers: ({ styles }, values = {}) => {
      const entries = Object.entries(values);
      return Object.fromEntries(
        entries.map(([name, value]) => [name, writeHeader(name, value, findOwn(styles?.header, name))]),
      );
    },
  };
}

function join(pairs: readonly Pair[], separator: string): string {
  return pairs.map(([key, text]) => (key === '' ? text : `${key}=${text}`)).join(separator);
}

// What separates parameters or ends a query stays encoded. A sequence that is encoded already is left alone.
// RFC 6570, section 3.2.3
function encodeUnreserved(text: string): string {
  return text
    .split(/(%[\da-f]{2})/i)
    .map((part, index) => (index % 2 ? part : part.replace(/[^\w!$'()*,./:;=?@~-]+/g, encodeURIComponent)))
    .join('');
}
