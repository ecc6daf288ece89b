import type { Oas3_1Definition, Oas3_1Schema, Oas3Response } from '@redocly/openapi-core';
import { findByPointer, isPlainObject, resolveReference } from '../../openapi/document.ts';
import { createFinder, readNamedSchemas, type Schema } from '../../openapi/subschemas.ts';
import type { OperationModel, ResponseModel } from '../model/operation-model.ts';
import { readOperations } from '../model/read-operations.ts';
import { relaxResponse } from '../prepare/directions.ts';
import { readTags, type Tags } from '../prepare/discriminators.ts';
import { type Definitions, type JsonSchema, splitUnions, toJsonSchema } from './json-schema.ts';

/** A response with a JSON body, and what the body must be. */
export interface ResponseSchema {
  operation: OperationModel;
  response: ResponseModel;
  schema: JsonSchema;
}

/**
 * Reads the schemas of all JSON responses, and those that they refer to, as JSON Schema. Of a response that has several
 * JSON media types, the body may be what any of them says, as its type has it.
 */
export function readResponseSchemas(
  document: Oas3_1Definition,
  formats?: ReadonlySet<string>,
): {
  responses: ResponseSchema[];
  definitions: Definitions;
} {
  const names = new Map<string, string>();
  const nameOf = (pointer: string): string => {
    const name = names.get(pointer) ?? `definition${names.size}`;
    names.set(pointer, name);
    return name;
  };
  const find = createFinder(document);
  const { nameOf: componentName } = readNamedSchemas(document);
  const tagsOf = (schema: Schema): Tags | undefined => readTags(schema, { find, nameOf: componentName });
  const convert = (node: unknown): JsonSchema => {
    const relaxed = isPlainObject(node) ? relaxResponse(node, find) : node;
    return toJsonSchema(relaxed, { nameOf, tagsOf, ...(formats === undefined ? {} : { formats }) });
  };
  const responses = listResponseSchemas(document, convert);
  const definitions: Record<string, JsonSchema> = {};
  // The names grow while they are walked, since what is referred to refers to more.
  for (const [pointer, name] of names) {
    definitions[name] = convert(findByPointer(document, pointer));
  }
  const split = (schema: JsonSchema): JsonSchema => splitUnions(schema, definitions);
  return {
    responses: responses.map((each) => ({ ...each, schema: split(each.schema) })),
    definitions: Object.fromEntries(
      Object.entries(definitions).map(([name, schema]) => [name, split(schema)]),
    ),
  };
}

function listResponseSchemas(
  document: Oas3_1Definition,
  convert: (node: unknown) => JsonSchema,
): ResponseSchema[] {
  return readOperations(document).flatMap((operation) =>
    operation.responses.flatMap((response) => {
      const schemas = listJsonSchemas(document, operation, response).map(convert);
      const [schema] = schemas;
      return schema === undefined
        ? []
        : [{ operation, response, schema: schemas.length === 1 ? schema : { anyOf: schemas } }];
    }),
  );
}

function listJsonSchemas(
  document: Oas3_1Definition,
  { operation }: OperationModel,
  { key, content }: ResponseModel,
): unknown[] {
  const reference = operation.responses?.[key];
  if (content?.kind !== 'json' || reference === undefined) {
    return [];
  }
  const { content: documented = {} } = resolveReference<Oas3Response<Oas3_1Schema>>(document, reference);
  const schemas = content.mediaTypes.map((mediaType) => documented[mediaType]?.schema);
  // A media type without a schema lets everything pass.
  return schemas.includes(undefined) ? [] : schemas;
}
