/**
 * Renders keys as a JSON pointer such as `#/paths/~1api~1token`.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6901
 */
export function toPointer(keys: readonly string[]): string {
  return `#${keys.map((key) => `/${escapeKey(key)}`).join('')}`;
}

/**
 * Escapes a key for a JSON pointer: a path such as `/login` becomes `~1login`.
 */
export function escapeKey(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}
