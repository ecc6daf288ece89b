import type { Oas3_1Definition, Oas3_1Schema, Oas3Response } from '@redocly/openapi-core';
import type { OperationPlace } from './list-operations.ts';
import { nameStatuses } from './name-statuses.ts';
import { resolveReference } from './resolve-reference.ts';

/**
 * Finds what an operation documents of a status: its code, its range or the default, references resolved.
 */
export function findResponse(
  document: Oas3_1Definition,
  { responses = {} }: OperationPlace['operation'],
  status: number,
): Oas3Response<Oas3_1Schema> | undefined {
  const [reference] = nameStatuses(status).flatMap((name) => responses[name] ?? []);
  return reference && resolveReference<Oas3Response<Oas3_1Schema>>(document, reference);
}
