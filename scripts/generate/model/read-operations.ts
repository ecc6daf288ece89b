import type { Oas3_1Definition } from '@redocly/openapi-core';
import { listOperations } from '../../spec/list-operations.ts';
import { readParameters } from '../../spec/read-parameters.ts';
import { readSecurity } from '../../spec/read-security.ts';
import { NameRegister, nameByPath, toPascalCase } from './names.ts';
import type { OperationModel } from './operation-model.ts';
import { readRequestBody, readResponses } from './read-operation-parts.ts';

/**
 * Lists the operations of a document in its order: paths first, then the methods of each.
 */
export function readOperations(document: Oas3_1Definition): OperationModel[] {
  const places = listOperations(document);
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
