import type { Oas3_1Definition, Oas3_1Schema } from '@redocly/openapi-core';
import { findResponse, readExamples } from '../../openapi/answers.ts';
import { resolveReference } from '../../openapi/document.ts';
import { readExampleRequest } from '../../openapi/example-request.ts';
import type { OperationPlace } from '../../openapi/operations.ts';
import { sampleOneOf } from '../../openapi/sample.ts';
import { listBranches } from '../../openapi/schemas.ts';
import { getValidator, type SchemaNode } from '../../openapi/validator.ts';

/**
 * Says which example of a request breaks its own schema, by what Ajv says of it, or `undefined`.
 */
export function explainRequest(document: Oas3_1Definition, place: OperationPlace): string | undefined {
  const { explain } = getValidator(document, 'request');
  const { parameters, bodies } = readExampleRequest(document, place);
  const { requestBody = {} } = place.operation;
  const shown = [
    ...parameters.map((one) => ({ ...one, title: `${one.in} ${one.name}` })),
    ...bodies.map((body) => ({ ...body, title: body.mediaType })),
  ];
  // Of a body that nothing can be made up for, there is only the schema.
  const contradiction = findContradiction(document, [requestBody, ...shown.map(({ schema }) => schema)]);
  if (contradiction !== undefined) {
    return contradiction;
  }
  for (const { title, schema = {}, value, isShown } of shown) {
    const reason = value === undefined ? undefined : explain(schema, value);
    if (reason !== undefined && (isShown || isRightWithoutExamples(document, schema))) {
      return `an example breaks its schema: ${title}, ${reason}`;
    }
    // What is made up for a `oneOf` is a value that only one alternative takes, where there is one.
    const takers = (schema.oneOf ?? []).filter((one) => explain(one, value) === undefined);
    if (reason !== undefined && takers.length > 1) {
      return `alternatives of a oneOf take the same values: ${takers.length} of ${title}`;
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
  const contradiction = findContradiction(document, content);
  if (contradiction !== undefined) {
    return contradiction;
  }
  for (const [mediaType, { schema = {}, example, examples }] of Object.entries(content)) {
    const named = readExamples(document, examples).map((one) => one.example.value);
    for (const value of [...named, example].filter((one) => one !== undefined)) {
      const reason = explain(schema, value);
      if (reason !== undefined) {
        return `an example breaks its schema: ${status} ${mediaType}, ${reason}`;
      }
    }
  }
  return undefined;
}

/**
 * Says that an operation documents nothing that a client gets to see, or `undefined`.
 *
 * @see https://fetch.spec.whatwg.org/#http-network-or-cache-fetch for 407, and RFC 9110, section 15.2, for 1xx
 */
export function explainStatus({ operation }: OperationPlace): string | undefined {
  const statuses = Object.keys(operation.responses ?? {});
  return statuses.every((status) => /^(?:1..|407)$/.test(status))
    ? `no response is documented that a client could see: ${statuses.join(', ') || 'none at all'}`
    : undefined;
}

// What is made up of a schema has the examples of its properties.
function isRightWithoutExamples(document: Oas3_1Definition, schema: Oas3_1Schema): boolean {
  const plain = sampleOneOf(document, schema, { useExamples: false });
  return plain !== undefined && getValidator(document, 'request').explain(schema, plain) === undefined;
}

/** Says of a schema alone, and of the parts of its `allOf`, why no value can be right, or `undefined`. */
type Check = (document: Oas3_1Definition, schema: Oas3_1Schema, parts: Oas3_1Schema[]) => string | undefined;

const checks: readonly Check[] = [
  // `additionalProperties: false` knows nothing of the properties that an `allOf` beside it has.
  // https://json-schema.org/draft/2020-12/json-schema-core#section-10.3.2.3
  (document, schema, parts) => {
    const added = parts.flatMap((part) => listBranches(document, part)).flatMap(namesOf);
    const forbidden = added.find((name) => forbids(schema, name));
    return forbidden && `a closed schema forbids what the allOf beside it has: ${forbidden}`;
  },
  (_, schema) => {
    const forbidden = listRequired(schema).find((name) => forbids(schema, name));
    return forbidden && `a closed schema forbids what it requires: ${forbidden}`;
  },
  (_, __, parts) => {
    const required = parts.flatMap((part) => listRequired(part));
    const forbidden = required.find((name) => parts.some((part) => forbids(part, name)));
    return forbidden && `a part of an allOf forbids what another requires: ${forbidden}`;
  },
  (_, __, parts) => {
    const types = parts.flatMap(({ type }) =>
      typeof type === 'string' ? [type.replace('integer', 'number')] : [],
    );
    return new Set(types).size > 1
      ? `an allOf asks for types that exclude each other: ${types.join(' and ')}`
      : undefined;
  },
  (document, schema) => {
    const name = listRequired(schema).find((one) => requires(document, schema.properties?.[one], schema));
    return name && `a schema requires itself, as no value can: ${name}`;
  },
];

// A node can be a parameter, too, of which `required` says another thing.
function listRequired({ required }: Oas3_1Schema): string[] {
  return Array.isArray(required) ? required : [];
}

function namesOf({ properties = {} }: { properties?: Oas3_1Schema['properties'] | undefined }): string[] {
  return Object.keys(properties);
}

function forbids(
  { additionalProperties, properties, patternProperties }: Oas3_1Schema,
  name: string,
): boolean {
  return (
    additionalProperties === false &&
    patternProperties === undefined &&
    !namesOf({ properties }).includes(name)
  );
}

/** Whether a value of a schema holds one of the wanted schema, however deep. */
function requires(
  document: Oas3_1Definition,
  node: SchemaNode | undefined,
  wanted: Oas3_1Schema,
  visited: ReadonlySet<object> = new Set(),
): boolean {
  const schema = node && resolveReference<Oas3_1Schema>(document, node);
  if (schema === undefined || visited.has(schema)) {
    return false;
  }
  const { properties = {} } = schema;
  return (
    schema === wanted ||
    listRequired(schema).some((name) =>
      requires(document, properties[name], wanted, new Set([...visited, schema])),
    )
  );
}

/** Says why no value can be right by a schema, at a node or below it. */
function findContradiction(
  document: Oas3_1Definition,
  node: unknown,
  visited: Set<unknown> = new Set(),
): string | undefined {
  if (typeof node !== 'object' || node === null || visited.has(node)) {
    return undefined;
  }
  visited.add(node);
  const target = resolveReference<Oas3_1Schema>(document, node as Oas3_1Schema);
  const parts = (Array.isArray(target.allOf) ? target.allOf : []).map((part) =>
    resolveReference<Oas3_1Schema>(document, part),
  );
  const own = Array.isArray(target) ? [] : checks;
  for (const check of own) {
    const found = check(document, target, parts);
    if (found !== undefined) {
      return found;
    }
  }
  for (const child of Object.values(target)) {
    const found = findContradiction(document, child, visited);
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}
