import type {
  Oas3_1Definition,
  Oas3_1Schema,
  Oas3Operation,
  Oas3Parameter,
  Oas3PathItem,
} from '@redocly/openapi-core';
import { resolveReference } from './resolve-reference.ts';

/** A parameter and its schema, references resolved. */
export interface ParameterModel extends Omit<Oas3Parameter<Oas3_1Schema>, 'schema'> {
  schema?: Oas3_1Schema;
}

/**
 * Lists the parameters of an operation, those of its path item first; one of the operation takes the place of its
 * namesake.
 */
export function readParameters(
  document: Oas3_1Definition,
  pathItem: Oas3PathItem<Oas3_1Schema>,
  operation: Oas3Operation<Oas3_1Schema>,
): ParameterModel[] {
  const parameters = new Map<string, ParameterModel>();
  for (const reference of [...(pathItem.parameters ?? []), ...(operation.parameters ?? [])]) {
    const { schema, ...parameter } = resolveReference<Oas3Parameter<Oas3_1Schema>>(document, reference);
    parameters.set(`${parameter.in} ${parameter.name}`, {
      ...parameter,
      ...(schema === undefined ? {} : { schema: resolveReference<Oas3_1Schema>(document, schema) }),
    });
  }
  return [...parameters.values()];
}
