import type { Oas3_1Definition, Oas3_1Schema } from '@redocly/openapi-core';
import { findResponse, readExamples } from '../../openapi/answers.ts';
import { resolveReference } from '../../openapi/document.ts';
import { readExampleRequest } from '../../openapi/example-request.ts';
import type { OperationPlace } from '../../openapi/operations.ts';
import { listBranches } from '../../openapi/schemas.ts';
import { getValidator } from '../../openapi/validator.ts';

/**
 * Says which example of a request breaks its own schema, by what Ajv says of it, or `undefined`.
 */
export function explainRequest(document: Oas3_1Definition, place: OperationPlace): string | undefined {
  const { explain } = getValidator(document, 'request');
  const { parameters, bodies } = readExampleRequest(document, place);
  const shown = [
    ...parameters.map((one) => ({ ...one, title: `${one.in} ${one.name}` })),
    ...bodies.map((body) => ({ ...body, title: body.mediaType })),
  ];
  const contradiction = findContradiction(
    document,
    shown.map(({ schema }) => schema),
  );
  if (contradiction !== undefined) {
    return contradiction;
  }
  for (const { title, schema = {}, value, isShown } of shown) {
    const reason = value === undefined ? undefined : explain(schema, value);
    if (reason !== undefined && isShown) {
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

/**
 * Says which schema, at a node or below it, forbids what it requires: `additionalProperties: false` knows nothing of the
 * properties that an `allOf` beside it has.
 *
 * @see https://json-schema.org/draft/2020-12/json-schema-core#section-10.3.2.3
 */
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
  const { additionalProperties, allOf = [], properties = {} } = target;
  if (additionalProperties === false) {
    const added = allOf
      .flatMap((part) => listBranches(document, part))
      .flatMap((branch) => Object.keys(branch.properties ?? {}));
    const forbidden = added.find((name) => !Object.hasOwn(properties, name));
    if (forbidden !== undefined) {
      return `a closed schema forbids what the allOf beside it has: ${forbidden}`;
    }
  }
  const types = allOf.flatMap((part) => {
    const { type } = resolveReference<Oas3_1Schema>(document, part);
    return typeof type === 'string' ? [type.replace('integer', 'number')] : [];
  });
  if (new Set(types).size > 1) {
    return `an allOf asks for types that exclude each other: ${types.join(' and ')}`;
  }
  for (const child of Object.values(target)) {
    const found = findContradiction(document, child, visited);
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}
