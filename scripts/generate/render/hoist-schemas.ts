import type { Oas3_1Definition } from '@redocly/openapi-core';
import { isPlainObject } from '../../spec/is-plain-object.ts';
import { findByPointer } from '../../spec/resolve-reference.ts';
import { NameRegister, toPascalCase } from '../model/names.ts';

/**
 * Makes components of the schemas that are referred to where they stand, in a document that may be changed.
 *
 * openapi-typescript renders a reference such as `#/components/schemas/Page/properties/next` as a walk through the
 * types, which doesn't compile where something on the way is optional, an array or a composition.
 */
export function hoistSchemas(document: Oas3_1Definition): void {
  const references = new Map<object, string>();
  collectReferences(document, references);
  // All targets are looked up before the first one moves.
  const targets = [...references].flatMap(([reference, pointer]) => {
    const target = findByPointer(document, pointer);
    return target === undefined ? [] : [{ reference, pointer, target }];
  });
  const schemas = { ...document.components?.schemas };
  const register = new NameRegister(Object.keys(schemas));
  const moved = new Map<object, string>();
  for (const { reference, pointer, target } of targets) {
    const name = moved.get(target) ?? register.take(toPascalCase(pointer, 'Schema'));
    if (!moved.has(target)) {
      moved.set(target, name);
      schemas[name] = { ...target };
      replaceContent(target, name);
    }
    replaceContent(reference, name);
  }
  if (moved.size > 0) {
    document.components = { ...document.components, schemas };
  }
}

function collectReferences(
  node: unknown,
  found: Map<object, string>,
  visited: Set<object> = new Set(),
): void {
  if (typeof node !== 'object' || node === null || visited.has(node)) {
    return;
  }
  visited.add(node);
  if (isPlainObject(node) && typeof node.$ref === 'string' && isNestedSchema(node.$ref)) {
    found.set(node, node.$ref);
  }
  for (const value of Object.values(node)) {
    collectReferences(value, found, visited);
  }
}

function isNestedSchema(pointer: string): boolean {
  if (!pointer.startsWith('#/') || /^#\/components\/[^/]+\/[^/]+$/.test(pointer)) {
    return false;
  }
  return (
    pointer.startsWith('#/components/schemas/') ||
    /\/schema(\/|$)/.test(pointer) ||
    !/^#\/(components|paths|webhooks)\//.test(pointer)
  );
}

function replaceContent(schema: object, name: string): void {
  for (const key of Object.keys(schema)) {
    Reflect.deleteProperty(schema, key);
  }
  Object.assign(schema, { $ref: `#/components/schemas/${name}` });
}
