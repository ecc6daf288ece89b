import type { Oas3_1Definition, Referenced } from '@redocly/openapi-core';
import { findByPointer, isPlainObject, resolveReference } from '../../openapi/document.ts';
import { refer } from '../../openapi/subschemas.ts';
import { NameRegister, toPascalCase } from '../model/operation-model.ts';
import { untieSchemas } from './cycles.ts';

/**
 * Writes a document in the way that types and validators are rendered of: each schema that is referred to is a component,
 * and none is itself without an end. The document stays as it is.
 */
export function prepareDocument(document: Oas3_1Definition): Oas3_1Definition {
  // No part of it is shared: an alias of YAML can stand in a request and in a response, which differ.
  const copy: Oas3_1Definition = JSON.parse(JSON.stringify(document));
  dropResponseExtensions(copy);
  inlineAliases(copy);
  const references = new Map<object, string>();
  collectReferences(copy, references);
  inlineNested(copy, references);
  hoistSchemas(copy, references);
  untieSchemas(copy);
  return copy;
}

const sections = ['responses', 'parameters', 'requestBodies', 'headers', 'pathItems'] as const;

/**
 * Puts what a component refers to in its place, in a document that may be changed: openapi-typescript follows such
 * a reference for schemas only, and takes the others for empty.
 */
function inlineAliases(document: Oas3_1Definition): void {
  for (const section of sections) {
    const components: Record<string, Referenced<object>> = document.components?.[section] ?? {};
    for (const [name, component] of Object.entries(components)) {
      components[name] = resolveReference(document, component);
    }
  }
}

/**
 * Puts parameters, bodies, responses and headers that are referred to where they stand, in an operation, in the place of
 * the reference, in a document that may be changed: openapi-typescript takes them for types, which they are not. It takes
 * a header that is referred to for one that is required, too.
 */
function inlineNested(document: Oas3_1Definition, references: ReadonlyMap<object, string>): void {
  for (const [reference, pointer] of [...references].filter(([, pointer]) => isInlined(document, pointer))) {
    const target = findByPointer(document, pointer);
    if (target !== undefined && target !== reference) {
      Reflect.deleteProperty(reference, '$ref');
      Object.assign(reference, resolveReference(document, target));
    }
  }
}

function isInlined(document: Oas3_1Definition, pointer: string): boolean {
  if (!/^#\/components\/headers\/[^/]+$/.test(pointer)) {
    return isNestedPart(pointer);
  }
  const header = findByPointer(document, pointer) as { required?: boolean } | undefined;
  return header?.required !== true;
}

function isNestedPart(pointer: string): boolean {
  return /^#\/(paths|webhooks|components\/pathItems)\/.+\/(parameters\/\d+|requestBody|(responses|headers)\/[^/]+)$/.test(
    pointer,
  );
}

/**
 * Removes an operationId that another operation has already, in a document that may be changed. `operations` of
 * `schema.ts` has room for one; the other is under its path only.
 */
export function dropSecondIds(document: Oas3_1Definition): void {
  const { paths = {}, webhooks = {}, components } = document;
  for (const [path, pathItem] of Object.entries(paths)) {
    if (isPlainObject(pathItem) && '$ref' in pathItem) {
      paths[path] = structuredClone(resolveReference(document, pathItem));
    }
  }
  const owners = new Map<unknown, object>();
  const pathItems = [paths, webhooks, components?.pathItems ?? {}].flatMap((section) =>
    Object.values(section),
  );
  for (const operation of pathItems.flatMap((pathItem) => Object.values(pathItem ?? {}))) {
    if (isPlainObject(operation) && typeof operation.operationId === 'string') {
      const owner = owners.get(operation.operationId) ?? operation;
      owners.set(operation.operationId, owner);
      if (owner !== operation) {
        delete operation.operationId;
      }
    }
  }
}

/**
 * Makes components of the schemas that are referred to where they stand, in a document that may be changed.
 *
 * openapi-typescript renders a reference such as `#/components/schemas/Page/properties/next` as a walk through the
 * types, which doesn't compile where something on the way is optional, an array or a composition.
 */
