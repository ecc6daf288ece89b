import type { Oas3_1Definition, Referenced } from '@redocly/openapi-core';
import { toLine } from '../cli/finding.ts';

/**
 * Follows a `$ref` inside the document, and the ones behind it, to what they stand for.
 *
 * @throws {Error} when a reference leads nowhere or in a circle, which `readSpec` lets no document do
 */
export function resolveReference<Target extends object>(
  document: Oas3_1Definition,
  value: Referenced<Target>,
  visited: readonly string[] = [],
): Target {
  if (!isPlainObject(value) || typeof value.$ref !== 'string') {
    return value as Target;
  }
  const target = findByPointer(document, value.$ref);
  if (target === undefined || visited.includes(value.$ref)) {
    throw new Error(`The reference ${value.$ref} leads nowhere.`);
  }
  return resolveReference(document, target as Referenced<Target>, [...visited, value.$ref]);
}

/**
 * Finds what a pointer such as `#/components/schemas/Token` stands for, or `undefined`.
 */
export function findByPointer(document: Oas3_1Definition, pointer: string): object | undefined {
  let node: unknown = document;
  for (const part of pointer.replace(/^#\/?/, '').split('/').map(unescapePart)) {
    // A pointer may lead through a reference; Redocly's linter follows it as well. What stands beside it comes first.
    const parent =
      isPlainObject(node) && !Object.hasOwn(node, part) ? resolveReference<object>(document, node) : node;
    node =
      typeof parent === 'object' && parent !== null && Object.hasOwn(parent, part)
        ? (parent as Record<string, unknown>)[part]
        : undefined;
  }
  if (typeof node === 'boolean') {
    // A schema may be `true` or `false`, too. These say the same.
    return node ? {} : { not: {} };
  }
  return typeof node === 'object' && node !== null ? node : undefined;
}

/**
 * Unescapes a part of a JSON pointer.
 *
 * RFC 6901, sections 3 and 6: a pointer in a URI fragment is percent-encoded on top of its own escapes.
 */
export function unescapePart(part: string): string {
  const escaped = /%(?![0-9a-f]{2})/i.test(part) ? part : decodeURIComponent(part);
  return escaped.replaceAll('~1', '/').replaceAll('~0', '~');
}

/**
 * Renders keys as a JSON pointer such as `#/paths/~1api~1token`.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6901
 */
export function toPointer(keys: readonly string[]): string {
  return `#${keys.map((key) => `/${escapeKey(key)}`).join('')}`;
}

/**
 * Escapes a key for a JSON pointer: a path such as `/items` becomes `~1items`.
 */
export function escapeKey(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}

/**
 * Tells a JSON object from an array and from everything else.
 *
 * The linter has the same, but it takes a tenth of a second to load, for which a mock that starts does not wait.
 */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Tells whether a value is of a type of JSON Schema. */
export function isOfType(type: string, value: unknown): boolean {
  switch (type) {
    case 'null':
      return value === null;
    case 'array':
      return Array.isArray(value);
    case 'object':
      return isPlainObject(value);
    case 'integer':
      return Number.isInteger(value);
    default:
      return typeof value === type;
  }
}

/** Tells an object with a `$ref`. A property can have that name, too, and then it holds no text. */
export function isReference(node: unknown): node is Record<string, unknown> & { $ref: string } {
  return isPlainObject(node) && typeof node.$ref === 'string';
}

/**
 * Writes a condition of JSON Schema: what `test` accepts must be as `consequence` has it, and all else as `otherwise`.
 */
export function ifThen(test: object, consequence: unknown, otherwise?: unknown): Record<string, unknown> {
  // biome-ignore lint/suspicious/noThenProperty: JSON Schema names the keyword so, and nobody awaits a schema.
  return { if: test, then: consequence, ...(otherwise === undefined ? {} : { else: otherwise }) };
}

/**
 * Names a spec for people, by its title and version.
 */
export function formatTitle({ info }: Oas3_1Definition): string {
  const { title = 'an API', version = '' } = info ?? {};
  return toLine(`${title} ${version}`).trim();
}

/** Names a value for people: a short text as it is, a list or an object by its kind. */
export function describeValue(value: unknown): string {
  if (typeof value === 'string') {
    return value.length <= 40 ? JSON.stringify(value) : 'a text';
  }
  if (Array.isArray(value)) {
    return 'a list';
  }
  return typeof value === 'object' && value !== null ? 'an object' : String(value);
}
