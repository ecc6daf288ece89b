import type { Oas3_1Definition } from '@redocly/openapi-core';
import { isPlainObject } from '../../spec/is-plain-object.ts';

/**
 * Removes the `x-` properties among the responses of operations, in a document that may be changed:
 * openapi-typescript takes them for responses and stumbles over their values.
 */
export function dropResponseExtensions({ paths, components }: Oas3_1Definition): void {
  const pathItems = [...Object.values(paths ?? {}), ...Object.values(components?.pathItems ?? {})];
  for (const operation of pathItems.flatMap((pathItem) => Object.values(pathItem))) {
    const responses =
      isPlainObject(operation) && isPlainObject(operation.responses) ? operation.responses : {};
    for (const key of Object.keys(responses).filter((key) => key.startsWith('x-'))) {
      delete responses[key];
    }
  }
}
