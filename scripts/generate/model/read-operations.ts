import type { Oas3_1Definition, Oas3_1Schema, Oas3Operation, Oas3PathItem } from '@redocly/openapi-core';
import { resolveReference } from '../../spec/resolve-reference.ts';
import { NameRegister, nameByPath, toPascalCase } from './names.ts';
import type { OperationModel } from './operation-model.ts';
import { readParameters, readRequestBody, readResponses } from './read-operation-parts.ts';
import { readSecurity } from './security.ts';

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'] as const;

interface Place {
  method: (typeof methods)[number];
  path: string;
  pathItem: Oas3PathItem<Oas3_1Schema>;
  operation: Oas3Operation<Oas3_1Schema>;
}

/**
 * Lists the operations of a document in its order: paths first, then the methods of each.
 */
export function readOperations(document: Oas3_1Definition): OperationModel[] {
  const places = listPlaces(document);
  const declared = new Set(places.flatMap(({ operation }) => operation.operationId || []));
  const invented = new NameRegister(declared);
  // `CallOptions` is a name of the generated client itself.
  const typeNames = new NameRegister(['Call']);
  return places.map(({ method, path, pathItem, operation }) => {
    // Two paths can share a path item; the second then needs a name of its own.
    const { operationId = '' } = operation;
    const id = declared.delete(operationId)
      ? operationId
      : invented.take(operationId || nameByPath(method, path));
    return {
      id,
      typeName: typeNames.take(toPascalCase(id, 'Operation')),
      method,
      path,
      operation,
      parameters: readParameters(document, pathItem, operation),
      ...readRequestBody(document, operation),
      responses: readResponses(document, method, operation),
      security: readSecurity(document, operation.security),
    };
  });
}

function listPlaces(document: Oas3_1Definition): Place[] {
  return Object.entries(document.paths ?? {})
    .filter(([path]) => path.startsWith('/'))
    .flatMap(([path, reference]) => {
      const pathItem = resolveReference<Oas3PathItem<Oas3_1Schema>>(document, reference);
      return Object.keys(pathItem).flatMap((key) => {
        const method = methods.find((method) => method === key);
        const operation = method && pathItem[method];
        return operation ? [{ method, path, pathItem, operation }] : [];
      });
    });
}
