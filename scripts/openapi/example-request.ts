import type {
  Oas3_1Definition,
  Oas3_1Schema,
  Oas3Example,
  Oas3RequestBody,
  Oas3SecurityScheme,
  Referenced,
} from '@redocly/openapi-core';
import { isFormType, isJsonType } from '../http/media-types.ts';
import { readExamples } from './answers.ts';
import { resolveReference } from './document.ts';
import { fillTemplate } from './matcher.ts';
import { type OperationPlace, type ParameterModel, readParameters } from './operations.ts';

/** Makes a value up for a part of a request that the spec shows no value of. `undefined` where there is none. */
export type MakeUp = (part: {
  in: string;
  name: string;
  schema?: Oas3_1Schema;
  required?: boolean;
}) => unknown;

/** A parameter and the value that the spec shows. */
export interface ExampleParameter extends ParameterModel {
  value: unknown;
}

/** A body that the spec shows. */
export interface ExampleBody {
  mediaType: string;
  schema: Oas3_1Schema;
  value: unknown;
}

/** A made-up credential, as a parameter carries it. */
export interface ExampleCredential {
  in: 'header' | 'query' | 'cookie';
  name: string;
  value: string;
}

/** A request to an operation, in parts that the spec shows. */
export interface ExampleRequest {
  parameters: ExampleParameter[];
  /** One for each example of the body, in the first media type that is wanted. Empty without a body. */
  bodies: ExampleBody[];
  /** What the first alternative of the operation's security asks for. */
  credentials: ExampleCredential[];
}

/** How an example request is read. */
export interface ExampleSettings {
  /** Which media types of a body are wanted. Default: forms and JSON. */
  isWanted?: (mediaType: string) => boolean;
  makeUp?: MakeUp;
}

/**
 * Reads a request to an operation from what its spec shows: of each parameter the first example, its own or that of its
 * schema.
 */
export function readExampleRequest(
  document: Oas3_1Definition,
  place: OperationPlace,
  {
    isWanted = (name) => isFormType(name) || isJsonType(name),
    makeUp = () => undefined,
  }: ExampleSettings = {},
): ExampleRequest {
  return {
    parameters: readParameters(document, place).map((parameter) => ({
      ...parameter,
      value: (listShown(document, parameter)[0] ?? { value: makeUp({ in: 'query', ...parameter }) }).value,
    })),
    bodies: readBodies(document, place, isWanted, makeUp),
    credentials: readCredentials(document, place),
  };
}

/**
 * Reads the input of a client's function: `{ path, query, header, body, bearerToken }`, with what the operation has.
 */
export function readExampleInput(
  document: Oas3_1Definition,
  place: OperationPlace,
  settings?: ExampleSettings,
): object {
  const { parameters, bodies, credentials } = readExampleRequest(document, place, {
    isWanted: () => true,
    ...settings,
  });
  const groups = Map.groupBy(parameters, (parameter) => parameter.in ?? 'query');
  const token = credentials.find(({ value }) => value.startsWith('Bearer '))?.value.slice('Bearer '.length);
  return {
    ...Object.fromEntries(
      [...groups].map(([part, all]) => [
        part,
        Object.fromEntries(all.map(({ name, value }) => [name, value])),
      ]),
    ),
    ...(bodies[0] === undefined ? {} : { body: bodies[0].value }),
    ...(token === undefined ? {} : { bearerToken: token }),
  };
}

function readBodies(
  document: Oas3_1Definition,
  { operation }: OperationPlace,
  isWanted: (mediaType: string) => boolean,
  makeUp: MakeUp,
): ExampleBody[] {
  if (operation.requestBody === undefined) {
    return [];
  }
  const { content } = resolveReference<Oas3RequestBody<Oas3_1Schema>>(document, operation.requestBody);
  const [mediaType, media] = Object.entries(content).find(([name]) => isWanted(name)) ?? [];
  if (mediaType === undefined || media === undefined) {
    return [];
  }
  const schema = resolveReference<Oas3_1Schema>(document, media.schema ?? {});
  const shown = listShown(document, { ...media, schema });
  const made = makeUp({ in: 'body', name: mediaType, schema });
  const values = shown.length > 0 || made === undefined ? shown : [{ value: made }];
  return values.map(({ value }) => ({ mediaType, schema, value }));
}

