import type {
  Oas3_1Definition,
  Oas3_1Schema,
  Oas3MediaType,
  Oas3Operation,
  Oas3RequestBody,
  Oas3Response,
  Referenced,
} from '@redocly/openapi-core';
import { isFormType } from '../../http/media-types.ts';
import { readSecurity } from '../../openapi/credentials.ts';
import { resolveReference } from '../../openapi/document.ts';
import { listOperations, readParameters } from '../../openapi/operations.ts';
import {
  allowsBody,
  chooseContent,
  chooseRequestMediaType,
  isString,
  kindOf,
  listContents,
  listStatuses,
} from './media-types.ts';
import {
  NameRegister,
  nameByPath,
  type OperationModel,
  type RequestBodyModel,
  type RequestContentModel,
  type ResponseModel,
  toFunctionName,
  toPascalCase,
} from './operation-model.ts';
import { readEncoding } from './wire.ts';

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
  const operations = places.map(({ method, path, pathItem, operation }) => {
    // Two paths can share a path item; the second then needs a name of its own.
    const { operationId = '' } = operation;
    const owner = owners.get(operationId) ?? operation;
    owners.set(operationId, owner);
    const id = declared.delete(operationId)
      ? operationId
      : invented.take(operationId || nameByPath(method, path));
    return {
      id,
      functionName: '',
      typeName: typeNames.take(toPascalCase(id, 'Operation')),
      method,
      path,
      operation: owner === operation ? operation : { ...operation, operationId: '' },
      parameters: readParameters(document, { pathItem, operation }),
      ...readRequestBody(document, operation),
      responses: readResponses(document, method, operation),
      security: readSecurity(document, operation),
    };
  });
  nameFunctions(operations);
  return operations;
}

// Ids that are names already choose first: `getStations` is not renamed because of `get-stations`.
function nameFunctions(operations: OperationModel[]): void {
  const register = new NameRegister();
  const isKept = ({ id }: OperationModel): boolean => toFunctionName(id) === id;
  for (const operation of [...operations.filter(isKept), ...operations.filter((one) => !isKept(one))]) {
    operation.functionName = register.take(toFunctionName(operation.id));
  }
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
  const first = chooseRequestMediaType(body.content);
  if (first === undefined) {
    return {};
  }
  const mediaTypes = [first, ...Object.keys(body.content).filter((other) => other !== first)];
  const contents = mediaTypes.map((name) => readRequestContent(document, name, body.content[name] ?? {}));
  return { requestBody: { required: body.required === true, contents } };
}

function readRequestContent(
  document: Oas3_1Definition,
  mediaType: string,
  media: Oas3MediaType<Oas3_1Schema>,
): RequestContentModel {
  const isMultipart = /^multipart\//i.test(mediaType);
  const kind = isFormType(mediaType)
    ? 'form'
    : isMultipart
      ? 'multipart'
      : kindOf(document, mediaType, media);
  const hasFields = kind === 'form' || kind === 'multipart';
  return {
    mediaType,
    kind: kind === 'events' ? 'text' : kind,
    isString: isString(document, media),
    encoding: hasFields ? readEncoding(media) : {},
  };
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
    const hasBody = method !== 'head' && statuses.some(allowsBody);
    const contents = hasBody ? listContents(document, readContent(document, reference)) : [];
    const content = chooseContent(contents);
    // A range that documents a body does not speak of the statuses that can't have one.
    return content
      ? { key, statuses: statuses.filter(allowsBody), content, contents }
      : { key, statuses, contents };
  });
}

function readContent(
  document: Oas3_1Definition,
  reference: Referenced<Oas3Response<Oas3_1Schema>>,
): Readonly<Record<string, Oas3MediaType<Oas3_1Schema>>> {
  return resolveReference<Oas3Response<Oas3_1Schema>>(document, reference).content ?? {};
}
