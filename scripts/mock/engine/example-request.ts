import type { Oas3_1Definition } from '@redocly/openapi-core';
import { quoteWord } from '../../cli/output.ts';
import { isFormType } from '../../http/media-types.ts';
import type { RawRequest } from '../../http/message.ts';
import { readExampleRequest } from '../../openapi/example-request.ts';
import { listOperations, type OperationPlace } from '../../openapi/operations.ts';
import { toRequestParts, writeRequest } from '../../openapi/request-parts.ts';
import { askPrism } from './answer.ts';
import type { Prism } from './library.ts';
import { readRequest } from './request.ts';

/** A request with one value for each header, which fits into a command line. */
export type ExampleRequest = RawRequest & { headers: Record<string, string> };

/**
 * Builds a request to an operation from the first examples of what it requires, and from values that are made up where
 * there are none. Credentials are made up, too.
 */
export function buildRequest(document: Oas3_1Definition, place: OperationPlace): ExampleRequest {
  const { parameters, credentials, bodies } = readExampleRequest(document, place);
  const required = parameters.filter((parameter) => parameter.required || parameter.in === 'path');
  const written = writeRequest(toRequestParts(place, { parameters: required, credentials }, bodies[0]));
  return { ...written, body: Buffer.from(written.body) };
}

// A spec can have hundreds of operations, and each attempt takes time before the mock is ready.
const maxAttempts = 10;

/**
 * Finds a request that Prism answers well, by asking: operations with an example of their form or JSON body come
 * first. Where none succeeds, the first one has to do.
 *
 * @returns `undefined` for a spec without operations
 */
export async function findExampleRequest(prism: Prism): Promise<ExampleRequest | undefined> {
  const places = listOperations(prism.document);
  const inOrder = places.toSorted((one, other) => rank(prism, one) - rank(prism, other));
  const requests = inOrder.slice(0, maxAttempts).map((place) => buildRequest(prism.document, place));
  for (const request of requests) {
    const answer = await askPrism(prism, readRequest(request));
    if (answer.status < 400 && answer.violations === undefined) {
      return request;
    }
  }
  return requests[0];
}

function rank({ document }: Prism, place: OperationPlace): number {
  return readExampleRequest(document, place).bodies.some(({ isShown }) => isShown) ? 0 : 1;
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
