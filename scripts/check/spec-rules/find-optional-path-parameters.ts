import type { Finding } from '../../finding.ts';
import { listOperations } from '../../spec/list-operations.ts';
import { readParameters } from '../../spec/read-parameters.ts';
import type { Spec } from '../../spec/read-spec.ts';

/**
 * Finds path parameters that are not required, which OpenAPI forbids and Redocly lets pass. Findings: `spec.lint`.
 *
 * @see https://spec.openapis.org/oas/v3.1.0#parameter-object
 */
export function findOptionalPathParameters({ document, locate }: Spec): Finding[] {
  return listOperations(document).flatMap(({ pathItem, operation, pointer }) =>
    readParameters(document, pathItem, operation)
      .filter(({ in: part, required }) => part === 'path' && required !== true)
      .map(({ name }) => ({
        code: 'spec.lint',
        severity: 'error',
        message: `Found the path parameter ${name} without "required: true", which OpenAPI asks for. (path-parameters-are-required)`,
        at: locate(pointer),
      })),
  );
}
