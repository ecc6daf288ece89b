import type { OperationModel } from '../model/operation-model.ts';
import { toTableEntry } from '../model/wire.ts';
import { renderKey, renderLiteral } from '../text/literal.ts';

/**
 * Renders `operations.ts` without its header: the operations table, plain data by operationId. The client's runtime has
 * its type, `OperationsTable`.
 */
export function renderOperations(operations: readonly OperationModel[]): string {
  const entries = operations.map(
    (operation) => `  ${renderKey(operation.id)}: ${renderLiteral(toTableEntry(operation), '  ')},\n`,
  );
  return `
/** How the operations of the spec go over the wire, by operationId. */
export const operations = {
${entries.join('')}} as const;

/** Name of an operation in the spec. */
export type OperationId = keyof typeof operations;
`;
}
