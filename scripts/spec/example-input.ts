import type { Oas3_1Definition, Oas3_1Schema, Oas3RequestBody } from '@redocly/openapi-core';
import type { OperationPlace } from './list-operations.ts';
import { readExamples } from './read-examples.ts';
import { readParameters } from './read-parameters.ts';
import { readSecurity } from './read-security.ts';
import { resolveReference } from './resolve-reference.ts';

/**
 * Builds the input of a client's function from the first example of each parameter and of the body.
 *
 * Gives `{ path, query, header, body, bearerToken }`, with what the operation has.
 */
export function readExampleInput(
  document: Oas3_1Definition,
  { pathItem, operation }: Pick<OperationPlace, 'pathItem' | 'operation'>,
): object {
  const input: Record<string, unknown> = {};
  for (const { name, in: place = 'query', examples } of readParameters(document, pathItem, operation)) {
    const [first] = readExamples(document, examples);
    input[place] = { ...(input[place] as object | undefined), [name]: first?.example.value };
  }
  if (operation.requestBody !== undefined) {
    const { content } = resolveReference<Oas3RequestBody<Oas3_1Schema>>(document, operation.requestBody);
    input.body = readExamples(document, Object.values(content)[0]?.examples)[0]?.example.value;
  }
  const { bearerToken } = readSecurity(document, operation.security);
  return bearerToken === 'none' ? input : { ...input, bearerToken: 'access-token-1' };
}
