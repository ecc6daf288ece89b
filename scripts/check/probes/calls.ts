import type { Oas3_1Definition } from '@redocly/openapi-core';
import { isJsonType } from '../../http/media-types.ts';
import { findFinalStatus, listAnswers } from '../../openapi/answers.ts';
import {
  type ExampleBody,
  type ExampleRequest,
  type ExampleSettings,
  readExampleRequest,
} from '../../openapi/example-request.ts';
import { listOperations, nameOperation, type OperationPlace } from '../../openapi/operations.ts';
import { type RequestParts, toRequestParts, writeRequest } from '../../openapi/request-parts.ts';
import { getValidator, type Validator } from '../../openapi/validator.ts';

// What `fetch` sends.
const methods: readonly string[] = ['get', 'put', 'post', 'delete', 'patch', 'head', 'options'];

/** An operation and a request to it that is as the spec says. */
export interface ValidCall {
  operationId: string;
  place: OperationPlace;
  example: ExampleRequest;
  /** The body of this request. */
  body?: ExampleBody | undefined;
  request: RequestParts;
}

/**
 * Lists requests that are as the spec says, made from its own examples and made up where it has none: one for each
 * example of a body, or one for each operation. Operations without a documented success have none.
 */
export function readValidCalls(document: Oas3_1Definition, settings: ExampleSettings = {}): ValidCall[] {
  const succeeding = new Set(
    listAnswers(document)
      .filter((answer) => (findFinalStatus(answer) ?? 500) < 400)
      .map(({ place }) => place.pointer),
  );
  return listOperations(document)
    .filter(({ method, pointer }) => methods.includes(method) && succeeding.has(pointer))
    .flatMap((place) => readCalls(document, place, settings));
}

/** Lists the valid requests to one operation. */
export function readCalls(
  document: Oas3_1Definition,
  place: OperationPlace,
  settings: ExampleSettings = {},
): ValidCall[] {
  const example = readExampleRequest(document, place, settings);
  const bodies = example.bodies.length === 0 ? [undefined] : example.bodies;
  return bodies.map((body) => ({
    operationId: nameOperation(place),
    place,
    example,
    body,
    request: toRequestParts(place, example, body),
  }));
}

/**
 * Lists requests to an operation with made-up values in the place of its examples, one for each alternative of its schemas.
 */
export function readOtherCalls(document: Oas3_1Definition, place: OperationPlace): ValidCall[] {
  const alternatives = Array.from({ length: 5 }, (_, alternative) =>
    readCalls(document, place, { useExamples: false, alternative }).slice(0, 1),
  );
  const byRequest = new Map(alternatives.flat().map((call) => [JSON.stringify(call.request), call]));
  return [...byRequest.values()];
}

/**
 * Finds a request to an operation that is as the spec says, of its examples or else made up. `undefined` where there is
 * none.
 */
export function findValidCall(document: Oas3_1Definition, place: OperationPlace): ValidCall | undefined {
  const isValid = (call: ValidCall): boolean => explainInvalid(document, call) === undefined;
  return readCalls(document, place).find(isValid) ?? readOtherCalls(document, place).find(isValid);
}

/**
 * Says why a request is not as the spec says after all: an example of the spec is invalid, or no value could be made up.
 *
 * @returns `undefined` for a valid one
 */
export function explainInvalid(
  document: Oas3_1Definition,
  { example, body, place }: Pick<ValidCall, 'example' | 'body' | 'place'>,
): string | undefined {
  const validator = getValidator(document, 'request');
  const placesOf = example.credentials.map((one) => `${one.in} ${one.name.toLowerCase()}`);
  const twice = placesOf.find((one, index) => placesOf.indexOf(one) !== index);
  if (twice !== undefined) {
    return `its security asks for two credentials in the ${twice}`;
  }
  for (const { name, in: part = 'query', schema, value, isShown, required } of example.parameters) {
    const what = `${isShown ? 'the example' : 'a value'} of the ${part} parameter ${name}`;
    if (value === undefined && (required || part === 'path')) {
      return `${what} cannot be made up`;
    }
    const reason = value === undefined ? undefined : explainValue(validator, schema ?? {}, value);
    if (reason !== undefined) {
      return `${what} is invalid: ${reason}`;
    }
  }
  if (body === undefined) {
    return place.operation.requestBody === undefined || example.bodies.length > 0
      ? undefined
      : 'a body cannot be made up';
  }
  const isText = typeof body.value === 'string' && !isJsonType(body.mediaType);
  const reason = isText ? undefined : explainValue(validator, body.schema, body.value);
  return reason && `${body.isShown ? 'the example' : 'a value'} of the body is invalid: ${reason}`;
}

function explainValue(validator: Validator, schema: object, value: unknown): string | undefined {
  try {
    return typeof value === 'string'
      ? validator.explainText(schema, value)
      : validator.explain(schema, value);
  } catch (error) {
    // For example, a pattern that is not a valid regular expression.
    return `its schema cannot be compiled (${(error as Error).message})`;
  }
}

/** An answer to a probe. */
export interface ProbeAnswer {
  status: number;
  body: string;
  /** Missing where there is no response. */
  headers?: Headers;
  /** The server's reason for refusing the request. */
  reason?: string | undefined;
}

/**
 * Sends a request as it is, and returns the response.
 *
 * @returns the status 0 for a request that cannot be sent, such as one with a header that HTTP does not allow
 */
export async function sendProbe(baseUrl: string, request: RequestParts): Promise<ProbeAnswer> {
  const { method, target, headers, body } = writeRequest(request);
  try {
    const response = await fetch(baseUrl + target, {
      method,
      headers,
      redirect: 'manual',
      ...(body === '' ? {} : { body }),
    });
    const text = await response.text();
    const { status, headers: received } = response;
    return { status, headers: received, body: text, reason: readReason(response.headers, text) };
  } catch (error) {
    const { message, cause } = error as Error;
    // What undici refuses to send is a TypeError without a cause, where a broken connection has one.
    if (cause !== undefined) throw error;
    return { status: 0, body: '', reason: message };
  }
}

function readReason(headers: Headers, body: string): string | undefined {
  const isProblem = headers.get('content-type')?.startsWith('application/problem+json') ?? false;
  try {
    const [violation] = JSON.parse(headers.get('sl-violations') ?? '[]');
    const { location = [], message } = violation ?? {};
    if (message !== undefined) return `${location.join('.')} ${message}`;
    const { detail, validation } = isProblem ? JSON.parse(body) : {};
    return validation?.[0]?.message ?? detail;
  } catch {
    return undefined;
  }
}
