import type { Oas3_1Definition } from '@redocly/openapi-core';
import { quoteWord } from '../../cli/output.ts';
import { isFormType } from '../../http/media-types.ts';
import type { RawRequest } from '../../http/message.ts';
import { isPlainObject } from '../../openapi/document.ts';
import { type ExampleBody, readExampleRequest } from '../../openapi/example-request.ts';
import { listOperations, type OperationPlace } from '../../openapi/operations.ts';
import { toRequestParts, writeRequest } from '../../openapi/request-parts.ts';

/** A request with one value for each header, which fits into a command line. */
export type ExampleRequest = RawRequest & { headers: Record<string, string> };

/**
 * Builds a request to an operation from the first examples of what it requires, and from values that are made up where
 * there are none. Credentials are made up, too.
 *
 * @param wanted fields of the body: the example that is most like them is taken. Default: the first
 */
export function buildRequest(
  document: Oas3_1Definition,
  place: OperationPlace,
  wanted: Readonly<Record<string, unknown>> = {},
): ExampleRequest {
  const { parameters, credentials, bodies } = readExampleRequest(document, place);
  const required = parameters.filter((parameter) => parameter.required || parameter.in === 'path');
  const written = writeRequest(
    toRequestParts(place, { parameters: required, credentials }, findLike(bodies, wanted)),
  );
  return { ...written, body: Buffer.from(written.body) };
}

function findLike(
  bodies: readonly ExampleBody[],
  wanted: Readonly<Record<string, unknown>>,
): ExampleBody | undefined {
  const score = ({ value }: ExampleBody): number =>
    Object.entries(wanted).reduce((sum, [name, field]) => {
      const own = isPlainObject(value) ? value[name] : undefined;
      return sum + (own === field ? 2 : own === undefined ? 0 : 1);
    }, 0);
  return bodies.toSorted((one, other) => score(other) - score(one))[0];
}

/**
 * Finds a request to show: to the first operation with an example of its form or JSON body, else to the first one.
 *
 * @returns `undefined` for a spec without operations
 */
export function findExampleRequest(document: Oas3_1Definition): ExampleRequest | undefined {
  const places = listOperations(document);
  const isShown = (place: OperationPlace): boolean =>
    place.operation.requestBody !== undefined &&
    readExampleRequest(document, place).bodies.some((body) => body.isShown);
  const place = places.find(isShown) ?? places[0];
  return place && buildRequest(document, place);
}

/**
 * Formats a request as a curl command to paste into a POSIX shell.
 *
 * @param url of the server, without a trailing slash
 * @example formatCurl('http://127.0.0.1:4010', request) // curl -d 'a=1' http://127.0.0.1:4010/items
 */
export function formatCurl(url: string, { method, target, headers, body }: ExampleRequest): string {
  const sent = body.toString();
  const implied = sent === '' ? 'GET' : 'POST';
  return [
    'curl',
    ...(method === implied ? [] : method === 'HEAD' ? ['-I'] : ['-X', method]),
    ...Object.entries(headers)
      // curl sends this one of its own accord.
      .filter(([name, value]) => name !== 'content-type' || (sent !== '' && !isFormType(value)))
      .flatMap(([name, value]) => ['-H', quoteWord(`${name}: ${value}`)]),
    ...(sent === '' ? [] : ['-d', quoteWord(sent)]),
    quoteWord(url + target),
  ].join(' ');
}
