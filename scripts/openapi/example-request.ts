import type {
  Oas3_1Definition,
  Oas3_1Schema,
  Oas3Encoding,
  Oas3Example,
  Oas3MediaType,
  Oas3RequestBody,
  Referenced,
} from '@redocly/openapi-core';
import { isFormType, isJsonType, isMultipartType, isXmlType } from '../http/media-types.ts';
import { readExamples } from './answers.ts';
import { type ExampleCredential, readCredentials } from './credentials.ts';
import { isPlainObject, resolveReference } from './document.ts';
import { type OperationPlace, type ParameterModel, readParameters } from './operations.ts';
import { sampleOneOf, sampleSchema } from './sample.ts';
import { renderXml } from './xml.ts';

/** A parameter and its value: one that the spec shows, or one that is made up. `undefined` where there is none. */
export interface ExampleParameter extends ParameterModel {
  value: unknown;
  /** Whether the spec shows the value. */
  isShown: boolean;
}

/** A body that the spec shows, or one that is made up. */
export interface ExampleBody {
  /** As it is sent: a concrete one also where the spec has a range of them. */
  mediaType: string;
  schema: Oas3_1Schema;
  value: unknown;
  /** How the fields of a form are written. */
  encoding?: Readonly<Record<string, Oas3Encoding>> | undefined;
  /** Whether the spec shows it. */
  isShown: boolean;
}

/** A request to an operation, in parts. */
export interface ExampleRequest {
  parameters: ExampleParameter[];
  /** One for each example of the body, or a made-up one, in the media type that is wanted first. Empty without a body. */
  bodies: ExampleBody[];
  /** What the first alternative of the operation's security asks for. */
  credentials: ExampleCredential[];
}

/** How an example request is read. */
export interface ExampleSettings {
  /** The name of the examples that come first. Default: the first example of each part. */
  name?: string;
  /** Whether the values come from examples, defaults and constants where there are any. Default: true. */
  useExamples?: boolean;
  /** Which alternative of a `oneOf` or an `anyOf` comes first, by its index. Default: 0. */
  alternative?: number;
}

/**
 * Reads a request to an operation: of each parameter the first example, its own or that of its schema. What is required
 * and shown nowhere is made up from its schema, the same each time, as is a body.
 */
export function readExampleRequest(
  document: Oas3_1Definition,
  place: OperationPlace,
  settings: ExampleSettings = {},
): ExampleRequest {
  return {
    parameters: readParameters(document, place).map((parameter) => ({
      ...parameter,
      ...readValue(document, parameter, settings),
    })),
    bodies: readBodies(document, place, settings),
    credentials: readCredentials(document, place.operation),
  };
}

function readValue(
  document: Oas3_1Definition,
  parameter: ParameterModel,
  settings: ExampleSettings,
): Pick<ExampleParameter, 'value' | 'isShown'> {
  const [content] = Object.values(parameter.content ?? {}) as Oas3MediaType<Oas3_1Schema>[];
  const schema =
    parameter.schema ?? (content?.schema && resolveReference<Oas3_1Schema>(document, content.schema)) ?? {};
  const shows = { ...content, ...parameter, schema };
  if (!parameter.required && isOfOtherNames(document, shows, settings)) {
    return { value: undefined, isShown: false };
  }
  const [shown] = listShown(document, shows, settings);
  if (shown !== undefined) {
    return { value: shown.value, isShown: true };
  }
  if (parameter.required !== true && parameter.in !== 'path') {
    return { value: undefined, isShown: false };
  }
  const usual = parameter.in === 'header' ? usualHeaders.get(parameter.name.toLowerCase()) : undefined;
  // An object of no property is nothing on the wire.
  const filled = schema.type === 'object' ? ({ minProperties: 1, ...schema } as Oas3_1Schema) : schema;
  return { value: usual ?? sampleSchema(document, filled, settings), isShown: false };
}

// OpenAPI has parameters of these names ignored. People document them all the same.
const usualHeaders: ReadonlyMap<string, string> = new Map([
  ['accept', '*/*'],
  ['content-type', 'application/json'],
  ['authorization', 'Bearer token-1'],
]);

// The request of a name has no parameter whose examples lack that name.
function isOfOtherNames(document: Oas3_1Definition, { examples }: Shown, { name }: ExampleSettings): boolean {
  const all = readExamples(document, examples);
  return name !== undefined && all.length > 0 && all.every((one) => one.name !== name);
}

/**
 * Reads the input of a client's function from the first examples of an operation.
 */
export function readExampleInput(document: Oas3_1Definition, place: OperationPlace): object {
  const example = readExampleRequest(document, place);
  return toClientInput(example, example.bodies[0]);
}

/**
 * Turns a request into the input of a client's function: `{ path, query, header, cookie, body }` with what the request
 * has, and its `credentials` by the names of their schemes. A bearer token is its `bearerToken`, too.
 */
