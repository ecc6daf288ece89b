import { isFormType, isJsonType, isMultipartType } from '../http/media-types.ts';
import { isPlainObject } from './document.ts';
import type { ExampleBody, ExampleParameter, ExampleRequest } from './example-request.ts';
import { fillTemplate, splitPath } from './matcher.ts';
import type { OperationPlace } from './operations.ts';

type Values = Readonly<Record<string, unknown>>;

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
  body?: ExampleBody,
): RequestParts {
  const given = parameters.filter(({ value }) => value !== undefined);
  const valuesOf = (part: string): [name: string, value: unknown][] => [
    ...given.filter((one) => (one.in ?? 'query') === part).flatMap(styleParameter),
    ...credentials.flatMap((one) =>
      one.in === part ? [[one.name, one.value] satisfies [string, unknown]] : [],
    ),
  ];
  // What AWS documents have behind a path, its operation is found by. As a rule it is a parameter, too.
  const further = splitPath(path).wanted.filter(([name]) => !parameters.some((one) => one.name === name));
  const cookies = valuesOf('cookie').map(([name, value]) => `${name}=${value}`);
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
function styleForm({ mediaType, value, encoding = {} }: ExampleBody): unknown {
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

const defaultStyles: Readonly<Record<string, string>> = { query: 'form', cookie: 'form' };
const separators: Readonly<Record<string, string>> = { spaceDelimited: ' ', pipeDelimited: '|' };

/**
 * Writes the value of a parameter by its style: as the value of its name, or as those of the names that an object has.
 *
 * @see https://spec.openapis.org/oas/v3.1.1.html#style-values
 */
export function styleParameter({
  name,
  value,
  in: place = 'query',
  content,
  style: ownStyle,
  explode: ownExplode,
}: Pick<ExampleParameter, 'name' | 'value' | 'in' | 'content' | 'explode'> & { style?: string }): [
  name: string,
  value: unknown,
][] {
  const style: string = ownStyle ?? defaultStyles[place] ?? 'simple';
  const explode = ownExplode ?? style === 'form';
  if (content !== undefined || typeof value !== 'object' || value === null) {
    const text = typeof value === 'object' || content !== undefined ? toJsonText(value) : String(value);
    return [[name, addPrefix(style, name, text)]];
  }
  const pairs = Object.entries(value).map(([key, one]) => [key, toPlainText(one)] as const);
  if (style === 'deepObject') {
    return listDeep(name, value);
  }
  if (Array.isArray(value)) {
    const texts = value.map(toPlainText);
    return place === 'query' && explode ? [[name, texts]] : [[name, joinList(style, name, texts, explode)]];
  }
  if (style === 'form' && explode && place !== 'header') {
    return pairs.map(([key, text]) => [key, text]);
  }
  const separator =
    separators[style] ?? (explode && style === 'label' ? '.' : explode && style === 'matrix' ? ';' : ',');
  const joined = explode
    ? pairs.map(([key, text]) => `${key}=${text}`).join(separator)
    : pairs.flat().join(separator);
  return [[name, explode && style === 'matrix' ? `;${joined}` : addPrefix(style, name, joined)]];
}

function joinList(style: string, name: string, texts: readonly string[], explode: boolean): string {
  if (style === 'matrix' && explode) {
    return texts.map((text) => `;${name}=${text}`).join('');
  }
  return addPrefix(style, name, texts.join(separators[style] ?? (explode && style === 'label' ? '.' : ',')));
}

function addPrefix(style: string, name: string, text: string): string {
  return style === 'label' ? `.${text}` : style === 'matrix' ? `;${name}=${text}` : text;
}

function listDeep(name: string, value: object): [name: string, value: unknown][] {
  return Object.entries(value).flatMap(([key, one]): [string, unknown][] =>
    typeof one === 'object' && one !== null
      ? listDeep(`${name}[${key}]`, one)
      : [[`${name}[${key}]`, String(one)]],
  );
}

function toPlainText(value: unknown): string {
  return typeof value === 'object' && value !== null ? toJsonText(value) : String(value);
}

function toJsonText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
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
