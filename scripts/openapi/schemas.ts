import type { Oas3_1Definition, Oas3_1Schema } from '@redocly/openapi-core';
import { isPlainObject, resolveReference, toPointer } from './document.ts';
import type { SchemaNode } from './validator.ts';

/** One alternative of a schema: what `oneOf`, `anyOf` and `allOf` come to, without any of them. */
export type Branch = Omit<Oas3_1Schema, 'oneOf' | 'anyOf' | 'allOf'>;

/**
 * Lists the alternatives of a schema, references followed and `allOf` merged: any value that the schema takes, one of
 * them takes. A schema that contains itself ends where it does.
 */
export function listBranches(
  document: Oas3_1Definition,
  node: SchemaNode,
  parents: readonly object[] = [],
): Branch[] {
  const schema = resolveReference<Oas3_1Schema>(document, node);
  if (parents.includes(schema)) {
    return [];
  }
  const { oneOf, anyOf, allOf, ...own } = schema;
  const branchesOf = (nodes: readonly SchemaNode[]): Branch[] =>
    nodes.flatMap((one) => listBranches(document, one, [...parents, schema]));
  const choices = [oneOf, anyOf].flatMap((nodes) => (nodes === undefined ? [] : [branchesOf(nodes)]));
  const parts = (allOf ?? []).map((one) => branchesOf([one]));
  return [...choices, ...parts].reduce<Branch[]>(
    (branches, alternatives) =>
      branches.flatMap((branch) => alternatives.map((alternative) => merge(branch, alternative))),
    [own],
  );
}

function merge(one: Branch, other: Branch): Branch {
  return {
    ...one,
    ...other,
    required: [...(one.required ?? []), ...(other.required ?? [])],
    properties: mergeProperties(one.properties ?? {}, other.properties ?? {}),
  };
}

type Properties = NonNullable<Branch['properties']>;

// What both name has to be as both have it.
function mergeProperties(one: Properties, other: Properties): Properties {
  const shared = Object.keys(other).filter((name) => Object.hasOwn(one, name) && one[name] !== other[name]);
  const both = shared.map((name) => [name, { allOf: [one[name], other[name]] }]);
  return { ...one, ...other, ...Object.fromEntries(both) };
}

/** A schema that has a name on the wire. */
export interface NamedSchema {
  name: string;
  schema: Record<string, unknown>;
  /** Where a parameter or a header stands; a property has none. */
  place?: string;
  /** JSON pointer to the schema. */
  pointer: string;
}

/**
 * Lists the schemas of properties, of parameters and of the headers of responses in a document. A parameter carries its
 * name beside the schema, the others as the key.
 */
export function listNamedSchemas(document: unknown): NamedSchema[] {
  const found: NamedSchema[] = [];
  const keys: string[] = [];
  const walk = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) {
      return;
    }
    const named = readNamed(node as Record<string, unknown>, keys);
    if (named !== undefined) {
      found.push(named);
    }
    for (const [key, child] of Object.entries(node)) {
      keys.push(key);
      walk(child);
      keys.pop();
    }
  };
  walk(document);
  return found;
}

function readNamed(node: Record<string, unknown>, keys: readonly string[]): NamedSchema | undefined {
  const { name, in: place, schema } = node;
  const [parent, key = ''] = [keys.at(-2), keys.at(-1)];
  if (parent === 'properties') {
    return { name: key, schema: node, pointer: toPointer(keys) };
  }
  const isParameter = typeof name === 'string' && typeof place === 'string';
  if (!isPlainObject(schema) || !(isParameter || parent === 'headers')) {
    return undefined;
  }
  const pointer = toPointer([...keys, 'schema']);
  return isParameter ? { name, schema, place, pointer } : { name: key, schema, place: 'header', pointer };
}
