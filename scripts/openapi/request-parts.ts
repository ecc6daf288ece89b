import type { Operation, ValueStyle } from '../../src/runtime/operation.ts';
import { createStyles } from '../../src/runtime/style.ts';
import { tools } from '../../src/runtime/values.ts';
import { isFormType, isJsonType, isMultipartType } from '../http/media-types.ts';
import { isPlainObject } from './document.ts';
import type { ExampleBody, ExampleParameter, ExampleRequest } from './example-request.ts';
import { fillTemplate, splitPath } from './matcher.ts';
import type { OperationPlace } from './operations.ts';

type Values = Readonly<Record<string, unknown>>;
type SentBody = Pick<ExampleBody, 'mediaType' | 'value' | 'encoding'>;

/** The parts of a request, before they are written as HTTP has them. */
export interface RequestParts {
  /** In upper case. */
  method: string;
  /** With `{placeholders}`. */
  path: string;
  /** Each as its style has it, but not encoded. */
  pathValues: Values;
  /** By name, or by the names that a style makes of one. A list is a name that is repeated. */
  query: Values;
  headers: Readonly<Record<string, string>>;
  /** Written as the header `content-type` says: as a form, in parts, as JSON, or as it is. */
  body?: unknown;
}

/**
 * Puts an example request into the parts that a request has, with the body that is given. What has no value is left out.
 */
export function toRequestParts(
  { method, path }: OperationPlace,
  { parameters, credentials }: Pick<ExampleRequest, 'parameters' | 'credentials'>,
  body?: SentBody,
): RequestParts {
  const given = parameters.filter(({ value }) => value !== undefined);
  const valuesOf = (part: string): [name: string, value: unknown][] => [
    ...given.filter((one) => (one.in ?? 'query') === part).flatMap(styleParameter),
    ...credentials.flatMap((one) =>
      one.in === part ? [[one.name, one.value] satisfies [string, unknown]] : [],
    ),
  ];
  // AWS documents have behind a path what their operation is found by. As a rule it is a parameter, too.
  const further = splitPath(path).wanted.filter(([name]) => !parameters.some((one) => one.name === name));
  const cookies = valuesOf('cookie').flatMap(([name, value]) =>
    [value].flat().map((one) => `${name}=${one}`),
  );
  // RFC 9110, section 9.3.1: what a GET carries has no meaning, and fetch sends none.
  const sent = ['get', 'head', 'trace'].includes(method) ? undefined : body;
  const headers: [name: string, value: unknown][] = [
    ...valuesOf('header'),
    ...(sent === undefined ? [] : [['content-type', sent.mediaType] satisfies [string, string]]),
    ...(cookies.length === 0 ? [] : [['cookie', cookies.join('; ')] satisfies [string, string]]),
  ];
  return {
    method: method.toUpperCase(),
    path,
    pathValues: Object.fromEntries(valuesOf('path')),
    query: Object.fromEntries([...further, ...valuesOf('query')]),
    headers: Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), String(value)])),
    ...(sent === undefined ? {} : { body: styleForm(sent) }),
  };
}

// What has no style of its own is repeated where it is a list, and JSON where it is an object.
function styleForm({ mediaType, value, encoding = {} }: SentBody): unknown {
  if (!isFormType(mediaType) || !isPlainObject(value)) {
    return value;
  }
  const styled = Object.entries(value).flatMap(([name, one]): [string, unknown][] => {
    const { style, explode } = encoding[name] ?? {};
    const isStyled = style !== undefined || explode !== undefined;
    return isStyled
      ? styleParameter({
          name,
          value: one,
          in: 'query',
          ...(style && { style }),
          ...(explode === undefined ? {} : { explode }),
        })
      : [[name, one]];
  });
  return Object.fromEntries(styled);
}

const { expand, url, headers: writeHeaders } = createStyles(tools);

/**
 * Writes the value of a parameter by its style, as the generated client does: as the value of its name, or as those of the
 * names that an object has. A path keeps its percent-encoding for later.
 *
 * @see https://spec.openapis.org/oas/v3.1.1.html#style-values
 */
