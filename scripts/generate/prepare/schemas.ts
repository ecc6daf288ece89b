import type { Oas3_1Definition } from '@redocly/openapi-core';
import { findByPointer, isPlainObject, toPointer } from '../../openapi/document.ts';

/** A schema object as it stands in a document. */
export type Schema = Record<string, unknown>;

/** What holds a schema, a list of schemas, and schemas by name. `items` is a list in what JSON Schema was before 2020. */
const keywords = {
  schema: `additionalProperties unevaluatedProperties propertyNames items unevaluatedItems contains not if then else
    additionalItems`,
  list: 'allOf anyOf oneOf prefixItems items',
  map: 'properties patternProperties dependentSchemas $defs definitions',
};
const kindsOf = new Map<string, string[]>();
for (const [kind, names] of Object.entries(keywords)) {
  for (const name of names.split(/\s+/)) {
    kindsOf.set(name, [...(kindsOf.get(name) ?? []), kind]);
  }
}

/** Lists the schemas that stand in a schema, and not the data that does: an example may look like a schema. */
export function listInner(schema: Schema): Schema[] {
  return Object.entries(schema).flatMap(([keyword, value]) => {
    const kinds = kindsOf.get(keyword) ?? [];
    const isMany = Array.isArray(value) ? kinds.includes('list') : kinds.includes('map');
    const inner = isMany ? Object.values(value as object) : kinds.includes('schema') ? [value] : [];
    return inner.filter(isPlainObject);
  });
}

/** Changes the schemas that stand in a schema, and gives another schema with what they became. */
export function mapInner(schema: Schema, change: (inner: Schema, keyword: string) => unknown): Schema {
  const entries = Object.entries(schema).map(([keyword, value]) => {
    const kinds = kindsOf.get(keyword) ?? [];
    const apply = (inner: unknown): unknown => (isPlainObject(inner) ? change(inner, keyword) : inner);
    if (Array.isArray(value) && kinds.includes('list')) {
      return [keyword, value.map(apply)] as const;
    }
    if (isPlainObject(value) && kinds.includes('map')) {
      const inner = Object.entries(value).map(([name, item]) => [name, apply(item)] as const);
      return [keyword, Object.fromEntries(inner)] as const;
    }
    return [keyword, kinds.includes('schema') ? apply(value) : value] as const;
  });
  return Object.fromEntries(entries);
}

/** Finds what a reference stands for; the same reference is looked for once. */
export type Find = (pointer: unknown) => Schema | undefined;

/** Creates what finds the schemas of a document, which may not change meanwhile. */
export function createFinder(document: Oas3_1Definition): Find {
  const targets = new Map<string, Schema | undefined>();
  return (pointer) => {
    if (typeof pointer !== 'string' || !pointer.startsWith('#')) {
      return undefined;
    }
    if (!targets.has(pointer)) {
      const target = findByPointer(document, pointer);
      targets.set(pointer, isPlainObject(target) ? target : undefined);
    }
    return targets.get(pointer);
  };
}

/** The schemas of a document that have a name, and the names by schema. */
export function readNamedSchemas(document: Oas3_1Definition): {
  schemas: Record<string, Schema>;
  nameOf: ReadonlyMap<Schema, string>;
} {
  const schemas = (document.components?.schemas ?? {}) as Record<string, Schema>;
  const entries = Object.entries(schemas).filter(([, schema]) => isPlainObject(schema));
  return { schemas, nameOf: new Map(entries.map(([name, schema]) => [schema, name])) };
}

/** Writes the reference to a schema by its name. */
export function refer(name: string): string {
  return toPointer(['components', 'schemas', name]);
}
