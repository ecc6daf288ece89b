import type { Oas3_1Schema, Oas3RequestBody } from '@redocly/openapi-core';
import { formType } from '../../pact/read-interactions.ts';
import { resolveReference } from '../../spec/resolve-reference.ts';
import { parsePrimitive, type SchemaNode } from '../../spec/validator.ts';
import type { MatchedInteraction } from './matched-interaction.ts';

/**
 * Finds the schema of an operation's body in the media type that the request has.
 */
export function bodySchemaOf(matched: MatchedInteraction): SchemaNode | undefined {
  const { interaction } = matched;
  const requestBody = readRequestBody(matched);
  return requestBody?.content[interaction.request.body?.mediaType ?? '']?.schema as SchemaNode | undefined;
}

/**
 * Reads the body that an operation takes, if it takes one.
 */
export function readRequestBody({
  document,
  place,
}: MatchedInteraction): Oas3RequestBody<Oas3_1Schema> | undefined {
  const { requestBody } = place.operation;
  return requestBody && resolveReference<Oas3RequestBody<Oas3_1Schema>>(document, requestBody);
}

/**
 * Says what the spec has against a value in the place of the request's body, properties that it doesn't name
 * included.
 */
export function explainBody(matched: MatchedInteraction, value: unknown): string | undefined {
  const schema = bodySchemaOf(matched);
  if (schema === undefined) {
    return undefined;
  }
  const { explain } = matched.validator;
  const reason = explain(schema, value, true);
  const isForm = matched.interaction.request.body?.mediaType === formType;
  // The fields of a form are texts on the wire, whatever they are in the schema.
  return reason !== undefined && isForm ? explain(schema, parseFields(value), true) : reason;
}

function parseFields(form: unknown): unknown {
  return Object.fromEntries(
    Object.entries(form as Record<string, string>).map(([name, text]) => [
      name,
      parsePrimitive(text) ?? text,
    ]),
  );
}
