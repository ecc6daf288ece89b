import { listNamedSchemas } from '../../spec/list-named-schemas.ts';

/**
 * Lists the names of a document's properties and parameters whose values are secrets: those with `format: password`.
 */
export function listSecretNames(document: object): Set<string> {
  const secret = listNamedSchemas(document).filter(({ schema }) => schema.format === 'password');
  return new Set(secret.map(({ name }) => name));
}
