import type { Oas3_1Definition } from '@redocly/openapi-core';
import { findByPointer, isPlainObject, toPointer } from './document.ts';

/** A schema object of a document. */
export type Schema = Record<string, unknown>;

/** What holds a schema, a list of schemas, and schemas by name. `items` is a list in what JSON Schema was before 2020. */
const keywords = {
  schema: `additionalProperties unevaluatedProperties propertyNames items unevaluatedItems contains not if then else
    additionalItems`,
  list: 'allOf anyOf oneOf prefixItems items',
  map: 'properties patternProperties dependentSchemas $defs definitions',
};
const [holders, lists, maps] = [keywords.schema, keywords.list, keywords.map].map(
  (names) => new Set(names.split(/\s+/)),
);

/** Tells how a keyword holds schemas, if it does. An example may look like a schema, but is not one. */
export function kindOf(keyword: string, value: unknown): keyof typeof keywords | undefined {
  if (Array.isArray(value)) {
    return lists?.has(keyword) ? 'list' : undefined;
  }
  if (maps?.has(keyword)) {
    return isPlainObject(value) ? 'map' : undefined;
  }
  return holders?.has(keyword) ? 'schema' : undefined;
}

/** Lists the direct subschemas of a schema. */
export function listInner(schema: Schema): Schema[] {
  return Object.entries(schema).flatMap(([keyword, value]) => {
    const kind = kindOf(keyword, value);
    const inner = kind === undefined ? [] : kind === 'schema' ? [value] : Object.values(value as object);
    return inner.filter(isPlainObject);
  });
}

/** Returns a copy of a schema whose subschemas are changed. */
export function mapInner(schema: Schema, change: (inner: unknown, keyword: string) => unknown): Schema {
  const entries = Object.entries(schema).map(([keyword, value]) => {
    switch (kindOf(keyword, value)) {
      case 'schema':
        return [keyword, change(value, keyword)] as const;
      case 'list':
        return [keyword, (value as unknown[]).map((inner) => change(inner, keyword))] as const;
      case 'map': {
        const inner = Object.entries(value as object).map(
          ([name, one]) => [name, change(one, keyword)] as const,
        );
        return [keyword, Object.fromEntries(inner)] as const;
      }
      default:
        return [keyword, value] as const;
    }
  });
  return Object.fromEntries(entries);
}

/** Finds the target of a reference. Each target is looked up once. */
export type Find = (pointer: unknown) => Schema | undefined;

/** Creates a function that finds the schemas of a document. The document must not change meanwhile. */
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

/** Who sends a value. */
export type Direction = 'request' | 'response';

const hidingKeyword = { request: 'readOnly', response: 'writeOnly' } as const;

/**
 * Lists the properties that no value of one direction has, of a schema and of all that it has in `allOf`: a request none
 * that is `readOnly`, a response none that is `writeOnly`. What says both says nothing.
 *
 * @see https://json-schema.org/draft/2020-12/json-schema-validation#section-9.4
 */
export function listHidden(schema: Schema, direction: Direction, find: Find): Set<string> {
  const hidden = new Set<string>();
  const visited = new Set<Schema>([schema]);
  for (const part of visited) {
    for (const [name, property] of Object.entries(isPlainObject(part.properties) ? part.properties : {})) {
      if (isHidden(property, direction, find)) {
        hidden.add(name);
      }
    }
    for (const inner of listParts(part, find)) {
      visited.add(inner);
    }
  }
  return hidden;
}

function listParts({ $ref, allOf }: Schema, find: Find): Schema[] {
  const target = find($ref);
  return [
    ...(target === undefined ? [] : [target]),
    ...(Array.isArray(allOf) ? allOf.filter(isPlainObject) : []),
  ];
}

/** Tells whether a property has no value in one direction. */
export function isHidden(property: unknown, direction: Direction, find: Find): boolean {
  const parts = new Set(isPlainObject(property) ? [property] : []);
  for (const part of parts) {
    for (const inner of listParts(part, find)) {
      parts.add(inner);
    }
  }
  const says = (keyword: string): boolean => [...parts].some((part) => part[keyword] === true);
  const other = direction === 'request' ? 'response' : 'request';
  return says(hidingKeyword[direction]) && !says(hidingKeyword[other]);
}
