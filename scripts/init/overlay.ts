import { type Oas3_1Definition, parseYaml, stringifyYaml } from '@redocly/openapi-core';
import type { DocumentedAnswer } from '../openapi/answers.ts';
import { findByPointer, isPlainObject, toPointer } from '../openapi/document.ts';
import { listInvalidParts, type OperationCases } from './cases.ts';

/** Where an overlay can name the provider state of an answer. */
export interface StatePlaces {
  /** Returns the keys that lead to the example or the response, or `undefined` where the spec's own file has neither. */
  find: (answer: DocumentedAnswer) => readonly string[] | undefined;
}

/**
 * Creates a function that finds the places of responses in the file of a spec.
 *
 * @param text the file as it is, before anything is bundled into it
 */
export function createStatePlaces(text: string): StatePlaces {
  const root = parseYaml(text) as Oas3_1Definition;
  return { find: (answer) => findPlace(root, answer) };
}

// The state of an example stands in it, that of a response without named ones in the response.
function findPlace(
  root: Oas3_1Definition,
  { place, status, example }: DocumentedAnswer,
): string[] | undefined {
  const response = follow(root, ['paths', place.path, place.method, 'responses', status]);
  if (response === undefined || example?.name === undefined) {
    return response?.keys;
  }
  const { content = {} } = response.node as { content?: Record<string, unknown> };
  const places = Object.keys(content).map((mediaType) =>
    follow(root, [...response.keys, 'content', mediaType, 'examples', example.name ?? '']),
  );
  return places.find((one) => one !== undefined)?.keys;
}

/** Follows the references on the way, so that what is changed is what they lead to. */
function follow(
  root: Oas3_1Definition,
  keys: readonly string[],
): { keys: string[]; node: Record<string, unknown> } | undefined {
  let place: string[] = [];
  let node: unknown = root;
  for (const key of [...keys, undefined]) {
    for (let count = 0; isPlainObject(node) && typeof node.$ref === 'string'; count += 1) {
      if (!node.$ref.startsWith('#/') || count > 20) {
        return undefined;
      }
      place = node.$ref.slice(2).split('/').map(unescapeKey);
      node = findByPointer(root, node.$ref);
    }
    if (!isPlainObject(node)) {
      return undefined;
    }
    if (key !== undefined) {
      if (!Object.hasOwn(node, key)) {
        return undefined;
      }
      place = [...place, key];
      node = node[key];
    }
  }
  return { keys: place, node: node as Record<string, unknown> };
}

function unescapeKey(key: string): string {
  return decodeURIComponent(key).replaceAll('~1', '/').replaceAll('~0', '~');
}

/**
 * Renders an overlay that gives the answers of a spec the provider states of their tests. `undefined`: there is none to
 * give.
 *
 * @see https://spec.openapis.org/overlay/v1.0.0.html
 */
export function renderOverlay(
  document: Oas3_1Definition,
  operations: readonly OperationCases[],
  places: StatePlaces,
): string | undefined {
  const updates = new Map<string, { target: string; update: object }>();
  for (const { answer, state, request, response } of operations.flatMap(({ cases }) => cases)) {
    const keys = answer.state === undefined && state !== undefined ? places.find(answer) : undefined;
    if (keys !== undefined && !updates.has(toPointer(keys))) {
      const isInvalid =
        [400, 422].includes(response.status) && listInvalidParts(document, request).length > 0;
      const update = { 'x-provider-state': state, ...(isInvalid ? { 'x-invalid-request': true } : {}) };
      updates.set(toPointer(keys), { target: toPath(keys), update });
    }
  }
  if (updates.size === 0) {
    return undefined;
  }
  const overlay = {
    overlay: '1.0.0',
    info: { title: 'Provider states of the consumer tests', version: '1.0.0' },
    actions: [...updates.values()],
  };
  return stringifyYaml(overlay, { lineWidth: -1 });
}

/** Writes keys as a JSONPath. RFC 9535, section 2.3.1. */
function toPath(keys: readonly string[]): string {
  return `$${keys.map((key) => (/^[A-Za-z_]\w*$/.test(key) ? `.${key}` : `['${key.replaceAll(/['\\]/g, '\\$&')}']`)).join('')}`;
}
