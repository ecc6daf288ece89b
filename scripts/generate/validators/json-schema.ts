import { ifThen, isPlainObject } from '../../openapi/document.ts';
import { kindOf, mapInner, type Schema } from '../../openapi/subschemas.ts';
import type { Tags } from '../prepare/discriminators.ts';

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

/** The settings for converting the schemas of a document. */
export interface Conversion {
  /** Names the definition that a reference leads to. */
  nameOf: (pointer: string) => string;
  /** Finds how the alternatives of a union are discriminated. */
  tagsOf: (schema: Schema) => Tags | undefined;
  /** The formats that are checked. Default: none, since in 2020-12 a format is a note. */
  formats?: ReadonlySet<string>;
}

const isNumber = (value: unknown): boolean => typeof value === 'number';
const isCount = (value: unknown): boolean => Number.isInteger(value) && Number(value) >= 0;
const isNames = (value: unknown): boolean =>
  Array.isArray(value) && value.every((name) => typeof name === 'string');

/** What else is checked, and what its value must be. A value that it can't have lets everything pass. */
const checks: Readonly<Record<string, (value: unknown) => boolean>> = {
  type: (value) => [value].flat().every((type) => types.has(type)) && [value].flat().length > 0,
  enum: (value) => Array.isArray(value) && value.length > 0,
  const: () => true,
  multipleOf: (value) => isNumber(value) && Number(value) > 0,
  maximum: isNumber,
  exclusiveMaximum: isNumber,
  minimum: isNumber,
  exclusiveMinimum: isNumber,
  maxLength: isCount,
  minLength: isCount,
  pattern: (value) => isPattern(value),
  maxItems: isCount,
  minItems: isCount,
  uniqueItems: (value) => typeof value === 'boolean',
  maxContains: isCount,
  minContains: isCount,
  maxProperties: isCount,
  minProperties: isCount,
  required: isNames,
  dependentRequired: (value) => isPlainObject(value) && Object.values(value).every(isNames),
};
const types = new Set<unknown>(['null', 'boolean', 'object', 'array', 'number', 'string', 'integer']);

/** Where schemas stand that others refer to: what is referred to is a definition already. */
const shelves: readonly string[] = ['$defs', 'definitions', 'additionalItems'];

/**
 * Turns a schema of an OpenAPI document into JSON Schema with nothing but what is checked: no annotations, so that a
 * change of words changes no code.
 *
 * A keyword that is unknown here, or whose value is none that it can have, lets everything pass, and so does a `pattern`
 * that no ECMAScript engine reads.
 *
 * @see https://spec.openapis.org/oas/v3.1.0#schema-object
 */
export function toJsonSchema(node: unknown, conversion: Conversion): JsonSchema {
  if (!isPlainObject(node)) {
    return node !== false;
  }
  const reference = typeof node.$ref === 'string' ? { $ref: conversion.nameOf(node.$ref) } : undefined;
  const kept = Object.entries(node).filter(([keyword, value]) => {
    return kindOf(keyword, value) === undefined ? checks[keyword]?.(value) : !shelves.includes(keyword);
  });
  const inner = mapInner(Object.fromEntries(kept), (one) => toJsonSchema(one, conversion));
  const tags = conversion.tagsOf(node);
  const { format } = node;
  return {
    ...reference,
    ...dropPatterns(inner),
    ...(typeof format === 'string' && conversion.formats?.has(format) ? { format } : {}),
    ...(tags === undefined ? {} : { [tagsKeyword]: tags }),
  };
}

/** Where `splitUnions` finds how alternatives are discriminated. */
const tagsKeyword = 'discriminator';

function dropPatterns({ patternProperties, ...rest }: Schema): Schema {
  if (!isPlainObject(patternProperties)) {
    return rest;
  }
  const entries = Object.entries(patternProperties).filter(([pattern]) => isPattern(pattern));
  return { ...rest, patternProperties: Object.fromEntries(entries) };
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

type SchemaObject = Exclude<JsonSchema, boolean>;

/**
 * Rewrites unions, so that a validator says what is wrong in the branch that was meant, not in all of them:
 *
 * - a `oneOf` of objects that are discriminated by a constant or a discriminator becomes a chain of conditions on it;
 * - an `anyOf` of known strings and of any string becomes any string.
 *
 * Without a discriminator, what is valid stays the same.
 */
export function splitUnions(schema: JsonSchema, definitions: Definitions): JsonSchema {
  if (typeof schema === 'boolean') {
    return schema;
  }
  const inner = mapInner(schema, (one) => splitUnions(one as JsonSchema, definitions));
  return splitOneOf(openAnyOf(inner, definitions), definitions);
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

function splitOneOf(schema: SchemaObject, definitions: Definitions): SchemaObject {
  const { [tagsKeyword]: given, ...rest } = schema;
  const keyword = Array.isArray(rest.oneOf) ? 'oneOf' : 'anyOf';
  const branches = rest[keyword];
  if (!Array.isArray(branches)) {
    return rest;
  }
  const tags =
    (given as Tags | undefined) ?? (keyword === 'oneOf' ? findTags(branches, definitions) : undefined);
  if (tags === undefined) {
    return rest;
  }
  const { name, values, isRequired } = tags;
  const { [keyword]: union, allOf = [], ...others } = rest;
  const chain = branches.reduceRight<SchemaObject>(
    (otherwise, branch, index) => ifThen(hasTag(name, describeTags(values[index] ?? [])), branch, otherwise),
    hasTag(name, describeTags(values.flat())),
  );
  // A value without the property is none that the discriminator speaks of.
  const whole = isRequired
    ? chain
    : ifThen({ type: 'object', required: [name] }, chain, { [keyword]: union });
  return { ...others, allOf: [...(allOf as JsonSchema[]), whole] };
}

function hasTag(name: string, schema: SchemaObject): SchemaObject {
  return { type: 'object', required: [name], properties: { [name]: schema } };
}

// The report says what is expected of a value that fits none of them.
function describeTags(values: readonly unknown[]): SchemaObject {
  const areBooleans = values.every((value) => typeof value === 'boolean') && values.length === 2;
  return areBooleans ? { type: 'boolean' } : values.length === 1 ? { const: values[0] } : { enum: values };
}

function findTags(branches: JsonSchema[], definitions: Definitions): Tags | undefined {
  const constants = branches.map((branch) =>
    listConstants(followReferences(branch, definitions), definitions),
  );
  const [first] = constants;
  const tags = [...(first?.keys() ?? [])].map((name) => ({
    name,
    values: constants.map((each) => each.get(name)),
  }));
  const found = tags.find(
    ({ values }) =>
      !values.includes(undefined) && new Set(values).size === values.length && values.length > 1,
  );
  return found && { name: found.name, values: found.values.map((value) => [value]), isRequired: true };
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
