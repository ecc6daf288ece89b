import type {
  Oas3_1Definition,
  Oas3_1Schema,
  Oas3Operation,
  Oas3RequestBody,
  Oas3Response,
  Referenced,
} from '@redocly/openapi-core';
import { resolveReference } from '../../openapi/document.ts';
import { listOperations, readParameters, readSecurity } from '../../openapi/operations.ts';
import {
  allowsBody,
  chooseRequestMediaType,
  chooseResponseContent,
  isString,
  listStatuses,
} from './media-types.ts';
import {
  NameRegister,
  nameByPath,
  type OperationModel,
  type RequestBodyModel,
  type ResponseModel,
  toPascalCase,
} from './operation-model.ts';

/**
 * Lists the operations of a document in its order: paths first, then the methods of each.
 */
export function readOperations(document: Oas3_1Definition): OperationModel[] {
  const places = listOperations(document);
  const declared = new Set(places.flatMap(({ operation }) => operation.operationId || []));
  const owners = new Map<string | undefined, Operation>();
  const invented = new NameRegister(declared);
  // `CallOptions` is a name of the generated client itself.
  const typeNames = new NameRegister(['Call']);
  return places.map(({ method, path, pathItem, operation }) => {
    // Two paths can share a path item; the second then needs a name of its own.
    const { operationId = '' } = operation;
    const owner = owners.get(operationId) ?? operation;
    owners.set(operationId, owner);
    const id = declared.delete(operationId)
      ? operationId
      : invented.take(operationId || nameByPath(method, path));
    return {
      id,
      typeName: typeNames.take(toPascalCase(id, 'Operation')),
      method,
      path,
      operation: owner === operation ? operation : { ...operation, operationId: '' },
      parameters: readParameters(document, { pathItem, operation }),
      ...readRequestBody(document, operation),
      responses: readResponses(document, method, operation),
      security: readSecurity(document, operation.security),
    };
  });
}

type Operation = Oas3Operation<Oas3_1Schema>;

/**
 * Reads the request body, unless the operation documents none.
 */
function readRequestBody(
  document: Oas3_1Definition,
  operation: Operation,
): { requestBody?: RequestBodyModel } {
  if (operation.requestBody === undefined) {
    return {};
  }
  const body = resolveReference<Oas3RequestBody<Oas3_1Schema>>(document, operation.requestBody);
  const mediaType = chooseRequestMediaType(body.content);
  if (mediaType === undefined) {
    return {};
  }
  const otherMediaTypes = Object.keys(body.content).filter((other) => other !== mediaType);
  return { requestBody: { required: body.required === true, mediaType, otherMediaTypes } };
}

/**
 * Lists the responses of an operation in the order of the document.
 */
function readResponses(document: Oas3_1Definition, method: string, operation: Operation): ResponseModel[] {
  const entries = Object.entries(operation.responses ?? {}).filter(([key]) => !key.startsWith('x-'));
  const keys = entries.map(([key]) => key);
  return entries.map(([key, reference]) => {
    const statuses = listStatuses(key, keys);
    // A HEAD response has no body: RFC 9110, section 9.3.2.
    const content = method !== 'head' && statuses.some(allowsBody) && readContent(document, reference);
    // A range that documents a body does not speak of the statuses that can't have one.
    return content ? { key, statuses: statuses.filter(allowsBody), content } : { key, statuses };
  });
}

function readContent(
  document: Oas3_1Definition,
  reference: Referenced<Oas3Response<Oas3_1Schema>>,
): ResponseModel['content'] {
  const { content = {} } = resolveReference<Oas3Response<Oas3_1Schema>>(document, reference);
  const chosen = chooseResponseContent(document, content);
  return (
    chosen && {
      ...chosen,
      isString: chosen.mediaTypes.every((name) => isString(document, content[name] ?? {})),
    }
  );
}
