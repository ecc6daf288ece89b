import { ifThen } from '../../spec/if-then.ts';
import { type Definitions, followReferences, type JsonSchema } from './json-schema.ts';

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
