import type {
  Oas3_1Definition,
  Oas3_1Schema,
  Oas3Example,
  Oas3Parameter,
  Oas3PathItem,
  Oas3RequestBody,
  Referenced,
} from '@redocly/openapi-core';
import { resolveReference } from './resolve-reference.ts';

/** Where an operation is found. */
interface OperationPlace {
  method: string;
  path: string;
}

/**
 * Builds the input of a client's function from the first example of each parameter and of the body.
 *
 * Gives `{ path, query, header, body, bearerToken }`, with what the operation has.
 */
export function readExampleInput(document: Oas3_1Definition, { method, path }: OperationPlace): object {
  const pathItem = resolveReference<Oas3PathItem<Oas3_1Schema>>(document, document.paths?.[path] ?? {});
  const operation = pathItem[method as 'get'];
  const input: Record<string, unknown> = {};
  for (const reference of [...(pathItem.parameters ?? []), ...(operation?.parameters ?? [])]) {
    const parameter = resolveReference<Oas3Parameter<Oas3_1Schema>>(document, reference);
    const place = parameter.in ?? 'query';
    input[place] = {
      ...(input[place] as object | undefined),
      [parameter.name]: firstExample(document, parameter.examples),
    };
  }
  if (operation?.requestBody !== undefined) {
    const { content } = resolveReference<Oas3RequestBody<Oas3_1Schema>>(document, operation.requestBody);
    input.body = firstExample(document, Object.values(content)[0]?.examples);
  }
  return operation?.security?.length ? { ...input, bearerToken: 'access-token-1' } : input;
}

function firstExample(
  document: Oas3_1Definition,
  examples: Readonly<Record<string, Referenced<Oas3Example>>> = {},
): unknown {
  const [first] = Object.values(examples);
  return first === undefined ? undefined : resolveReference<Oas3Example>(document, first).value;
}
