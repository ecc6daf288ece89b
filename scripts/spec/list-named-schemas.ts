import { isPlainObject } from './is-plain-object.ts';
import { toPointer } from './to-pointer.ts';

/** A schema that has a name on the wire. */
export interface NamedSchema {
  name: string;
  schema: Record<string, unknown>;
  /** JSON pointer to the schema. */
  pointer: string;
}

/**
 * Lists the schemas of properties and of parameters in a document: the former carry their name as the key, the latter
 * beside the schema.
 */
export function listNamedSchemas(node: unknown, keys: readonly string[] = []): NamedSchema[] {
  if (typeof node !== 'object' || node === null) {
    return [];
  }
  const { name, in: place, schema } = node as Record<string, unknown>;
  const own =
    typeof name === 'string' && typeof place === 'string' && isPlainObject(schema)
      ? [{ name, schema, pointer: toPointer([...keys, 'schema']) }]
      : [];
  const property =
    keys.at(-2) === 'properties'
      ? [{ name: keys.at(-1) ?? '', schema: node as Record<string, unknown>, pointer: toPointer(keys) }]
      : [];
  const below = Object.entries(node).flatMap(([key, child]) => listNamedSchemas(child, [...keys, key]));
  return [...own, ...property, ...below];
}
