import type { Oas3_1Definition } from '@redocly/openapi-core';
import { listOperations } from '../../spec/list-operations.ts';
import { matchesTemplate } from '../../spec/match-path.ts';
import type { RawRequest } from '../read-request.ts';

/** Finds the operationId that a request is about, or `undefined`. */
export type FindOperation = (request: Pick<RawRequest, 'method' | 'target'>) => string | undefined;

/**
 * Makes a finder of the operations of a document. A concrete path comes before a templated one.
 */
export function createOperationFinder(document: Oas3_1Definition): FindOperation {
  const operations = listOperations(document).sort(
    (one, other) => Number(one.path.includes('{')) - Number(other.path.includes('{')),
  );
  return ({ method, target }) => {
    const [path = ''] = target.split('?');
    return operations.find((one) => one.method === method.toLowerCase() && matchesTemplate(one.path, path))
      ?.operation.operationId;
  };
}
