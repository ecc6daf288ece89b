import { askPrism } from './ask-prism.ts';
import { buildRequest, type ExampleRequest, findContent } from './build-request.ts';
import type { Operation, Prism } from './prism.ts';
import { readRequest } from './read-request.ts';

// A spec can have hundreds of operations, and each attempt takes time before the mock is ready.
const maxAttempts = 10;

/**
 * Finds a request that Prism answers well, by asking: operations with an example of their form or JSON body come
 * first. Where none succeeds, the first one has to do.
 *
 * @returns `undefined` for a spec without operations
 */
export async function findExampleRequest(prism: Prism): Promise<ExampleRequest | undefined> {
  const operations = prism.operations.toSorted((one, other) => rank(one) - rank(other));
  const requests = operations.slice(0, maxAttempts).map((operation) => buildRequest(prism, operation));
  for (const request of requests) {
    const answer = await askPrism(prism, readRequest(request));
    if (answer.status < 400 && answer.headers['sl-violations'] === undefined) {
      return request;
    }
  }
  return requests[0];
}

function rank(operation: Operation): number {
  return findContent(operation)?.examples?.length ? 0 : 1;
}
