import { isPlainObject } from '../../openapi/document.ts';

/** An object of a JSON document, open to any change. */
export type JsonObject = Record<string, unknown>;

/** A document with one small change, made by rule. */
export interface Mutant {
  document: 'spec' | 'pact';
  /** The rule, as `drop a status`. */
  operator: string;
  /** What became of what, as `401`. */
  detail: string;
  original: JsonObject;
  /** The keys that lead to the object that was changed. */
  keys: readonly string[];
  /** Makes the changed document; the original stays as it is. */
  make: () => JsonObject;
}

/** A change of one object, in place. */
export interface Edit {
  detail: string;
  apply: (node: JsonObject) => void;
}

/** Lists the edits that an operator makes of one object. */
export type Operator<Place> = (node: JsonObject, place: Place) => Edit[];

/**
 * Makes a mutant of each edit.
 */
export function toMutants(
  kind: Mutant['document'],
  original: JsonObject,
  operator: string,
  keys: readonly string[],
  edits: readonly Edit[],
): Mutant[] {
  return edits.map(({ detail, apply }) => ({
    document: kind,
    original,
    operator,
    detail,
    keys,
    make: () => {
      const copy = structuredClone(original);
      apply(findNode(copy, keys));
      return copy;
    },
  }));
}

/**
 * Finds the object that keys lead to.
 */
export function findNode(document: JsonObject, keys: readonly string[]): JsonObject {
  return keys.reduce((node, key) => node[key] as JsonObject, document);
}

/**
 * Lists the entries of a property that may be missing.
 */
export function entriesOf(node: JsonObject, property: string): [string, JsonObject][] {
  return Object.entries((node[property] ?? {}) as Record<string, JsonObject>);
}

/**
 * Removes each of the entries of a property, one at a time.
 */
export function dropEach(property: string): Operator<unknown> {
  return (node) =>
    entriesOf(node, property).map(([name]) => ({
      detail: name,
      apply: (copy) => {
        Reflect.deleteProperty(copy[property] as JsonObject, name);
      },
    }));
}

/**
 * Renames each of the entries of a property, one at a time, and keeps their order.
 */
export function renameEach(
  property: string,
  rename: (name: string) => string = (name) => `${name}X`,
): Operator<unknown> {
  return (node) =>
    entriesOf(node, property).map(([name]) => ({
      detail: `${name} -> ${rename(name)}`,
      apply: (copy) => {
        copy[property] = renameKey(copy[property] as JsonObject, name, rename(name));
      },
    }));
}

/**
 * Gives an object one of whose keys has another name, in the same order.
 */
export function renameKey(node: JsonObject, from: string, to: string): JsonObject {
  return Object.fromEntries(Object.entries(node).map(([key, value]) => [key === from ? to : key, value]));
}

/**
 * Sets a property, if there is something to set it to.
 */
export function setTo(property: string, value: unknown): Edit {
  return {
    detail: value === undefined ? `no ${property}` : JSON.stringify(value),
    apply: (copy) => {
      if (value === undefined) {
        Reflect.deleteProperty(copy, property);
      } else {
        copy[property] = value;
      }
    },
  };
}

/** What an object of an OpenAPI document is, in the words of OpenAPI. */
export type NodeKind =
  | 'document'
  | 'components'
  | 'pathItem'
  | 'operation'
  | 'parameter'
  | 'requestBody'
  | 'response'
  | 'header'
  | 'mediaType'
  | 'schema';

/** An object of an OpenAPI document. */
export interface SpecNode {
  kind: NodeKind;
  node: JsonObject;
  keys: readonly string[];
}

type Shape = 'one' | 'each';

/**
 * Which properties of an object lead on, to one object or to each of a list or a map.
 *
 * @see https://spec.openapis.org/oas/v3.1.0#schema
 */
const grammar: Readonly<Record<NodeKind, Readonly<Record<string, readonly [NodeKind, Shape]>>>> = {
  document: { paths: ['pathItem', 'each'], components: ['components', 'one'] },
  components: {
    parameters: ['parameter', 'each'],
    requestBodies: ['requestBody', 'each'],
    responses: ['response', 'each'],
    headers: ['header', 'each'],
    schemas: ['schema', 'each'],
  },
  pathItem: {
    parameters: ['parameter', 'each'],
    get: ['operation', 'one'],
    put: ['operation', 'one'],
    post: ['operation', 'one'],
    delete: ['operation', 'one'],
    patch: ['operation', 'one'],
  },
  operation: {
    parameters: ['parameter', 'each'],
    requestBody: ['requestBody', 'one'],
    responses: ['response', 'each'],
  },
  parameter: { schema: ['schema', 'one'] },
  requestBody: { content: ['mediaType', 'each'] },
  response: { headers: ['header', 'each'], content: ['mediaType', 'each'] },
  header: { schema: ['schema', 'one'] },
  mediaType: { schema: ['schema', 'one'] },
  schema: {
    properties: ['schema', 'each'],
    items: ['schema', 'one'],
    additionalProperties: ['schema', 'one'],
    oneOf: ['schema', 'each'],
    anyOf: ['schema', 'each'],
    allOf: ['schema', 'each'],
  },
};

/**
 * Lists every object of an OpenAPI document that an operator can be about, in the document's order. References are
 * listed as they stand, and what they lead to once, where it stands.
 */
export function walkSpec(
  node: JsonObject,
  kind: NodeKind = 'document',
  keys: readonly string[] = [],
): SpecNode[] {
  const children = Object.entries(grammar[kind]).flatMap(([property, [childKind, shape]]) => {
    const value = node[property];
    if (typeof value !== 'object' || value === null || (shape === 'one' && !isPlainObject(value))) {
      return [];
    }
    const path = [...keys, property];
    return shape === 'one'
      ? walkSpec(value as JsonObject, childKind, path)
      : Object.entries(value)
          .filter(([, child]) => isPlainObject(child))
          .flatMap(([key, child]) => walkSpec(child as JsonObject, childKind, [...path, key]));
  });
  return [{ kind, node, keys }, ...children];
}
