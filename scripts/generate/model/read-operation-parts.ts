import type {
  Oas3_1Definition,
  Oas3_1Schema,
  Oas3Operation,
  Oas3RequestBody,
  Oas3Response,
  Referenced,
} from '@redocly/openapi-core';
import { resolveReference } from '../../spec/resolve-reference.ts';
import { chooseRequestMediaType, chooseResponseContent, isString } from './media-types.ts';
import type { RequestBodyModel, ResponseModel } from './operation-model.ts';
import { allowsBody, listStatuses } from './status-codes.ts';

type Operation = Oas3Operation<Oas3_1Schema>;

/**
 * Reads the request body, unless the operation documents none.
 */
export function readRequestBody(
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
export function readResponses(
  document: Oas3_1Definition,
  method: string,
  operation: Operation,
): ResponseModel[] {
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