export function styleParameter({
  name,
  value,
  in: place = 'query',
  content,
  style: given,
  explode,
}: Pick<ExampleParameter, 'name' | 'value' | 'in' | 'content' | 'explode'> & { style?: string }): [
  name: string,
  value: unknown,
][] {
  const style = {
    ...(given === undefined ? {} : { style: given }),
    ...(explode === undefined ? {} : { explode }),
    // An example that is a text is one that is written already.
    ...(content === undefined || typeof value === 'string' ? {} : { contentType: 'application/json' }),
  } as ValueStyle;
  const isPlain = given === 'deepObject' || content !== undefined;
  const writable = isPlain ? value : flatten(value);
  if (place === 'path') {
    const operation = { styles: { path: { [name]: style } } } as unknown as Operation;
    return [[name, decodeURIComponent(url.path(name, writable, operation))]];
  }
  if (place === 'header') {
    const operation = { styles: { header: { [name]: style } } } as unknown as Operation;
    return [[name, String(writeHeaders(operation, { [name]: writable })[name])]];
  }
  const pairs = Map.groupBy(
    expand(name, writable, style, (text) => text),
    ([key]) => key,
  );
  return [...pairs].map(([key, all]) => [key, all.length === 1 ? all[0]?.[1] : all.map(([, text]) => text)]);
}

// No style has a way to write what is nested deeper: people send JSON.
function flatten(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(toPlainText);
  }
  return isPlainObject(value)
    ? Object.fromEntries(Object.entries(value).map(([key, one]) => [key, toPlainText(one)]))
    : String(value);
}

function toPlainText(value: unknown): string {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);
}

/** A request with one value for each header. */
export interface WrittenRequest {
  method: string;
  /** Path and query. */
  target: string;
  headers: Record<string, string>;
  body: string;
}

// Any text that no part holds.
const boundary = 'contract-kit-boundary';

/**
 * Writes a request as it goes over the wire.
 */
export function writeRequest({
  method,
  path,
  pathValues,
  query,
  headers,
  body,
}: RequestParts): WrittenRequest {
  const { 'content-type': mediaType = '' } = headers;
  const search = encodePairs(query);
  const sentPath = fillTemplate(splitPath(path).path, pathValues);
  return {
    method,
    target: sentPath + (search === '' ? '' : `?${search}`),
    headers: isMultipartType(mediaType)
      ? { ...headers, 'content-type': `${mediaType.replace(/;.*$/s, '')}; boundary=${boundary}` }
      : { ...headers },
    body: body === undefined ? '' : writeBody(body, mediaType),
  };
}

function writeBody(body: unknown, mediaType: string): string {
  if (isFormType(mediaType)) {
    return encodePairs((body ?? {}) as Values);
  }
  if (isMultipartType(mediaType)) {
    return writeParts((body ?? {}) as Values);
  }
  return typeof body === 'string' && mediaType !== '' && !isJsonType(mediaType) ? body : JSON.stringify(body);
}

// RFC 7578.
function writeParts(values: Values): string {
  const parts = Object.entries(values).flatMap(([name, value]) =>
    [value].flat().map((one) => {
      const type = isPlainObject(one) ? '\r\nContent-Type: application/json' : '';
      const quoted = name.replaceAll(/["\r\n]/g, encodeURIComponent);
      return `--${boundary}\r\nContent-Disposition: form-data; name="${quoted}"${type}\r\n\r\n${toPlainText(one)}\r\n`;
    }),
  );
  return `${parts.join('')}--${boundary}--\r\n`;
}

function encodePairs(values: Values): string {
  return Object.entries(values)
    .flatMap(([name, value]) =>
      [value].flat().map((one) => `${encodeURIComponent(name)}=${encodeValue(one)}`),
    )
    .join('&');
}

// RFC 3986, section 3.4, lets these stand in a query, where a person reads them better.
function encodeValue(value: unknown): string {
  return encodeURIComponent(toPlainText(value)).replaceAll(/%(?:40|3A|2F)/g, decodeURIComponent);
}
