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
