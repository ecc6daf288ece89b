import type { Oas3_1Definition, Oas3_1Schema } from '@redocly/openapi-core';
import { resolveReference } from './resolve-reference.ts';
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
    properties: { ...one.properties, ...other.properties },
  };
}
