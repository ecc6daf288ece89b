import type { Oas3_1Definition, Oas3_1Schema } from '@redocly/openapi-core';
import { isFormType } from '../../http/media-types.ts';
import type { AnswerCondition, DocumentedAnswer } from '../../openapi/answers.ts';
import { resolveReference } from '../../openapi/document.ts';
import {
  type ExampleBody,
  type ExampleParameter,
  type RequestParts,
  readExampleRequest,
  toRequestParts,
  writeRequest,
} from '../../openapi/example-request.ts';
import { listOperations, type OperationPlace } from '../../openapi/operations.ts';

const methods: readonly string[] = ['get', 'put', 'post', 'delete', 'patch'];

/** An operation and a request to it that is as the spec says. */
export interface ValidCall {
  operationId: string;
  /** JSON pointer to the operation. */
  pointer: string;
  parameters: ExampleParameter[];
  /** The schema of the form, of a union the one that fits. */
  formSchema?: Oas3_1Schema;
  request: RequestParts;
  /** The same without its credentials, where the operation needs some. */
  anonymous?: RequestParts;
}

/**
 * Lists requests that are as the spec says, made from its own examples: one for each example of a form, else one for
 * each operation.
 */
export function readValidCalls(document: Oas3_1Definition): ValidCall[] {
  return listOperations(document)
    .filter(({ method }) => methods.includes(method))
    .flatMap((place) => callsOf(document, place));
}

function callsOf(document: Oas3_1Definition, place: OperationPlace): ValidCall[] {
  const { method, path, operation, pointer } = place;
  const example = readExampleRequest(document, place, { isWanted: isFormType });
  const toCall = (body?: ExampleBody): ValidCall => ({
    operationId: operation.operationId ?? `${method} ${path}`,
    pointer,
    parameters: example.parameters,
    request: toRequestParts(place, example, body),
    ...(example.credentials.length === 0
      ? {}
      : { anonymous: toRequestParts(place, { ...example, credentials: [] }, body) }),
  });
  const forms = example.bodies.flatMap((body) => {
    const call = toCall(body);
    const formSchema = findBranch(document, body);
    return formSchema === undefined || call.request.body === undefined ? [] : [{ ...call, formSchema }];
  });
  return forms.length === 0 ? [toCall()] : forms;
}

function findBranch(document: Oas3_1Definition, { schema, value }: ExampleBody): Oas3_1Schema | undefined {
  return (schema.oneOf ?? schema.anyOf ?? [schema])
    .map((branch) => resolveReference<Oas3_1Schema>(document, branch))
    .find((branch) => fits(branch, value as Record<string, string>));
}

// Enough to tell the branches of a union apart: what is required is there, and constants are what they are.
function fits({ required = [], properties = {} }: Oas3_1Schema, form: Record<string, string>): boolean {
  return (
    required.every((name) => name in form) &&
    Object.entries(properties).every(([name, schema]) => {
      const { const: constant } = schema as Oas3_1Schema;
      return constant === undefined || constant === form[name];
    })
  );
}

/**
 * Sends a request as it stands, and gives the answer.
 */
export async function sendProbe(
  baseUrl: string,
  request: RequestParts,
): Promise<{ status: number; body: string }> {
  const { method, target, headers, body } = writeRequest(request);
  const response = await fetch(baseUrl + target, {
    method,
    headers,
    redirect: 'manual',
    ...(body === '' ? {} : { body }),
  });
  return { status: response.status, body: await response.text() };
}

/**
 * Sends the valid requests of an operation with the values of an answer's `x-match` put in, and says why none of them
 * gets that answer, or gives `undefined`.
 */
export async function explainCondition(
  baseUrl: string,
  { status, example, condition = {}, place }: DocumentedAnswer,
  calls: readonly ValidCall[],
): Promise<string | undefined> {
  const expected = example?.value === undefined ? undefined : JSON.stringify(example.value);
  const own = calls.filter(({ pointer }) => pointer === place.pointer);
  const answers = await Promise.all(own.map(({ request }) => sendProbe(baseUrl, putIn(request, condition))));
  const isGiven = answers.some(
    (answer) => String(answer.status) === status && (expected === undefined || answer.body === expected),
  );
  const found = answers.map((answer) => answer.status).join(', ');
  return isGiven ? undefined : `a request that meets its x-match gets another response (${found})`;
}

function putIn(request: RequestParts, { body, query, header, path }: AnswerCondition): RequestParts {
  const headers = Object.entries(header ?? {}).map(([name, value]) => [name.toLowerCase(), value] as const);
  return {
    ...request,
    pathValues: merge(request.pathValues, path),
    query: merge(request.query, query),
    headers: merge(request.headers, Object.fromEntries(headers)),
    ...(request.body === undefined ? {} : { body: merge(request.body as object, body) }),
  };
}

function merge(values: object, changes: AnswerCondition['body'] = {}): Record<string, string> {
  const merged = Object.entries({ ...values, ...changes }).filter(([, value]) => value !== null);
  return Object.fromEntries(merged.map(([name, value]) => [name, String(value)]));
}
