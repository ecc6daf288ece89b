import type {
  Oas3_1Definition,
  Oas3_1Schema,
  Oas3Header,
  Oas3MediaType,
  Oas3RequestBody,
} from '@redocly/openapi-core';
import type { OperationModel } from '../generate/model/operation-model.ts';
import { readOperations } from '../generate/model/read-operations.ts';
import { findContent, isFormType, isJsonType, readEssence } from '../http/media-types.ts';
import {
  type DocumentedAnswer,
  findFinalStatus,
  findResponse,
  listAnswers,
  readExamples,
} from '../openapi/answers.ts';
import { isPlainObject, resolveReference } from '../openapi/document.ts';
import { type ExampleRequest, readExampleRequest } from '../openapi/example-request.ts';
import type { ParameterModel } from '../openapi/operations.ts';
import { sampleSchema } from '../openapi/sample.ts';
import { listBranches } from '../openapi/schemas.ts';
import { getValidator, type SchemaNode } from '../openapi/validator.ts';
import { isValid, makeUpValue } from './made-up.ts';
import { findBranches } from './matchers.ts';

type Values = Readonly<Record<string, unknown>>;

/** The request of a consumer test, by the parts that a client's function takes. */
export interface CaseRequest {
  path: Values;
  query: Values;
  header: Values;
  credentials: ExampleRequest['credentials'];
  body?: { mediaType: string; schema: SchemaNode; value: unknown };
  parameters: readonly ParameterModel[];
}

/** The response that a consumer test expects. */
export interface CaseResponse {
  status: number;
  /** The headers that the spec requires, apart from `Content-Type`. */
  headers: Readonly<Record<string, string>>;
  /** The schema and the value are missing where only the media type is relied on. */
  body?: { mediaType: string; schema?: SchemaNode; value?: unknown };
}

/** A consumer test of one documented answer. */
export interface TestCase {
  answer: DocumentedAnswer;
  /** What the answer says, as `no such order`. Unique among the answers of its operation that have its status. */
  label: string;
  /** The provider state: that of the spec, else what the overlay adds. */
  state?: string;
  request: CaseRequest;
  response: CaseResponse;
}

/** The consumer tests of an operation. */
export interface OperationCases {
  operation: OperationModel;
  cases: readonly TestCase[];
  /** Why no test can be written, as the end of a sentence. */
  obstacle?: string;
}

/**
 * Lists the consumer tests that a document asks for, one for each answer that it documents, by operation.
 *
 * @param stateOf the provider state of an answer that has none in the spec
 */
export function listCases(
  document: Oas3_1Definition,
  stateOf: (answer: DocumentedAnswer, label: string) => string | undefined = () => undefined,
): OperationCases[] {
  const answers = Map.groupBy(listAnswers(document), ({ place }) => `${place.method} ${place.path}`);
  return readOperations(document).flatMap((operation) => {
    const own = (answers.get(`${operation.method} ${operation.path}`) ?? []).filter(
      (answer) => findFinalStatus(answer) !== undefined,
    );
    if (own.length === 0) {
      return [];
    }
    const obstacle = findObstacle(document, operation);
    const labels = new Map<string, number>();
    const cases = own.map((answer) => toCase(document, operation, answer, labels, stateOf));
    return obstacle === undefined ? [{ operation, cases }] : [{ operation, cases: [], obstacle }];
  });
}

function findObstacle(
  document: Oas3_1Definition,
  { operation, requestBody }: OperationModel,
): string | undefined {
  const [{ mediaType } = { mediaType: 'application/json' }] = requestBody?.contents ?? [];
  if (isJsonType(mediaType)) {
    return undefined;
  }
  const schema = readMedia(document, operation.requestBody, mediaType)?.schema ?? {};
  if (isFormType(mediaType)) {
    const value = sampleSchema(document, schema as SchemaNode);
    const isFlat = isPlainObject(value) && Object.values(value).every((one) => typeof one !== 'object');
    return isFlat ? undefined : `it takes a form whose fields are no plain values`;
  }
  const isText = readEssence(mediaType).startsWith('text/');
  return isText ? undefined : `it takes ${mediaType}`;
}

