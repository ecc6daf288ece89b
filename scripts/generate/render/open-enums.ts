import type { Oas3_1Definition } from '@redocly/openapi-core';
import { isPlainObject } from '../../spec/is-plain-object.ts';
import { findByPointer } from '../../spec/resolve-reference.ts';

/** Marks the plain string of an open enum for the rendering of types. */
export const openEnumMark = 'x-any-other-string';

/**
 * Marks open enums in a document that may be changed: an `anyOf` of known strings and of any string.
 *
 * TypeScript takes `'a' | string` for `string` and completes nothing; what is marked is rendered as `string & {}`,
 * which keeps the known ones apart.
 */
export function markOpenEnums(document: Oas3_1Definition): void {
  visit(document, new Set(), (schemas) => {
    const known = schemas.some((schema) => isStringEnum(document, schema));
    for (const schema of schemas.filter((schema) => known && isPlainString(schema))) {
      Object.assign(schema, { [openEnumMark]: true });
    }
  });
}

function visit(node: unknown, visited: Set<object>, mark: (schemas: object[]) => void): void {
  if (typeof node !== 'object' || node === null || visited.has(node)) {
    return;
  }
  visited.add(node);
  if ('anyOf' in node && Array.isArray(node.anyOf)) {
    mark(node.anyOf.filter(isPlainObject));
  }
  for (const value of Object.values(node)) {
    visit(value, visited, mark);
  }
}

function isStringEnum(document: Oas3_1Definition, schema: object): boolean {
  const target = '$ref' in schema ? findByPointer(document, String(schema.$ref)) : schema;
  return target !== undefined && 'enum' in target && 'type' in target && target.type === 'string';
}

function isPlainString(schema: object): boolean {
  return (
    'type' in schema &&
    schema.type === 'string' &&
    !['enum', 'const', 'format'].some((keyword) => keyword in schema)
  );
}
