import type { Oas3_1Definition } from '@redocly/openapi-core';
import { isPlainObject } from '../../openapi/document.ts';
import { sampleOneOf, sampleSchema } from '../../openapi/sample.ts';
import { type Branch, listBranches } from '../../openapi/schemas.ts';
import { getValidator, type SchemaNode } from '../../openapi/validator.ts';

/**
 * Repairs a body that Prism has made up and that breaks its own schema: Prism takes no notice of patterns, and of
 * alternatives only the first. What is wrong is made up anew, or the whole of it.
 *
 * @param paths where the body is wrong
 * @returns `undefined` where no body is found that the schema takes
 */
export function repairBody(
  document: Oas3_1Definition,
  schema: SchemaNode,
  body: unknown,
  paths: readonly (readonly string[])[],
): { body: unknown } | undefined {
  const { explain } = getValidator(document);
  const isRight = (value: unknown): boolean => value !== undefined && explain(schema, value) === undefined;
  const repaired = structuredClone({ body });
  const branchesOf = rememberBranches(document);
  // The parts of a part are replaced with it.
  for (const path of paths.toSorted((one, other) => one.length - other.length)) {
    const node = findBelow(branchesOf, schema, path);
    const value = node && sampleSchema(document, node, { side: 'response' });
    if (value !== undefined) {
      replace(repaired, ['body', ...path], value);
    }
  }
  if (isRight(repaired.body)) {
    return repaired;
  }
  const whole = sampleOneOf(document, schema, { side: 'response' });
  return isRight(whole) ? { body: whole } : undefined;
}

// The paths of a body lead through the same schemas.
function rememberBranches(document: Oas3_1Definition): (node: SchemaNode) => Branch[] {
  const known = new Map<SchemaNode, Branch[]>();
  return (node) => {
    const branches = known.get(node) ?? listBranches(document, node);
    known.set(node, branches);
    return branches;
  };
}

function findBelow(
  branchesOf: (node: SchemaNode) => Branch[],
  node: SchemaNode,
  [key, ...rest]: readonly string[],
): SchemaNode | undefined {
  if (key === undefined) {
    return node;
  }
  for (const { properties = {}, items, additionalProperties } of branchesOf(node)) {
    const next = Object.hasOwn(properties, key) ? properties[key] : (items ?? additionalProperties);
    const found = isPlainObject(next) ? findBelow(branchesOf, next as SchemaNode, rest) : undefined;
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}

function replace(target: unknown, [key = '', ...rest]: readonly string[], value: unknown): void {
  if (typeof target !== 'object' || target === null || !Object.hasOwn(target, key)) {
    return;
  }
  const values = target as Record<string, unknown>;
  if (rest.length === 0) {
    values[key] = value;
  } else {
    replace(values[key], rest, value);
  }
}
