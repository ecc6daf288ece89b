import type { Oas3_1Definition, Oas3_1Schema, Oas3Operation, Oas3PathItem } from '@redocly/openapi-core';
import { resolveReference } from './resolve-reference.ts';
import { escapeKey } from './to-pointer.ts';

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'] as const;

/** An operation and where it stands. */
export interface OperationPlace {
  /** Lower case, as the spec has it. */
  method: (typeof methods)[number];
  /** With `{placeholders}`. */
  path: string;
  pathItem: Oas3PathItem<Oas3_1Schema>;
  operation: Oas3Operation<Oas3_1Schema>;
  /** JSON pointer to the operation. */
  pointer: string;
}

/**
 * Lists the operations of a document in its order: paths first, then the methods of each.
 */
export function listOperations(document: Oas3_1Definition): OperationPlace[] {
  return Object.entries(document.paths ?? {})
    .filter(([path]) => path.startsWith('/'))
    .flatMap(([path, reference]) => {
      const pathItem = resolveReference<Oas3PathItem<Oas3_1Schema>>(document, reference);
      return Object.keys(pathItem).flatMap((key) => {
        const method = methods.find((method) => method === key);
        const operation = method && pathItem[method];
        const pointer = `#/paths/${escapeKey(path)}/${key}`;
        return operation ? [{ method, path, pathItem, operation, pointer }] : [];
      });
    });
}
