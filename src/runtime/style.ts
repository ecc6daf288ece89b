import type { ValueStyle } from './operation.ts';

/** Values by the names of their parameters. */
export type Values = Readonly<Record<string, unknown>>;

/** A value that must not be sent. The message names the parameter and the reason, never the value. */
export class UrlError extends Error {
  override readonly name = 'UrlError';
  /** The parameter at fault, as the spec names it. */
  readonly parameter: string;

  constructor(parameter: string, reason: string) {
    super(`${parameter} ${reason}.`);
    this.parameter = parameter;
  }
}

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

/** Tells a list or an object from a plain value. */
export function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** Looks a value up that is an object's own: a parameter may be called `constructor`. */
export function findOwn<Value>(
  values: Readonly<Record<string, Value>> | undefined,
  name: string,
): Value | undefined {
  return values !== undefined && Object.hasOwn(values, name) ? values[name] : undefined;
}

/** Tells whether a media type is JSON. */
export function isJson(mediaType: string): boolean {
  return /[/+]json\s*(;|$)/i.test(mediaType);
}
