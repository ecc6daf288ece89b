import type { OperationPlace } from './list-operations.ts';
import { matchesTemplate } from './match-path.ts';

/**
 * Finds the operation that a request calls. Of several paths that fit, the one with the fewest placeholders.
 *
 * @param method in lower case
 * @see https://spec.openapis.org/oas/v3.1.1.html#path-templating-matching
 */
export function findOperation(
  operations: readonly OperationPlace[],
  { method, path }: { method: string; path: string },
): OperationPlace | undefined {
  const countPlaceholders = (place: OperationPlace): number => place.path.split('{').length;
  return operations
    .filter((place) => place.method === method && matchesTemplate(place.path, path))
    .sort((one, other) => countPlaceholders(one) - countPlaceholders(other))[0];
}
