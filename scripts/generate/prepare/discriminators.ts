import type { Oas3_1Definition } from '@redocly/openapi-core';
import { isPlainObject } from '../../openapi/document.ts';
import { createFinder, type Find, readNamedSchemas, type Schema } from '../../openapi/subschemas.ts';

/**
 * Writes what discriminators say as constants, in a document that may be changed, and takes them out.
 *
 * openapi-typescript has a way of its own to render them. It replaces a constant by the name of a schema, makes strings of
 * booleans, and renders a hierarchy of more than two levels so that it does not compile. Constants narrow as well.
 *
 * @see https://spec.openapis.org/oas/v3.1.0#discriminator-object
 */
export function writeDiscriminators(document: Oas3_1Definition): void {
  const find = createFinder(document);
  const { nameOf } = readNamedSchemas(document);
  const children = listChildren([...nameOf.keys()], find);
  const tags = new Map<Schema, Map<string, Set<string>>>();
  visitSchemas(document, (schema) => {
    const { discriminator } = schema;
    delete schema.discriminator;
    if (!isPlainObject(discriminator) || typeof discriminator.propertyName !== 'string') {
      return;
    }
    const { propertyName } = discriminator;
    const branches = [schema.oneOf, schema.anyOf].flat().filter(isPlainObject);
    const listed = branches.map(({ $ref }) => find($ref)).filter((target) => target !== undefined);
    const heirs = listed.length > 0 ? [] : listDescendants(schema, children);
    for (const target of [...listed, ...heirs]) {
      const values = listTagValues(discriminator, target, { find, name: nameOf.get(target) });
      const ofTarget = tags.get(target) ?? new Map<string, Set<string>>();
      ofTarget.set(propertyName, new Set([...(ofTarget.get(propertyName) ?? []), ...values]));
      tags.set(target, ofTarget);
    }
  });
  for (const [schema, ofSchema] of tags) {
    for (const [name, own] of ofSchema) {
      // A schema can have the tags of all that extend it.
      const inherited = listDescendants(schema, children).map((heir) => tags.get(heir)?.get(name) ?? []);
      writeTag(schema, name, [...new Set([...own, ...inherited.flatMap((values) => [...values])])], find);
    }
  }
}

/** How the alternatives of a union are discriminated. */
export interface Tags {
  /** The name of the property. */
  name: string;
  /** The values of each alternative, in their order. */
  values: unknown[][];
  /** Whether each alternative requires the property. */
  isRequired: boolean;
}

/**
 * Reads the discriminator of a union of named schemas, or `undefined` where it tells nothing for sure: without a mapping, an
 * alternative that has no constant of its own is not known by its name, since documents are often careless there.
 */
export function readTags(schema: Schema, { find, nameOf }: Names): Tags | undefined {
  const { discriminator } = schema;
  const branches: unknown[] = [schema.oneOf ?? schema.anyOf].flat();
  if (!isPlainObject(discriminator) || typeof discriminator.propertyName !== 'string') {
    return undefined;
  }
  const { propertyName: name, mapping } = discriminator;
  const targets = branches.map((branch) => (isPlainObject(branch) ? find(branch.$ref) : undefined));
  const values = targets.map((target) => {
    if (target === undefined) {
      return [];
    }
    const given = listTagValues(discriminator, target, { find, name: nameOf.get(target) });
    const isNamed = isPlainObject(mapping) && Object.keys(mapping).length > 0;
    return chooseConstants(target, name, { values: given, find, isSure: isNamed });
  });
  const all = values.flat();
  return all.length > 1 && values.every((each) => each.length > 0) && new Set(all).size === all.length
    ? { name, values, isRequired: targets.every((one) => one !== undefined && requires(one, name, find)) }
    : undefined;
}

/** What schemas are referred to by. */
export interface Names {
  find: Find;
  nameOf: ReadonlyMap<Schema, string>;
}

function requires(schema: Schema, name: string, find: Find): boolean {
  return listFamily(schema, find).some(({ required }) => Array.isArray(required) && required.includes(name));
}

function visitSchemas(
  node: unknown,
  visit: (schema: Schema) => void,
  visited: Set<object> = new Set(),
): void {
  if (typeof node !== 'object' || node === null || visited.has(node)) {
    return;
  }
  visited.add(node);
  for (const value of Object.values(node)) {
    visitSchemas(value, visit, visited);
  }
  if (isPlainObject(node) && isPlainObject(node.discriminator) && !('$ref' in node)) {
    visit(node);
  }
}