function hoistSchemas(document: Oas3_1Definition, references: ReadonlyMap<object, string>): void {
  // All targets are looked up before the first one moves.
  const targets = [...references].flatMap(([reference, pointer]) => {
    const target = isNestedSchema(pointer) ? findByPointer(document, pointer) : undefined;
    return target === undefined ? [] : [{ reference, pointer, target }];
  });
  const schemas = { ...document.components?.schemas };
  const register = new NameRegister(Object.keys(schemas));
  const moved = new Map<object, { name: string; schema: object }>();
  for (const { pointer, target } of targets) {
    if (!moved.has(target)) {
      const name = register.take(toPascalCase(pointer, 'Schema'));
      const schema = { ...target };
      moved.set(target, { name, schema });
      schemas[name] = schema;
    }
  }
  for (const { reference, target } of targets) {
    // What moved may be a reference itself.
    const place = moved.get(reference)?.schema ?? reference;
    Object.assign(place, { $ref: refer(moved.get(target)?.name ?? '') });
  }
  for (const [target, { name }] of moved) {
    for (const key of Object.keys(target)) {
      Reflect.deleteProperty(target, key);
    }
    Object.assign(target, { $ref: refer(name) });
  }
  if (moved.size > 0) {
    document.components = { ...document.components, schemas };
  }
}

/** The keys that hold data, unless they are names. */
const dataKeys: readonly string[] = ['enum', 'const', 'default', 'example', 'examples'];
const namesKeys =
  /^(?:properties|patternProperties|dependentSchemas|\$defs|definitions|schemas|responses|parameters|headers|requestBodies)$/;

function collectReferences(
  node: unknown,
  found: Map<object, string>,
  { visited = new Set(), holder = '' }: { visited?: Set<object>; holder?: string } = {},
): void {
  if (typeof node !== 'object' || node === null || visited.has(node)) {
    return;
  }
  visited.add(node);
  if (isPlainObject(node) && typeof node.$ref === 'string') {
    found.set(node, node.$ref);
  }
  for (const [key, value] of Object.entries(node)) {
    if (namesKeys.test(holder) || !dataKeys.includes(key)) {
      collectReferences(value, found, { visited, holder: key });
    }
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

/** Marks the plain string of an open enum for the rendering of types. */
export const openEnumMark = 'x-any-other-string';

/**
 * Marks open enums in a document that may be changed: an `anyOf` of known strings and of any string. What the spec says of
 * the known ones is added to what it says of the property, which is where an editor shows it.
 *
 * TypeScript takes `'a' | string` for `string` and completes nothing; what is marked is rendered as `string & {}`,
 * which keeps the known ones apart.
 */
export function markOpenEnums(document: Oas3_1Definition): void {
  visit(document, new Set(), (union) => {
    const schemas = union.anyOf.filter(isPlainObject);
    const enums = schemas.flatMap((schema) => findStringEnum(document, schema) ?? []);
    const open = enums.length === 0 ? [] : schemas.filter(isPlainString);
    for (const schema of open) {
      Object.assign(schema, { [openEnumMark]: true });
    }
    if (open.length > 0) {
      const texts = [union, ...enums].map(({ description }) => description);
      const description = texts.filter((text) => typeof text === 'string').join('\n\n');
      Object.assign(union, description === '' ? {} : { description });
    }
  });
}

type Union = { anyOf: unknown[]; description?: unknown };

function visit(node: unknown, visited: Set<object>, mark: (union: Union) => void): void {
  if (typeof node !== 'object' || node === null || visited.has(node)) {
    return;
  }
  visited.add(node);
  if ('anyOf' in node && Array.isArray(node.anyOf)) {
    mark(node as Union);
  }
  for (const value of Object.values(node)) {
    visit(value, visited, mark);
  }
}

type Described = { description?: unknown; enum?: unknown; type?: unknown };

function findStringEnum(document: Oas3_1Definition, schema: object): Described | undefined {
  const target = '$ref' in schema ? findByPointer(document, String(schema.$ref)) : schema;
  const { enum: values, type } = (target ?? {}) as Described;
  return values !== undefined && type === 'string' ? target : undefined;
}

function isPlainString(schema: object): boolean {
  return (
    'type' in schema &&
    schema.type === 'string' &&
    !['enum', 'const', 'format'].some((keyword) => keyword in schema)
  );
}

/**
 * Removes the `x-` properties among the responses of operations, in a document that may be changed:
 * openapi-typescript takes them for responses and stumbles over their values.
 */
function dropResponseExtensions({ paths, components }: Oas3_1Definition): void {
  const pathItems = [...Object.values(paths ?? {}), ...Object.values(components?.pathItems ?? {})];
  for (const operation of pathItems.flatMap((pathItem) => Object.values(pathItem))) {
    const responses =
      isPlainObject(operation) && isPlainObject(operation.responses) ? operation.responses : {};
    for (const key of Object.keys(responses).filter((key) => key.startsWith('x-'))) {
      delete responses[key];
    }
  }
}
