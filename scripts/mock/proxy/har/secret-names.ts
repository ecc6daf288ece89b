import type { Oas3_1Definition } from '@redocly/openapi-core';
import { listNamedSchemas } from '../../../spec/list-named-schemas.ts';
import { secretFields } from '../../../verify/secrets/collect-secrets.ts';

/** Tells whether a field, a parameter or a header of that name holds a secret. */
export type IsSecretName = (name: string) => boolean;

// What the spec doesn't know can be told by its name only; `token_type` and `expiresInPassword` are no secrets.
const alike = /(?:token|password|passwd|passcode|secret|jwt|otp|api[-_]?key|session[-_]?id)\]?(?:\[\w*\])*$/i;

/**
 * Lists the names whose values a spec calls secret: `format: password`, and the keys of its API.
 */
export function listSecretNames(document: Oas3_1Definition): string[] {
  const schemes = Object.values(document.components?.securitySchemes ?? {}) as { name?: string }[];
  const keys = schemes.flatMap(({ name }) => name?.toLowerCase() ?? []);
  const ofSpec = listNamedSchemas(document).filter(({ schema }) => schema.format === 'password');
  return [...ofSpec.map(({ name }) => name), ...keys];
}

/**
 * Creates a function that tells secret names for one spec: what the spec calls secret, what verify hides, and what is
 * named like a secret.
 */
export function createIsSecretName(document: Oas3_1Definition): IsSecretName {
  const names = new Set([...listSecretNames(document), ...secretFields]);
  return (name) => names.has(name) || names.has(name.toLowerCase()) || alike.test(name);
}
