import type { Oas3_1Definition } from '@redocly/openapi-core';
import { sampleBranch } from '../check/rules/matchers.ts';
import { type Branch, listBranches } from '../openapi/schemas.ts';
import { getValidator, type SchemaNode } from '../openapi/validator.ts';

const maxDepth = 8;

/**
 * Makes the body or the header of a message up: the schema's own example where it has one, and of objects what is
 * required, or all properties of the whole where nothing is. Of a request, nothing that is read-only.
 */
export function makeUpValue(
  document: Oas3_1Definition,
  schema: SchemaNode,
  side: 'request' | 'response' = 'response',
  depth = 0,
): unknown {
  const [branch = {}] = listBranches(document, schema);
  const { const: constant, default: fallback, enum: members, example, examples } = branch;
  const [shown = members?.[0]] = [example, examples?.[0], constant, fallback].filter(
    (one) => one !== undefined && isValid(document, branch as SchemaNode, one),
  );
  if (shown !== undefined) {
    return shown;
  }
  const [type = branch.properties === undefined ? 'string' : 'object'] = [branch.type].flat();
  switch (type) {
    case 'object':
      return makeUpObject(document, branch, side, depth);
    case 'array':
      return branch.items === undefined || depth >= maxDepth
        ? []
        : Array.from({ length: Math.max(1, branch.minItems ?? 1) }, () =>
            makeUpValue(document, branch.items as SchemaNode, side, depth + 1),
          );
    case 'integer':
    case 'number':
      return makeUpNumber(branch);
    case 'boolean':
      return true;
    case 'null':
      return null;
    default:
      return isPlainText(branch) ? 'text' : (sampleBranch({ ...branch, type: 'string' })[0] ?? 'text');
  }
}

/** Tells whether a value fits its schema: some documents show what breaks their own. */
export function isValid(
  document: Oas3_1Definition,
  schema: SchemaNode,
  value: unknown,
  side?: 'request',
): boolean {
  try {
    return getValidator(document, side).explain(schema, value) === undefined;
  } catch {
    // A pattern that is no regular expression, for one.
    return true;
  }
}

function makeUpObject(
  document: Oas3_1Definition,
  branch: Branch,
  side: 'request' | 'response',
  depth: number,
): object {
  const { properties = {}, required = [] } = branch;
  const wanted = required.length > 0 || depth > 0 ? required : Object.keys(properties);
  const isSent = (name: string): boolean =>
    side === 'response' ||
    listBranches(document, (properties[name] ?? {}) as SchemaNode).every(({ readOnly }) => readOnly !== true);
  const names = wanted.filter((name) => (depth < maxDepth || required.includes(name)) && isSent(name));
  return depth > 2 * maxDepth
    ? {}
    : Object.fromEntries(
        [...new Set(names)].map((name) => [
          name,
          makeUpValue(document, (properties[name] ?? {}) as SchemaNode, side, depth + 1),
        ]),
      );
}

function makeUpNumber({ minimum, maximum, exclusiveMinimum, multipleOf }: Branch): number {
  const low = typeof exclusiveMinimum === 'number' ? exclusiveMinimum + 1 : (minimum ?? 1);
  const value = Math.min(Math.max(low, minimum ?? low), maximum ?? Number.POSITIVE_INFINITY);
  return multipleOf === undefined ? value : Math.ceil(value / multipleOf) * multipleOf;
}

function isPlainText({ pattern, format, minLength = 0, maxLength = 4 }: Branch): boolean {
  return (
    pattern === undefined &&
    (format === undefined || format === 'password') &&
    minLength <= 4 &&
    maxLength >= 4
  );
}
