import type {
  Oas3_1Definition,
  Oas3_1Schema,
  Oas3Example,
  Oas3Operation,
  Oas3PathItem,
  Oas3Response,
} from '@redocly/openapi-core';
import { resolveReference } from './resolve-reference.ts';

/** One answer that a spec documents: a named example of a response, or a response without a body. */
export interface DocumentedAnswer {
  operationId: string;
  /** Lower case, as the spec has it. */
  method: string;
  /** With `{placeholders}`. */
  path: string;
  status: string;
  /** Missing where the response has no body. */
  example?: { name: string; value: unknown };
  /** `x-provider-state`, where the answer has one. */
  state?: string;
  /** JSON pointer to the response. */
  pointer: string;
}

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'] as const;

/**
 * Lists all answers that a spec documents, in its order.
 */
export function listAnswers(document: Oas3_1Definition): DocumentedAnswer[] {
  return Object.entries(document.paths ?? {}).flatMap(([path, reference]) => {
    const pathItem = resolveReference<Oas3PathItem<Oas3_1Schema>>(document, reference);
    return methods.flatMap((method) => {
      const operation = pathItem[method];
      return operation === undefined ? [] : answersOf(document, operation, method, path);
    });
  });
}

function answersOf(
  document: Oas3_1Definition,
  { operationId = '', responses }: Oas3Operation<Oas3_1Schema>,
  method: string,
  path: string,
): DocumentedAnswer[] {
  return Object.entries(responses ?? {}).flatMap(([status, reference]) => {
    const response = resolveReference<Oas3Response<Oas3_1Schema>>(document, reference);
    const pointer = `#/paths/${path.replaceAll('~', '~0').replaceAll('/', '~1')}/${method}/responses/${status}`;
    const answer = { operationId, method, path, status, pointer };
    if (response.content === undefined) {
      return [{ ...answer, ...stateOf(response) }];
    }
    const examples = Object.values(response.content).flatMap((mediaType) =>
      Object.entries(mediaType.examples ?? {}),
    );
    return examples.map(([name, exampleReference]) => {
      const example = resolveReference<Oas3Example>(document, exampleReference);
      return { ...answer, example: { name, value: example.value }, ...stateOf(example) };
    });
  });
}

function stateOf(node: object): { state?: string } {
  return 'x-provider-state' in node && typeof node['x-provider-state'] === 'string'
    ? { state: node['x-provider-state'] }
    : {};
}
