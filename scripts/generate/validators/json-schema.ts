/** A schema that says nothing but what a validator checks: JSON Schema 2020-12 without annotations. */
export type JsonSchema = boolean | { readonly [keyword: string]: unknown };

/** The schemas of a document that others refer to, by the `$ref` that does so. */
export type Definitions = Readonly<Record<string, JsonSchema>>;

/**
 * Follows references to the schema that has keywords of its own.
 */
export function followReferences(schema: JsonSchema, definitions: Definitions): JsonSchema {
  const visited = new Set<JsonSchema>();
  let target = schema;
  while (typeof target === 'object' && typeof target.$ref === 'string' && !visited.has(target)) {
    visited.add(target);
    target = definitions[target.$ref] ?? true;
  }
  return target;
}
