import type { Oas3_1Definition } from '@redocly/openapi-core';
import {
  escapeKey,
  findByPointer,
  isPlainObject,
  isReference,
  unescapePart,
} from '../../openapi/document.ts';
import type { OperationPlace } from '../../openapi/operations.ts';
import type { Operation } from './library.ts';

type Node = Record<string, unknown>;

// Prism takes seconds for as many. The largest operation of GitHub has 6,000, and an ordinary one 100.
const maxNodes = 20_000;
// Prism calls itself for each level.
const maxDepth = 500;

/**
 * Tells whether an operation has too many parts once each reference has become what it refers to, as Prism has it. The
 * schemas of some APIs refer to one another in so many ways that they would come to billions.
 */
export function isUnfoldedLarge(document: Oas3_1Definition, place: OperationPlace): boolean {
  let count = 0;
  const parents = new Set<unknown>();
  const visit = (node: unknown): void => {
    const target = isReference(node) ? findByPointer(document, node.$ref) : node;
    if (typeof target !== 'object' || target === null || parents.has(target) || count > maxNodes) {
      return;
    }
    count += parents.size > maxDepth ? maxNodes : 1;
    parents.add(target);
    Object.values(target).forEach(visit);
    parents.delete(target);
  };
  visit(place.pathItem.parameters);
  visit(place.operation);
  return count > maxNodes;
}

// No document has this key, and no operation this status.
const hiddenKey = '$ref\u200B\u200B';
const carrier = '199';

/**
 * Hides the references of the named schemas to one another, in place, so that Prism follows no more than the first one.
 * The schemas themselves come along as a response.
 */
export function hideInnerReferences(slice: Oas3_1Definition, { path, method }: OperationPlace): void {
  const schemas = (slice.components?.schemas ?? {}) as Node;
  hide(schemas);
  const pathItem = slice.paths?.[path] as OperationPlace['pathItem'] | undefined;
  const properties = structuredClone(schemas);
  Object.assign(pathItem?.[method]?.responses ?? {}, {
    [carrier]: {
      description: '',
      content: { 'application/json': { schema: { type: 'object', properties } } },
    },
  });
}

function hide(node: unknown): void {
  if (typeof node !== 'object' || node === null) {
    return;
  }
  if (isReference(node) && /^#\/components\/schemas\/[^/]+$/.test(node.$ref)) {
    const { $ref, ...others } = node;
    const name = unescapePart($ref.split('/').at(-1) ?? '');
    for (const key of Object.keys(node)) {
      delete (node as Node)[key];
    }
    Object.assign(node, { [hiddenKey]: name }, others);
  }
  Object.values(node).forEach(hide);
}

/** Shows the references that `hideInnerReferences` has hidden, and puts the schemas where Prism looks for them. */
export function showInnerReferences(operation: Operation): Operation {
  const { responses, __bundled__, ...others } = operation as unknown as Node & { responses: Response[] };
  const carried = responses.find(({ code }) => code === carrier)?.contents?.[0]?.schema?.properties;
  const shown = {
    ...others,
    responses: responses.filter(({ code }) => code !== carrier),
    __bundled__: { ...(__bundled__ as Node | undefined), named: carried },
  };
  return show(shown) as Operation;
}

interface Response {
  code: string;
  contents?: { schema?: { properties?: Node } }[];
}

function show(node: unknown): unknown {
  if (Array.isArray(node)) {
    return node.map(show);
  }
  if (!isPlainObject(node)) {
    return node;
  }
  return Object.fromEntries(
    Object.entries(node).map(([key, value]) =>
      key === hiddenKey
        ? ['$ref', `#/__bundled__/named/${encodeURIComponent(escapeKey(String(value)))}`]
        : [key, show(value)],
    ),
  );
}
