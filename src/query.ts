import type { Operation } from '../generated/operations.ts';

/**
 * Sorts query values as the spec orders their parameters: the order in a redirect URL is part of the contract.
 * Values of parameters that the spec doesn't name come last.
 */
export function inPinnedOrder(
  operation: Operation,
  values: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  return { ...Object.fromEntries(operation.query.map(({ name }) => [name, values[name]])), ...values };
}