interface Shown {
  example?: unknown;
  examples?: Readonly<Record<string, Referenced<Oas3Example>>> | undefined;
  schema?: Oas3_1Schema;
}

// OpenAPI, "Parameter Object": what stands beside a schema overrides the examples of the schema.
function listShown(
  document: Oas3_1Definition,
  { example, examples, schema = {} }: Shown,
): { value: unknown }[] {
  const named = readExamples(document, examples).map((one) => ({ value: one.example.value }));
  const candidates = [example, ...(schema.examples ?? []), schema.example, schema.default, schema.const];
  const [single = schema.enum?.[0]] = candidates.filter((value) => value !== undefined);
  return named.length > 0 || single === undefined ? named : [{ value: single }];
}

function readCredentials(document: Oas3_1Definition, { operation }: OperationPlace): ExampleCredential[] {
  const [alternative = {}] = operation.security ?? document.security ?? [];
  return Object.keys(alternative).flatMap((name) => {
    const scheme = document.components?.securitySchemes?.[name];
    return scheme === undefined ? [] : [toCredential(resolveReference<Oas3SecurityScheme>(document, scheme))];
  });
}

function toCredential(scheme: Oas3SecurityScheme): ExampleCredential {
  if (scheme.type === 'apiKey') {
    return { in: scheme.in, name: scheme.name, value: 'key-1' };
  }
  const isBasic = scheme.type === 'http' && scheme.scheme.toLowerCase() === 'basic';
  const value = isBasic ? `Basic ${Buffer.from('user:password').toString('base64')}` : 'Bearer token-1';
  return { in: 'header', name: 'authorization', value };
}

type Values = Readonly<Record<string, unknown>>;

/** The parts of a request, before they are written as HTTP has them. */
export interface RequestParts {
  /** In upper case. */
  method: string;
  /** With `{placeholders}`. */
  path: string;
  pathValues: Values;
  query: Values;
  headers: Readonly<Record<string, string>>;
  /** Written as the header `content-type` says: as a form or as JSON. */
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
  const given = [...parameters, ...credentials].filter(({ value }) => value !== undefined);
  const valuesOf = (part: string): [name: string, value: unknown][] =>
    given.flatMap((one) => (one.in === part ? [[one.name, one.value]] : []));
  const cookies = valuesOf('cookie').map(([name, value]) => `${name}=${value}`);
  // RFC 9110, section 9.3.1: what a GET carries has no meaning, and fetch sends none.
  const sent = ['get', 'head'].includes(method) ? undefined : body;
  const headers: [name: string, value: unknown][] = [
    ...(sent === undefined ? [] : [['content-type', sent.mediaType] satisfies [string, string]]),
    ...valuesOf('header'),
    ...(cookies.length === 0 ? [] : [['cookie', cookies.join('; ')] satisfies [string, string]]),
  ];
  return {
    method: method.toUpperCase(),
    path,
    pathValues: Object.fromEntries(valuesOf('path')),
    query: Object.fromEntries(valuesOf('query')),
    headers: Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), String(value)])),
    ...(sent === undefined ? {} : { body: sent.value }),
  };
}

/** A request with one value for each header. */
export interface WrittenRequest {
  method: string;
  /** Path and query. */
  target: string;
  headers: Record<string, string>;
  body: string;
}

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
  const search = encodePairs(query);
  return {
    method,
    target: fillTemplate(path, pathValues) + (search === '' ? '' : `?${search}`),
    headers: { ...headers },
    body: body === undefined ? '' : writeBody(body, headers['content-type']),
  };
}

function writeBody(body: unknown, mediaType = ''): string {
  return isFormType(mediaType) ? encodePairs((body ?? {}) as Values) : JSON.stringify(body);
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
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  return encodeURIComponent(text).replaceAll(/%(?:40|3A|2F)/g, decodeURIComponent);
}
