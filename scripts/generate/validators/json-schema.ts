import { ifThen, isPlainObject } from '../../openapi/document.ts';

/** A schema that says nothing but what a validator checks: JSON Schema 2020-12 without annotations. */
export type JsonSchema = boolean | { readonly [keyword: string]: unknown };

/** The schemas of a document that others refer to, by the `$ref` that does so. */
export type Definitions = Readonly<Record<string, JsonSchema>>;

/**
 * Follows references to the schema that has keywords of its own.
 */
function followReferences(schema: JsonSchema, definitions: Definitions): JsonSchema {
  const visited = new Set<JsonSchema>();
  let target = schema;
  while (typeof target === 'object' && typeof target.$ref === 'string' && !visited.has(target)) {
    visited.add(target);
    target = definitions[target.$ref] ?? true;
  }
  return target;
}

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
 * @param nameOf names the definition that a reference stands for
 * @see https://spec.openapis.org/oas/v3.1.0#schema-object
 */
export function toJsonSchema(node: unknown, nameOf: (pointer: string) => string): JsonSchema {
  if (!isPlainObject(node)) {
    return node !== false;
  }
  const reference = typeof node.$ref === 'string' ? { $ref: nameOf(node.$ref) } : undefined;
  const convert = (inner: unknown): JsonSchema => toJsonSchema(inner, nameOf);
  const entries = Object.entries({ ...node, ...requiredInAnswers(node) })
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

// JSON Schema, "Validation", section 9.4: what is `writeOnly` is never in an answer, also where it is required.
function requiredInAnswers({ required, properties }: Record<string, unknown>): Record<string, unknown> {
  if (!Array.isArray(required) || !isPlainObject(properties)) {
    return {};
  }
  return {
    required: required.filter((name) => {
      const property = properties[name];
      return !(isPlainObject(property) && property.writeOnly === true);
    }),
  };
}

type SchemaObject = Exclude<JsonSchema, boolean>;

/**
 * Rewrites unions, so that a validator says what is wrong in the branch that was meant, not in all of them:
 *
 * - a `oneOf` of objects that a constant tells apart becomes a chain of conditions on that constant;
 * - an `anyOf` of known strings and of any string becomes any string.
 *
 * What is valid stays the same.
 */
export function splitUnions(schema: JsonSchema, definitions: Definitions): JsonSchema {
  if (typeof schema === 'boolean') {
    return schema;
  }
  const inner = Object.entries(schema).map(([keyword, value]) => [
    keyword,
    keyword === 'const' || keyword === 'enum' ? value : visit(value, definitions),
  ]);
  return splitOneOf(openAnyOf(Object.fromEntries(inner), definitions), definitions);
}

// Only schemas hold `oneOf` and `anyOf`: a property of that name is an object or boolean, never a list.
function visit(value: unknown, definitions: Definitions): unknown {
  if (Array.isArray(value)) {
    return value.map((item) => visit(item, definitions));
  }
  return typeof value === 'object' && value !== null
    ? splitUnions(value as SchemaObject, definitions)
    : value;
}

function openAnyOf({ anyOf, ...rest }: SchemaObject, definitions: Definitions): SchemaObject {
  if (!Array.isArray(anyOf)) {
    return anyOf === undefined ? rest : { anyOf, ...rest };
  }
  const branches = anyOf.map((branch) => followReferences(branch, definitions));
  const areStrings = branches.every((branch) => typeof branch === 'object' && branch.type === 'string');
  const isOpen = branches.some((branch) => Object.keys(branch).join() === 'type');
  return areStrings && isOpen && rest.type === undefined ? { type: 'string', ...rest } : { anyOf, ...rest };
}

function splitOneOf({ oneOf, ...rest }: SchemaObject, definitions: Definitions): SchemaObject {
  const tag = Array.isArray(oneOf) ? findTag(oneOf, definitions) : undefined;
  if (tag === undefined || !Array.isArray(oneOf)) {
    return oneOf === undefined ? rest : { oneOf, ...rest };
  }
  const { allOf = [] } = rest;
  const chain = oneOf.reduceRight<SchemaObject>(
    (otherwise, branch, index) => ifThen(hasTag(tag.name, { const: tag.values[index] }), branch, otherwise),
    hasTag(tag.name, describeTags(tag.values)),
  );
  return { ...rest, allOf: [...(allOf as JsonSchema[]), chain] };
}

function hasTag(name: string, schema: SchemaObject): SchemaObject {
  return { type: 'object', required: [name], properties: { [name]: schema } };
}

// No value gets here that is one of them: this is what the report says is expected.
function describeTags(values: readonly unknown[]): SchemaObject {
  const areBooleans = values.every((value) => typeof value === 'boolean') && values.length === 2;
  return areBooleans ? { type: 'boolean' } : { enum: values };
}

function findTag(
  branches: JsonSchema[],
  definitions: Definitions,
): { name: string; values: unknown[] } | undefined {
  const constants = branches.map((branch) =>
    listConstants(followReferences(branch, definitions), definitions),
  );
  const [first] = constants;
  const tags = [...(first?.keys() ?? [])].map((name) => ({
    name,
    values: constants.map((each) => each.get(name)),
  }));
  return tags.find(
    ({ values }) =>
      !values.includes(undefined) && new Set(values).size === values.length && values.length > 1,
  );
}

function listConstants(schema: JsonSchema, definitions: Definitions): Map<string, unknown> {
  const { type, required, properties } = typeof schema === 'object' ? schema : {};
  if (type !== 'object' || !Array.isArray(required) || typeof properties !== 'object') {
    return new Map();
  }
  const constants = Object.entries(properties as Record<string, JsonSchema>).flatMap(([name, property]) => {
    const value = readConstant(followReferences(property, definitions));
    return required.includes(name) && value !== undefined ? [[name, value] as const] : [];
  });
  return new Map(constants);
}

function readConstant(schema: JsonSchema): string | number | boolean | undefined {
  const { const: constant, enum: list } = typeof schema === 'object' ? schema : {};
  const value = Array.isArray(list) && list.length === 1 ? list[0] : constant;
  return ['string', 'number', 'boolean'].includes(typeof value) ? value : undefined;
}
