import type {
  Oas3_1Definition,
  Oas3_1Schema,
  Oas3Operation,
  Oas3Parameter,
  Oas3PathItem,
} from '@redocly/openapi-core';
import { escapeKey, resolveReference } from './document.ts';

/** The methods that a path of OpenAPI can have. */
export const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'] as const;

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
 * Names an operation for people: by its `operationId`, or by method and path.
 */
export function nameOperation({ operation, method, path }: OperationPlace): string {
  return operation.operationId ?? `${method.toUpperCase()} ${path}`;
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

/** An operation whose `operationId` an earlier one has, and an id for it that none has. */
export interface RepeatedId {
  operation: Oas3Operation<Oas3_1Schema>;
  id: string;
  otherId: string;
}

/**
 * Lists the operations of paths and webhooks whose `operationId` an earlier one has.
 */
export function listRepeatedIds(document: Oas3_1Definition): RepeatedId[] {
  const items = [...Object.values(document.paths ?? {}), ...Object.values(document.webhooks ?? {})];
  const operations = items.flatMap((reference) => {
    const pathItem = resolveReference<Oas3PathItem<Oas3_1Schema>>(document, reference);
    return methods.flatMap((method) => pathItem[method] ?? []);
  });
  const ids = new Set(operations.map(({ operationId }) => operationId));
  const met = new Set<string>();
  return operations.flatMap((operation) => {
    const { operationId: id } = operation;
    if (id === undefined || !met.has(id)) {
      met.add(id ?? '');
      return [];
    }
    let number = 2;
    while (ids.has(`${id}_${number}`)) {
      number += 1;
    }
    const otherId = `${id}_${number}`;
    ids.add(otherId);
    return [{ operation, id, otherId }];
  });
}

/** A parameter and its schema, references resolved. */
export interface ParameterModel extends Omit<Oas3Parameter<Oas3_1Schema>, 'schema'> {
  schema?: Oas3_1Schema;
}

/**
 * Lists the parameters of an operation, those of its path item first; one of the operation takes the place of its
 * namesake.
 */
export function readParameters(
  document: Oas3_1Definition,
  { pathItem, operation }: Pick<OperationPlace, 'pathItem' | 'operation'>,
): ParameterModel[] {
  const parameters = new Map<string, ParameterModel>();
  for (const reference of [...(pathItem.parameters ?? []), ...(operation.parameters ?? [])]) {
    const { schema, ...parameter } = resolveReference<Oas3Parameter<Oas3_1Schema>>(document, reference);
    parameters.set(`${parameter.in} ${parameter.name}`, {
      ...parameter,
      ...(schema === undefined ? {} : { schema: resolveReference<Oas3_1Schema>(document, schema) }),
    });
  }
  return [...parameters.values()];
}
