import { getTypes, type NormalizedNodeType, normalizeTypes, type SpecVersion } from '@redocly/openapi-core';

/** What the linter knows of an object of OpenAPI: its name, its fields and what they hold. */
export type NodeType = NormalizedNodeType;

/** What a field holds that is not an object of OpenAPI: a text, a number, or a value that is data. */
export interface ValueType {
  type?: string;
  enum?: string[];
  items?: ValueType;
  /** `false`: a `$ref` in it is data. */
  resolvable?: boolean;
  isExample?: boolean;
}

/** The types of all objects of an OpenAPI version, by their names. */
export function typesOf(version: SpecVersion): Readonly<Record<string, NodeType>> {
  return normalizeTypes(getTypes(version));
}

/** The type of a document of an OpenAPI version. */
export function typeOfRoot(version: SpecVersion): NodeType {
  const { Root } = typesOf(version);
  if (Root === undefined) {
    throw new Error(`The linter knows no document of ${version}.`);
  }
  return Root;
}

/** Tells an object or a list of OpenAPI from a value. */
export function isNodeType(type: unknown): type is NodeType {
  return typeof (type as Partial<NodeType> | null | undefined)?.name === 'string';
}

/**
 * Finds what a field holds, or an item of a list. `undefined`: OpenAPI has no such field, or it is an extension, in which
 * all is data. `null`: it may hold anything.
 */
export function typeOfField(
  type: NodeType,
  key: string,
  value: unknown,
): NodeType | ValueType | null | undefined {
  if (type.items !== undefined) {
    return callType(type.items, value, key);
  }
  if (type.extensionsPrefix !== undefined && key.startsWith(type.extensionsPrefix)) {
    return undefined;
  }
  const own = Object.hasOwn(type.properties, key) ? type.properties[key] : undefined;
  return callType(own === undefined ? type.additionalProperties : own, value, key);
}

// The type of some fields depends on what they hold.
function callType(type: unknown, value: unknown, key: string): NodeType | ValueType | null | undefined {
  return (typeof type === 'function' ? type(value, key) : type) as NodeType | ValueType | null | undefined;
}

/** Visits the objects and lists of OpenAPI in a document, what is inside before what is around it. */
export function walkNodes(
  node: unknown,
  type: NodeType,
  visit: (node: object, type: NodeType) => void,
): void {
  if (typeof node !== 'object' || node === null) {
    return;
  }
  for (const [key, value] of Object.entries(node)) {
    const inner = typeOfField(type, key, value);
    if (isNodeType(inner)) {
      walkNodes(value, inner, visit);
    }
  }
  visit(node, type);
}

// No document has this key.
const hiddenKey = '$ref\u200B';

/**
 * Copies a document, and hides the `$ref`s of its examples, other values and extensions, which are data: most tools follow
 * them. `isHidden` says whether there were any.
 */
export function hideData<Document extends object>(
  document: Document,
): { document: Document; isHidden: boolean } {
  let isHidden = false;
  const copyData = (node: unknown): unknown =>
    mapValues(node, copyData, (key) => {
      isHidden ||= key === '$ref';
      return key === '$ref' ? hiddenKey : key;
    });
  const copyNode = (node: unknown, type: NodeType): unknown => {
    if (typeof node !== 'object' || node === null) {
      return node;
    }
    const copies = Object.entries(node).map(([key, value]) => {
      const inner = typeOfField(type, key, value);
      return [key, isNodeType(inner) ? copyNode(value, inner) : copyData(value)] as const;
    });
    return Array.isArray(node) ? copies.map(([, value]) => value) : Object.fromEntries(copies);
  };
  return { document: copyNode(document, typeOfRoot('oas3_1')) as Document, isHidden };
}

/** Copies a value, and shows the `$ref`s that `hideData` has hidden. */
export function showData<Value>(value: Value): Value {
  return mapValues(value, showData, (key) => (key === hiddenKey ? '$ref' : key)) as Value;
}

function mapValues(
  node: unknown,
  map: (value: unknown) => unknown,
  mapKey: (key: string) => string,
): unknown {
  if (typeof node !== 'object' || node === null) {
    return node;
  }
  return Array.isArray(node)
    ? node.map(map)
    : Object.fromEntries(Object.entries(node).map(([key, value]) => [mapKey(key), map(value)]));
}
