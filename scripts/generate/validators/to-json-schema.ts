import { isPlainObject } from '../../spec/is-plain-object.ts';
import type { JsonSchema } from './json-schema.ts';
import { modernizeSchema } from './modernize-schema.ts';

/** What holds a schema, a list of schemas, schemas by name, and anything else that is checked. */
const keywords = {
  schema:
    'additionalProperties unevaluatedProperties propertyNames items unevaluatedItems contains not if then else',
  list: 'allOf anyOf oneOf prefixItems',
  map: 'properties patternProperties dependentSchemas',
  value: `type enum const multipleOf maximum exclusiveMaximum minimum exclusiveMinimum maxLength minLength pattern
    maxItems minItems uniqueItems maxContains minContains maxProperties minProperties required dependentRequired`,
};
const kinds: ReadonlyMap<string, string> = new Map(
  Object.entries(keywords).flatMap(([kind, names]) =>
    names.split(/\s+/).map((name) => [name, kind] as const),
  ),
);

/**
 * Turns a schema of an OpenAPI document into JSON Schema with nothing but what is checked: no annotations, so that a
 * change of words changes no code, and no `format`, which is one in 2020-12.
 *
 * A keyword that is unknown here lets everything pass, and so does a `pattern` that no ECMAScript engine reads.
 *
 * @param version the OpenAPI version of the document
 * @param nameOf names the definition that a reference stands for
 * @see https://spec.openapis.org/oas/v3.1.0#schema-object
 */
export function toJsonSchema(
  node: unknown,
  version: string,
  nameOf: (pointer: string) => string,
): JsonSchema {
  if (!isPlainObject(node)) {
    return node !== false;
  }
  const isOld = version.startsWith('3.0');
  const reference = typeof node.$ref === 'string' ? { $ref: nameOf(node.$ref) } : undefined;
  if (reference !== undefined && isOld) {
    // OpenAPI 3.0 ignores what stands beside a reference.
    return reference;
  }
  const convert = (inner: unknown): JsonSchema => toJsonSchema(inner, version, nameOf);
  const entries = Object.entries(isOld ? modernizeSchema(node) : node)
    .map(([keyword, value]) => [keyword, convertValue(keyword, value, convert)])
    .filter(([, value]) => value !== undefined);
  return { ...reference, ...Object.fromEntries(entries) };
}

/**
 * Tells whether an ECMAScript engine reads a pattern, with that flag.
 */
export function isPattern(pattern: unknown, flag = ''): boolean {
  try {
    return typeof pattern === 'string' && new RegExp(pattern, flag) instanceof RegExp;
  } catch {
    return false;
  }
}

function convertValue(keyword: string, value: unknown, convert: (inner: unknown) => JsonSchema): unknown {
  switch (kinds.get(keyword)) {
    case 'schema':
      return convert(value);
    case 'list':
      return Array.isArray(value) ? value.map(convert) : undefined;
    case 'map':
      return isPlainObject(value)
        ? Object.fromEntries(
            Object.entries(value)
              .filter(([name]) => keyword !== 'patternProperties' || isPattern(name))
              .map(([name, inner]) => [name, convert(inner)]),
          )
        : undefined;
    case 'value':
      return keyword === 'pattern' && !isPattern(value) ? undefined : value;
    default:
      return undefined;
  }
}
