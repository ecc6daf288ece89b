import { isPlainObject } from '../spec/is-plain-object.ts';
import type { JsonObject } from './mutant.ts';

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
    responses: ['response', 'each'],
    schemas: ['schema', 'each'],
  },
  pathItem: { get: ['operation', 'one'], post: ['operation', 'one'] },
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
    if (typeof value !== 'object' || value === null) {
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
