import { isPlainObject } from '@redocly/openapi-core';

/**
 * Lists the names of a document's properties and parameters whose values are secrets: those with `format: password`.
 */
export function listSecretNames(document: object): Set<string> {
  const names = new Set<string>();
  const walk = (node: unknown, key: string, parent: string): void => {
    if (typeof node !== 'object' || node === null) {
      return;
    }
    const { name, schema, format } = node as Record<string, unknown>;
    if (parent === 'properties' && format === 'password') {
      names.add(key);
    }
    if (typeof name === 'string' && isPlainObject(schema) && schema.format === 'password') {
      names.add(name);
    }
    for (const [childKey, child] of Object.entries(node)) {
      walk(child, childKey, key);
    }
  };
  walk(document, '', '');
  return names;
}
