import { escapePointerFragment } from '@redocly/openapi-core';

/**
 * Renders keys as a JSON pointer such as `#/paths/~1api~1token`.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6901
 */
export function toPointer(keys: readonly string[]): string {
  return `#${keys.map((key) => `/${escapePointerFragment(key)}`).join('')}`;
}