function toCase(
  document: Oas3_1Definition,
  operation: OperationModel,
  answer: DocumentedAnswer,
  labels: Map<string, number>,
  stateOf: (answer: DocumentedAnswer, label: string) => string | undefined,
): TestCase {
  const status = findFinalStatus(answer) ?? 200;
  const plain = describeAnswer(document, answer, status);
  const key = `${status} ${plain}`;
  const count = (labels.get(key) ?? 0) + 1;
  labels.set(key, count);
  const label = count === 1 ? plain : `${plain} (${answer.example?.name ?? count})`;
  const state = answer.state ?? stateOf(answer, label);
  return {
    answer,
    label,
    ...(state === undefined ? {} : { state }),
    request: readRequest(document, operation, answer),
    response: readResponse(document, operation, answer, status),
  };
}

/**
 * Says in a few words what an answer is: the summary or the name of its example. A single word says little: where there
 * is no other example, the description of the response stands for it.
 */
function describeAnswer(document: Oas3_1Definition, answer: DocumentedAnswer, status: number): string {
  const response = findResponse(document, answer.place.operation, status);
  const examples = Object.values(response?.content ?? {}).flatMap((one) =>
    readExamples(document, one.examples),
  );
  const example = examples.find((one) => one.name === answer.example?.name);
  const description = toPhrase(response?.description ?? '');
  if (example === undefined) {
    return description || `the status ${status}`;
  }
  const words = toPhrase(example.example.summary ?? '') || humanize(example.name);
  return words.includes(' ') || examples.length > 1 || !description.includes(' ') ? words : description;
}

function humanize(name: string): string {
  return name
    .replaceAll(/([a-z\d])([A-Z])/g, '$1 $2')
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .toLowerCase();
}

// The first sentence, on one line, as it stands in the middle of another.
function toPhrase(text: string): string {
  const [sentence = ''] = text.trim().split(/[.!?](?:\s|$)|\n/);
  const [words = ''] =
    /^.{0,100}(?![\p{L}\p{N}])/su.exec(`${sentence.replaceAll(/\s+/g, ' ').trim()} `) ?? [];
  const phrase = words.replace(/[^\p{L}\p{N})"'`]+$/u, '');
  return /^(?:A |[A-Z][a-z])/.test(phrase) ? phrase.charAt(0).toLowerCase() + phrase.slice(1) : phrase;
}

function readRequest(
  document: Oas3_1Definition,
  { operation, requestBody }: OperationModel,
  { place, example, condition = {} }: DocumentedAnswer,
): CaseRequest {
  const mediaType = requestBody?.contents[0]?.mediaType;
  const shown = readExampleRequest(
    document,
    place,
    example?.name === undefined ? {} : { name: example.name },
  );
  const valuesIn = (part: 'path' | 'query' | 'header'): Values => {
    const asked = part === 'header' ? lowerKeys(condition.header) : (condition[part] ?? {});
    return Object.fromEntries(
      shown.parameters
        .filter(
          (one) =>
            one.in === part && (part === 'path' || one.required === true || nameIn(asked, one) !== undefined),
        )
        .map((one) => [one.name, nameIn(asked, one) ?? one.value])
        .filter(([, value]) => value !== null && value !== undefined),
    );
  };
  const media = mediaType === undefined ? undefined : readMedia(document, operation.requestBody, mediaType);
  const schema = (media?.schema ?? {}) as SchemaNode;
  const shownBody = shown.bodies.find((body) => body.mediaType === mediaType);
  const isMeant = isShownIn(document, media, example?.name);
  const value = takeValid(document, schema, shownBody?.value ?? sampleSchema(document, schema), isMeant);
  return {
    path: valuesIn('path'),
    query: valuesIn('query'),
    header: valuesIn('header'),
    credentials: shown.credentials,
    parameters: shown.parameters,
    ...(mediaType === undefined
      ? {}
      : {
          body: {
            mediaType,
            schema,
            value: withCondition(
              isEmpty(value)
                ? makeUpValue(document, schema, 'request')
                : omitReadOnly(document, schema, value),
              condition.body,
            ),
          },
        }),
  };
}

// Only the example that has the name of the answer may break the schema on purpose.
function takeValid(
  document: Oas3_1Definition,
  schema: SchemaNode,
  value: unknown,
  isMeant: boolean,
): unknown {
  return isMeant || isValid(document, schema, value, 'request')
    ? value
    : (sampleSchema(document, schema, { useExamples: false }) ?? value);
}

// An example of a schema shows what only the provider sets, too.
function omitReadOnly(document: Oas3_1Definition, schema: SchemaNode, value: unknown): unknown {
  const [branch] = findBranches(document, schema, value);
  if (Array.isArray(value)) {
    return value.map((item) => omitReadOnly(document, (branch?.items ?? {}) as SchemaNode, item));
  }
  if (!isPlainObject(value)) {
    return value;
  }
  const schemaOf = (name: string): SchemaNode => (branch?.properties?.[name] ?? {}) as SchemaNode;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => listBranches(document, schemaOf(name)).every(({ readOnly }) => readOnly !== true))
      .map(([name, one]) => [name, omitReadOnly(document, schemaOf(name), one)] as const),
  );
}

