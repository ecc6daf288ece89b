import type { Oas3_1Definition, Oas3Example, Oas3Response, Referenced } from '@redocly/openapi-core';
import { resolveReference } from './resolve-reference.ts';

/** What an operation answers in one state of the provider. */
export interface StateAnswer {
  /** Lower case, as the spec has it. */
  method: string;
  /** With `{placeholders}`. */
  path: string;
  state: string;
  status: string;
  /** The name of the example; `undefined` where the response has no body. */
  example: string | undefined;
}

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'] as const;

/**
 * Lists the provider states of a spec: `x-provider-state` of each named example, and of each response without a
 * body.
 */
export function listStateAnswers(document: Oas3_1Definition): StateAnswer[] {
  return Object.entries(document.paths ?? {}).flatMap(([path, pathItem]) =>
    methods.flatMap((method) => {
      const responses = '$ref' in pathItem ? {} : (pathItem[method]?.responses ?? {});
      return Object.entries(responses).flatMap(([status, response]) =>
        statesOfResponse(resolveReference<Oas3Response>(document, response)).map((answer) => ({
          method,
          path,
          status,
          ...answer,
        })),
      );
    }),
  );
}

function statesOfResponse(response: Oas3Response): { state: string; example: string | undefined }[] {
  const examples = Object.values(response.content ?? {}).flatMap(({ examples }) =>
    Object.entries(examples ?? {}),
  );
  const named = examples.map(([example, value]) => ({ example, state: stateOf(value) }));
  return [{ example: undefined, state: stateOf(response) }, ...named].flatMap(({ example, state }) =>
    state === undefined ? [] : [{ example, state }],
  );
}

function stateOf(node: Referenced<Oas3Example> | Oas3Response): string | undefined {
  return (node as { 'x-provider-state'?: string })['x-provider-state'];
}
