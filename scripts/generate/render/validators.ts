import type { Oas3_1Definition, Oas3_1Schema, Oas3Response } from '@redocly/openapi-core';
import { findByPointer, isPlainObject, resolveReference } from '../../openapi/document.ts';
import { createFinder, readNamedSchemas, type Schema } from '../../openapi/subschemas.ts';
import type { OperationModel, ResponseModel } from '../model/operation-model.ts';
import { readOperations } from '../model/read-operations.ts';
import { relaxResponse } from '../prepare/directions.ts';
import { readTags, type Tags } from '../prepare/discriminators.ts';
import { renderKey } from '../text/literal.ts';
import { checkedFormats, compileChecks } from '../validators/compile.ts';
import { type Definitions, type JsonSchema, splitUnions, toJsonSchema } from '../validators/json-schema.ts';
import { makeValidator } from '../validators/runtime.ts';
import { renderBodyType, renderSchemaImport, renderSchemaType } from './results.ts';

const types = `
/** What is expected, and where. It holds nothing of the value that was found. */
export interface ResponseIssue {
  readonly message: string;
  /** Keys from the body down to what is wrong. */
  readonly path: readonly (string | number)[];
}

/**
 * Validates the body of a response: it is what the spec says, or there are issues.
 *
 * @see https://standardschema.dev
 */
export interface ResponseValidator<Body> {
  readonly '~standard': {
    readonly version: 1;
    readonly vendor: 'openapi-contract-kit';
    readonly validate: (
      value: unknown,
    ) => { readonly value: Body; readonly issues?: undefined } | { readonly issues: readonly ResponseIssue[] };
    /** For types only. */
    readonly types?: { readonly input: Body; readonly output: Body };
  };
}
`;

/** How validators are rendered. */
export interface ValidatorOptions {
  /** Whether a string must have the `format` of its schema, such as `date-time`. Default: false. */
  validateFormats?: boolean | undefined;
}

/**
 * Renders `validators.ts` without its header: a validator for each response with a JSON body. It needs no package, and
 * runs where no code may be made from text.
 *
 * @param prepared the document as `prepareDocument` writes it
 * @throws {Error} when Ajv's code calls what there is no function for
 */
export function renderValidators(
  prepared: Oas3_1Definition,
  { validateFormats }: ValidatorOptions = {},
): string {
  const { responses, definitions } = readResponseSchemas(
    prepared,
    validateFormats === true ? checkedFormats : undefined,
  );
  const { code, names } = compileChecks(
    responses.map(({ schema }) => schema),
    definitions,
  );
  const declared = renderByOperation(responses, 'readonly ', ';', ({ operation, response }) => {
    return `ResponseValidator<${renderBodyType(response, renderSchemaType(operation))}>`;
  });
  const made = renderByOperation(responses, '', ',', (_, index) => `makeValidator(${names[index]})`);
  const imports = renderSchemaImport(declared);
  return `// @ts-nocheck: Ajv wrote the functions. What is exported has its type written out.
${imports === '' ? '' : `\n${imports}`}${types}
/** The validators of JSON bodies, by operationId and by status, range or \`default\`, as the spec has it. */
export const validators: {${declared}} = {${made}};
${responses.length === 0 ? '' : makeValidator}${code}`;
}

function renderByOperation(
  responses: readonly ResponseSchema[],
  modifier: string,
  end: string,
  render: (response: ResponseSchema, index: number) => string,
): string {
  const entries = responses.map((each, index) => ({
    id: each.operation.id,
    line: `    ${modifier}${renderKey(each.response.key)}: ${render(each, index)}${end}\n`,
  }));
  const groups = [...Map.groupBy(entries, ({ id }) => id)];
  const blocks = groups.map(
    ([id, lines]) => `  ${modifier}${renderKey(id)}: {\n${lines.map(({ line }) => line).join('')}  }${end}\n`,
  );
  return blocks.length === 0 ? '' : `\n${blocks.join('')}`;
}

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
function readResponseSchemas(
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