/** Lists for each schema those that have it in their `allOf`. */
function listChildren(schemas: readonly Schema[], find: Find): ReadonlyMap<Schema, Schema[]> {
  const children = new Map<Schema, Schema[]>();
  for (const child of schemas) {
    for (const parent of listParents(child, find)) {
      const found = children.get(parent);
      if (found === undefined) {
        children.set(parent, [child]);
      } else {
        found.push(child);
      }
    }
  }
  return children;
}

function listParents({ allOf }: Schema, find: Find): Schema[] {
  const parts: unknown[] = Array.isArray(allOf) ? allOf : [];
  return parts.filter(isPlainObject).flatMap((part) => {
    const parent = find(part.$ref);
    return parent === undefined ? listParents(part, find) : [parent];
  });
}

function listDescendants(schema: Schema, children: ReadonlyMap<Schema, Schema[]>): Schema[] {
  const found = new Set<Schema>(children.get(schema));
  for (const child of found) {
    for (const grandchild of children.get(child) ?? []) {
      found.add(grandchild);
    }
  }
  found.delete(schema);
  return [...found];
}

interface Target {
  find: Find;
  name: string | undefined;
}

function listTagValues({ mapping }: Schema, target: Schema, { find, name }: Target): string[] {
  const mapped = Object.entries(isPlainObject(mapping) ? mapping : {}).filter(
    ([, to]) => to === name || find(to) === target,
  );
  return mapped.length > 0 ? mapped.map(([value]) => value) : name === undefined ? [] : [name];
}

function writeTag(schema: Schema, name: string, values: readonly string[], find: Find): void {
  const constants = chooseConstants(schema, name, { values, find, isSure: true });
  if (constants.length === 0) {
    return;
  }
  const properties = isPlainObject(schema.properties) ? schema.properties : {};
  const { description } = (properties[name] ?? {}) as Schema;
  const tag = { ...(description === undefined ? {} : { description }), enum: constants };
  if (Array.isArray(schema.allOf)) {
    schema.allOf = [...schema.allOf, { type: 'object', required: [name], properties: { [name]: tag } }];
  } else if (schema.type === 'object' || schema.properties !== undefined) {
    const required = Array.isArray(schema.required) ? schema.required : [];
    schema.properties = { ...properties, [name]: tag };
    schema.required = [...new Set([...required, name])];
  }
}

/** Chooses the constants of a property, of those that a schema itself has for it and of those that it is mapped to. */
function chooseConstants(
  schema: Schema,
  name: string,
  { values, find, isSure }: { values: readonly string[]; find: Find; isSure: boolean },
): unknown[] {
  const declared = listFamily(schema, find).flatMap(({ properties }) => {
    const own = isPlainObject(properties) ? properties[name] : undefined;
    return isPlainObject(own) ? [find(own.$ref) ?? own] : [];
  });
  const known = declared.map(listConstants).find((constants) => constants !== undefined);
  if (known === undefined) {
    return isSure ? values.flatMap((value) => castTag(value, declared[0]?.type)) : [];
  }
  // A schema's own constant takes precedence over a mapping.
  const kept = known.filter((one) => values.includes(String(one)));
  return kept.length > 0 ? kept : known;
}

/** Lists a schema and all that it has in `allOf`. */
function listFamily(schema: Schema, find: Find): Schema[] {
  const family = new Set([schema]);
  for (const { $ref, allOf } of family) {
    const target = find($ref);
    const parts: unknown[] = Array.isArray(allOf) ? allOf : [];
    for (const part of [...(target === undefined ? [] : [target]), ...parts.filter(isPlainObject)]) {
      family.add(part);
    }
  }
  return [...family];
}

function listConstants({ const: constant, enum: list }: Schema): unknown[] | undefined {
  return constant !== undefined ? [constant] : Array.isArray(list) ? list : undefined;
}

// The keys of a mapping are always text.
function castTag(value: string, type: unknown): unknown[] {
  const types = type === undefined ? ['string'] : [type].flat();
  if (types.includes('string')) {
    return [value];
  }
  if (types.includes('boolean')) {
    return value === 'true' || value === 'false' ? [value === 'true'] : [];
  }
  const isNumber = types.includes('integer') || types.includes('number');
  return isNumber && value.trim() !== '' && Number.isFinite(Number(value)) ? [Number(value)] : [];
}
