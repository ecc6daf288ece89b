import type { Oas3_1Definition } from '@redocly/openapi-core';
import { findOperation } from '../../spec/find-operation.ts';
import { listOperations } from '../../spec/list-operations.ts';
import type { FindOperation } from '../raw-request.ts';

/**
 * Makes what finds the operations of a document, as Prism routes requests.
 */
export function createFindOperation(document: Oas3_1Definition): FindOperation {
  const operations = listOperations(document);
  return ({ method, target }) =>
    findOperation(operations, { method: method.toLowerCase(), path: readPath(target) })?.operation
      .operationId;
}

/**
 * Reads the path of a request target as Prism sees it: of a whole URL the path, without dot segments, and each segment
 * decoded, but for a slash in it.
 */
export function readPath(target: string): string {
  const url = URL.parse(target.startsWith('/') ? `http://mock${target}` : target);
  return (url?.pathname ?? '').split('/').map(decodeSegment).join('/');
}

function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment).replaceAll('/', '%2F');
  } catch {
    return segment;
  }
}
