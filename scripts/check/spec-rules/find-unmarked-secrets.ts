import type { Finding } from '../../finding.ts';
import { listNamedSchemas } from '../../spec/list-named-schemas.ts';
import type { Spec } from '../../spec/read-spec.ts';

// Names under which a secret goes over the wire.
const secret = /^(t|jwt|totp|Value|token|password|error_description|.+_token|reset.*token)$/i;

/**
 * Finds texts that are secrets by their name and not marked as such with `format: password`, by which tools know to
 * hide them. Findings: `spec.lint`.
 */
export function findUnmarkedSecrets({ document, locate }: Spec): Finding[] {
  return listNamedSchemas(document)
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