export function toClientInput(
  { parameters, credentials }: Pick<ExampleRequest, 'parameters' | 'credentials'>,
  body?: ExampleBody,
): object {
  const given = parameters.filter(({ value }) => value !== undefined);
  const groups = Map.groupBy(given, (parameter) => parameter.in ?? 'query');
  const token = credentials.find(({ value }) => value.startsWith('Bearer '))?.value.slice('Bearer '.length);
  return {
    ...Object.fromEntries(
      [...groups].map(([part, all]) => [
        part,
        Object.fromEntries(all.map(({ name, value }) => [name, value])),
      ]),
    ),
    ...(body === undefined ? {} : { body: body.value }),
    ...(token === undefined ? {} : { bearerToken: token }),
    ...(credentials.length === 0
      ? {}
      : { credentials: Object.fromEntries(credentials.map(({ scheme, secret }) => [scheme, secret])) }),
  };
}

function readBodies(
  document: Oas3_1Definition,
  { operation }: OperationPlace,
  settings: ExampleSettings,
): ExampleBody[] {
  if (operation.requestBody === undefined) {
    return [];
  }
  const { content = {} } = resolveReference<Oas3RequestBody<Oas3_1Schema>>(document, operation.requestBody);
  const [name, media] = Object.entries(content).toSorted(compareContents)[0] ?? [];
  if (name === undefined || media === undefined) {
    return [];
  }
  const mediaType = toConcrete(name);
  const schema = resolveReference<Oas3_1Schema>(document, media.schema ?? {});
  const shown = listShown(document, { ...media, schema }, settings).map(({ value }) => ({
    value: readShownBody(mediaType, schema, value),
  }));
  const values = shown.length > 0 ? shown : [{ value: makeBody(document, mediaType, schema, settings) }];
  return values
    .filter(({ value }) => value !== undefined)
    .map(({ value }) => ({
      mediaType,
      schema,
      value: toText(document, mediaType, media.schema, value),
      encoding: media.encoding,
      isShown: shown.length > 0,
    }));
}

// What can be written as the spec has it comes first.
function compareContents([one]: [string, unknown], [other]: [string, unknown]): number {
  const rank = (mediaType: string): number =>
    isJsonType(mediaType) || isFormType(mediaType) ? 0 : isMultipartType(mediaType) ? 1 : 2;
  return rank(one) - rank(other);
}

// People paste JSON as a text, too.
function readShownBody(mediaType: string, { type }: Oas3_1Schema, value: unknown): unknown {
  if (typeof value !== 'string' || !isJsonType(mediaType) || [type ?? 'string'].flat().includes('string')) {
    return value;
  }
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

function makeBody(
  document: Oas3_1Definition,
  mediaType: string,
  schema: Oas3_1Schema,
  settings: ExampleSettings,
): unknown {
  const isOfFields = isFormType(mediaType) || isMultipartType(mediaType);
  // A form of no field is no body on the wire.
  const filled =
    isOfFields && schema.properties !== undefined
      ? ({ minProperties: 1, ...schema } as Oas3_1Schema)
      : schema;
  const made = sampleOneOf(document, filled, settings);
  return isOfFields && !isPlainObject(made) ? {} : made;
}

function toText(
  document: Oas3_1Definition,
  mediaType: string,
  schema: Referenced<Oas3_1Schema> | undefined,
  value: unknown,
): unknown {
  if (isJsonType(mediaType) || isFormType(mediaType) || isMultipartType(mediaType)) {
    return value;
  }
  if (typeof value !== 'object') {
    return String(value);
  }
  return isXmlType(mediaType) ? renderXml(document, schema ?? {}, value) : JSON.stringify(value);
}

const concreteTypes: Readonly<Record<string, string>> = {
  '*': 'application/json',
  application: 'application/json',
  text: 'text/plain',
  image: 'image/png',
  multipart: 'multipart/form-data',
};

function toConcrete(mediaType: string): string {
  const [, type] = /^\s*([^/]+)\/\*/.exec(mediaType) ?? [];
  return type === undefined ? mediaType : (concreteTypes[type] ?? `${type}/example`);
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
  { name, useExamples = true }: ExampleSettings,
): { value: unknown }[] {
  if (!useExamples) {
    return [];
  }
  const all = readExamples(document, examples).filter((one) => one.example.value !== undefined);
  const wanted = all.filter((one) => one.name === name);
  const named = (wanted.length > 0 ? wanted : all).map((one) => ({ value: one.example.value }));
  const candidates = [
    example,
    ...[schema.examples ?? []].flat(),
    schema.example,
    schema.default,
    schema.const,
  ];
  const [single = schema.enum?.[0]] = candidates.filter((value) => value !== undefined);
  return named.length > 0 || single === undefined ? named : [{ value: single }];
}