// A body of which nothing is required.
function isEmpty(value: unknown): boolean {
  return isPlainObject(value) && Object.keys(value).length === 0;
}

function lowerKeys(values: Values = {}): Values {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name.toLowerCase(), value]));
}

function nameIn(values: Values, { name, in: part }: ParameterModel): unknown {
  return values[part === 'header' ? name.toLowerCase() : name];
}

function withCondition(value: unknown, condition: Values | undefined): unknown {
  return condition === undefined || !isPlainObject(value)
    ? value
    : Object.fromEntries(Object.entries({ ...value, ...condition }).filter(([, one]) => one !== null));
}

function readMedia(
  document: Oas3_1Definition,
  requestBody: OperationModel['operation']['requestBody'],
  mediaType: string,
): Oas3MediaType<Oas3_1Schema> | undefined {
  return (
    requestBody && resolveReference<Oas3RequestBody<Oas3_1Schema>>(document, requestBody).content[mediaType]
  );
}

function readResponse(
  document: Oas3_1Definition,
  { responses }: OperationModel,
  { place, status: key, example }: DocumentedAnswer,
  status: number,
): CaseResponse {
  const response = findResponse(document, place.operation, status);
  const headers = Object.entries(response?.headers ?? {}).flatMap(([name, reference]) => {
    const header = resolveReference<Oas3Header<Oas3_1Schema>>(document, reference);
    const shown = header.example ?? readExamples(document, header.examples)[0]?.example.value;
    const value = shown ?? makeUpValue(document, (header.schema ?? {}) as SchemaNode);
    const isPlain = (header as { required?: boolean }).required === true && typeof value !== 'object';
    return isPlain && name.toLowerCase() !== 'content-type' ? [[name, String(value)] as const] : [];
  });
  const content = responses.find((one) => one.key === key)?.content;
  const mediaType =
    content?.mediaTypes.find((one) => isShownIn(document, response?.content?.[one], example?.name)) ??
    content?.mediaTypes[0];
  return {
    status,
    headers: Object.fromEntries(headers),
    ...(mediaType === undefined ? {} : { body: readBody(document, response?.content, mediaType, example) }),
  };
}

function isShownIn(
  document: Oas3_1Definition,
  media: Oas3MediaType<Oas3_1Schema> | undefined,
  name: string | undefined,
): boolean {
  return name !== undefined && readExamples(document, media?.examples).some((one) => one.name === name);
}

function readBody(
  document: Oas3_1Definition,
  content: Readonly<Record<string, Oas3MediaType<Oas3_1Schema>>> = {},
  mediaType: string,
  example: DocumentedAnswer['example'],
): NonNullable<CaseResponse['body']> {
  const media = findContent(content, mediaType);
  // Of any type, JSON is what the client reads best.
  const isAny = /^(?:\*|application)\/\*$/.test(readEssence(mediaType));
  if (media === undefined || (!isJsonType(mediaType) && !isAny)) {
    return { mediaType };
  }
  const schema = (media.schema ?? {}) as SchemaNode;
  const value = example?.value ?? media.example ?? makeUpValue(document, schema);
  return { mediaType: isAny ? 'application/json' : mediaType, schema, value };
}

/**
 * Lists the parts of a request that break the spec, as an example that shows a refusal may.
 */
export function listInvalidParts(document: Oas3_1Definition, request: CaseRequest): (keyof CaseRequest)[] {
  const { explain } = getValidator(document, 'request');
  const { body, parameters } = request;
  const isInvalid = (part: 'path' | 'query' | 'header'): boolean =>
    parameters.some(({ in: place, name, schema = {} }) => {
      const value = request[part][name];
      return place === part && value !== undefined && explain(schema, value) !== undefined;
    });
  return [
    ...(['path', 'query', 'header'] as const).filter(isInvalid),
    ...(body !== undefined && explain(body.schema, body.value) !== undefined ? (['body'] as const) : []),
  ];
}
