import type { Oas3_1Definition } from '@redocly/openapi-core';
import { findResponse, readExamples } from '../../openapi/answers.ts';
import { readExampleRequest } from '../../openapi/example-request.ts';
import type { OperationPlace } from '../../openapi/operations.ts';
import { getValidator } from '../../openapi/validator.ts';

/**
 * Says which example of a request breaks its own schema, by what Ajv says of it, or `undefined`.
 */
export function explainRequest(document: Oas3_1Definition, place: OperationPlace): string | undefined {
  const { explain } = getValidator(document);
  const { parameters, bodies } = readExampleRequest(document, place, { isWanted: () => true });
  const shown = [
    ...parameters.map(({ in: part, name, schema, value }) => ({ title: `${part} ${name}`, schema, value })),
    ...bodies.map(({ mediaType, schema, value }) => ({ title: mediaType, schema, value })),
  ];
  for (const { title, schema = {}, value } of shown) {
    const reason = value === undefined ? undefined : explain(schema, value);
    if (reason !== undefined) {
      return `the example of ${title} breaks its schema: ${reason}`;
    }
  }
  return undefined;
}

/**
 * Says which example of a response breaks its own schema, by what Ajv says of it, or `undefined`.
 */
export function explainResponse(
  document: Oas3_1Definition,
  place: OperationPlace,
  status: number,
): string | undefined {
  const { explain } = getValidator(document);
  const { content = {} } = findResponse(document, place.operation, status) ?? {};
  for (const [mediaType, { schema = {}, example, examples }] of Object.entries(content)) {
    const named = readExamples(document, examples).map((one) => one.example.value);
    for (const value of [...named, example].filter((one) => one !== undefined)) {
      const reason = explain(schema, value);
      if (reason !== undefined) {
        return `an example of ${status} ${mediaType} breaks its schema: ${reason}`;
      }
    }
  }
  return undefined;
}
