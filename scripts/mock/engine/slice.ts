import type { Oas3_1Definition } from '@redocly/openapi-core';
import { isPlainObject, isReference, unescapePart } from '../../openapi/document.ts';
import { methods, type OperationPlace } from '../../openapi/operations.ts';

type Node = Readonly<Record<string, unknown>>;

/** What of a document counts for all of its operations. */
const shared = ['openapi', 'jsonSchemaDialect', 'info', 'servers', 'security', 'tags', 'x-stoplight'];

/**
 * Cuts out of a document what one operation is made of: its path with that one method, what its references lead to, and
 * what counts for all operations. Its callbacks are left out, which a mock does not call.
 *
 * Nothing is copied. Where a reference leads into a path, the whole path is there, with its other operations.
 */
export function sliceOperation(document: Oas3_1Definition, place: OperationPlace): Oas3_1Definition {
  const own = { [place.path]: reducePath(place) };
  const kept = new Map<string, Set<string>>();
  const queue: unknown[] = [own];
  const keep = (group: string, name: string): void => {
    const names = kept.get(group) ?? new Set();
    const part = readField(findGroup(document, group), name);
    if (part !== undefined && !names.has(name)) {
      kept.set(group, names.add(name));
      queue.push(part);
    }
  };
  // They are named by requirements, and not referred to.
  const schemes = document.components?.securitySchemes ?? {};
  for (const name of Object.keys(schemes)) {
    keep('components/securitySchemes', name);
  }
  for (const node of queue) {
    for (const [first = '', second = '', third = ''] of listTargets(node)) {
      if (first === 'components') {
        keep(`components/${second}`, third);
      } else {
        keep(first, second);
      }
    }
  }
  return assemble(document, own, kept);
}

function assemble(
  document: Oas3_1Definition,
  own: Node,
  kept: ReadonlyMap<string, ReadonlySet<string>>,
): Oas3_1Definition {
  const pick = (group: string): Node => {
    const names = kept.get(group) ?? new Set();
    return Object.fromEntries(
      Object.entries(findGroup(document, group) ?? {}).filter(([name]) => names.has(name)),
    );
  };
  const components = [...kept.keys()].filter((group) => group.startsWith('components/'));
  const others = [...kept.keys()].filter((group) => !group.startsWith('components/') && group !== 'paths');
  return Object.fromEntries([
    ...shared.flatMap((field) => (field in document ? [[field, readField(document, field)]] : [])),
    ...others.map((group) => [group, pick(group)]),
    ['paths', { ...own, ...pick('paths') }],
    [
      'components',
      Object.fromEntries(components.map((group) => [group.slice('components/'.length), pick(group)])),
    ],
  ]) as Oas3_1Definition;
}

function findGroup(document: Oas3_1Definition, group: string): Node | undefined {
  const found = group.split('/').reduce<unknown>(readField, document);
  return isPlainObject(found) ? found : undefined;
}

function readField(node: unknown, name: string): unknown {
  return isPlainObject(node) && Object.hasOwn(node, name) ? node[name] : undefined;
}

function reducePath({ pathItem, method, operation }: OperationPlace): Node {
  const { callbacks: _callbacks, ...reduced } = operation;
  const entries = Object.entries(pathItem).filter(([key]) => !(methods as readonly string[]).includes(key));
  return Object.fromEntries([...entries, [method, reduced]]);
}

// Those in examples, too, which lead nowhere as a rule.
function* listTargets(node: unknown): Generator<string[]> {
  if (typeof node !== 'object' || node === null) {
    return;
  }
  if (isReference(node) && node.$ref.startsWith('#/')) {
    yield node.$ref.slice(2).split('/').map(unescapePart);
  }
  for (const value of Object.values(node)) {
    yield* listTargets(value);
  }
}

// The fields of OpenAPI's objects that lead to others, and those that lead to objects by names of the author's.
const objectFields =
  /^(?:get|put|post|delete|options|head|patch|trace|requestBody|schema|components|items|prefixItems|allOf|anyOf|oneOf|not|if|then|else|contains|additionalProperties|propertyNames|unevaluated(?:Items|Properties)|contentSchema)$/;
const mapFields =
  /^(?:paths|webhooks|pathItems|parameters|requestBodies|responses|headers|content|encoding|examples|links|callbacks|schemas|securitySchemes|properties|patternProperties|dependentSchemas|\$defs|definitions)$/;

/**
 * Tells whether a part of a document may have a `$ref` that is data: in an example, in another value or in an extension.
 * Says so rather too often than too rarely, and without the linter, which knows all objects but takes long to load.
 */
export function mayReferInData(node: unknown, isMap = false): boolean {
  if (typeof node !== 'object' || node === null) {
    return false;
  }
  if (Array.isArray(node)) {
    return node.some((item) => mayReferInData(item));
  }
  return Object.entries(node).some(([key, value]) => {
    const isValue = key.startsWith('x-') || (key === 'examples' && Array.isArray(value));
    if (isValue || !(isMap || objectFields.test(key) || mapFields.test(key))) {
      return holdsReference(value);
    }
    return mayReferInData(value, !isMap && mapFields.test(key));
  });
}

function holdsReference(node: unknown): boolean {
  return (
    isReference(node) ||
    (typeof node === 'object' && node !== null && Object.values(node).some(holdsReference))
  );
}
