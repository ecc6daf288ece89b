import { escapePointerFragment, isPlainObject } from '@redocly/openapi-core';
import type { Finding } from '../../finding.ts';
import type { Spec } from '../../spec/read-spec.ts';

// Names under which a secret goes over the wire.
const secret = /^(t|jwt|totp|Value|token|password|error_description|.+_token|reset.*token)$/i;

/**
 * Finds texts that are secrets by their name and not marked as such with `format: password`, by which tools know to
 * hide them. Findings: `spec.lint`.
 */
export function findUnmarkedSecrets({ document, locate }: Spec): Finding[] {
  return listNamedSchemas(document, [])
    .filter(
      ({ name, schema }) => secret.test(name) && schema.type === 'string' && schema.format !== 'password',
    )
    .map(({ name, pointer }) => ({
      code: 'spec.lint',
      severity: 'error',
      message: `Found ${name} without a format, expected "format: password": it is a secret. (secrets-are-marked)`,
      at: locate(pointer),
    }));
}

interface NamedSchema {
  name: string;
  schema: Record<string, unknown>;
  pointer: string;
}

// Properties carry the name as their key, parameters beside their schema.
function listNamedSchemas(node: unknown, keys: readonly string[]): NamedSchema[] {
  if (typeof node !== 'object' || node === null) {
    return [];
  }
  const pointer = `#${keys.map((key) => `/${escapePointerFragment(key)}`).join('')}`;
  const { name, in: place, schema } = node as Record<string, unknown>;
  const own =
    typeof name === 'string' && typeof place === 'string' && isPlainObject(schema)
      ? [{ name, schema, pointer: `${pointer}/schema` }]
      : [];
  const property =
    keys.at(-2) === 'properties'
      ? [{ name: keys.at(-1) ?? '', schema: node as Record<string, unknown>, pointer }]
      : [];
  const below = Object.entries(node).flatMap(([key, child]) => listNamedSchemas(child, [...keys, key]));
  return [...own, ...property, ...below];
}
