import type { Oas3_1Definition } from '@redocly/openapi-core';
import { RequestProblem } from '../../http/message.ts';
import { listOperations, type OperationPlace } from '../../openapi/operations.ts';
import { loadPrismReader, type Operation } from './library.ts';
import { dropRepeated, tidyOperation } from './operations.ts';
import { mayReferInData, sliceOperation } from './slice.ts';
import { hideInnerReferences, isUnfoldedLarge, showInnerReferences } from './unfolding.ts';

/** Which operation is meant. */
type Name = Pick<Operation, 'method' | 'path'>;

/** The operations of a document, as Prism holds them: each is read when it is first asked for. */
export interface OperationLoader {
  /** What Prism's router looks at of each operation, in the order of the document. */
  stubs: readonly Operation[];
  /** Those that are read already. */
  loaded: readonly Operation[];
  /** Finds an operation that is read already. */
  find: (name: Name) => Operation | undefined;
  /** Reads an operation. Rejects with a `RequestProblem` 500 where Prism can't. */
  load: (name: Name) => Promise<Operation>;
}

/**
 * Creates what reads the operations of a document.
 *
 * @param compiled all operations, where Prism has read them before
 */
export function createOperationLoader(
  document: Oas3_1Definition,
  compiled: readonly Operation[] = [],
): OperationLoader {
  const places = new Map(listOperations(document).map((place) => [nameOf(place), place]));
  const loaded = compiled.map(tidyOperation);
  const known = new Map(loaded.map((operation) => [nameOf(operation), operation]));
  const loading = new Map<string, Promise<Operation>>();
  const load = async (name: string): Promise<Operation> => {
    const operation = await readOperation(document, places.get(name) as OperationPlace);
    known.set(name, operation);
    loaded.push(operation);
    return operation;
  };
  return {
    stubs: [...places.values()].map((place) => toStub(document, place)),
    loaded,
    find: (name) => known.get(nameOf(name)),
    load: (operation) => {
      const name = nameOf(operation);
      // One that fails is not tried again: the document stays as it is.
      const found = loading.get(name) ?? load(name);
      loading.set(name, found);
      return found;
    },
  };
}

function nameOf({ method, path }: Name): string {
  return `${method} ${path}`;
}

function toStub(
  document: Oas3_1Definition,
  { method, path, pathItem, operation }: OperationPlace,
): Operation {
  const servers = operation.servers ?? pathItem.servers ?? document.servers ?? [];
  return {
    id: '',
    method,
    path,
    servers: servers as Operation['servers'],
    responses: [],
  } as unknown as Operation;
}

async function readOperation(document: Oas3_1Definition, place: OperationPlace): Promise<Operation> {
  try {
    const { getHttpOperationsFromSpec } = await loadPrismReader();
    const { copy, show } = await copySlice(sliceOperation(document, place));
    const isLarge = isUnfoldedLarge(document, place);
    if (isLarge) {
      hideInnerReferences(copy, place);
    }
    hideComponents(copy);
    const operations = await getHttpOperationsFromSpec(copy);
    const found = operations.find(({ method, path }) => method === place.method && path === place.path);
    if (found === undefined) {
      throw new Error('it finds no such operation');
    }
    return tidyOperation(show(isLarge ? showInnerReferences(found) : found));
  } catch (cause) {
    const name = `${place.method.toUpperCase()} ${place.path}`;
    const reason = (cause as Error).message.replace(/\.$/, '');
    throw new RequestProblem(
      500,
      `Prism cannot read the operation ${name} of the spec: ${reason}. The other operations are served.`,
      { cause },
    );
  }
}

interface Copied {
  copy: Oas3_1Definition;
  show: (operation: Operation) => Operation;
}

// Prism dereferences in place, and it would do so in examples and extensions, too.
async function copySlice(slice: Oas3_1Definition): Promise<Copied> {
  const { copy, show } = mayReferInData(slice)
    ? await hideReferences(slice)
    : { copy: structuredClone(slice), show: (operation: Operation) => operation };
  dropRepeated(copy);
  return { copy, show };
}

// They are found by their references. As parts of the document, Prism would work on each once more.
function hideComponents({ components = {} }: Oas3_1Definition): void {
  for (const group of Object.keys(components).filter((name) => name !== 'securitySchemes')) {
    Object.defineProperty(components, group, { enumerable: false });
  }
}

async function hideReferences(slice: Oas3_1Definition): Promise<Copied> {
  const { hideData, showData } = await import('../../openapi/node-types.ts');
  const { document } = hideData(slice);
  return { copy: document, show: (operation) => showExamples(operation, showData) };
}

// The schemas of an operation can be circular.
function showExamples(operation: Operation, showData: <Value>(value: Value) => Value): Operation {
  const responses = operation.responses.map((response) => ({
    ...response,
    contents: response.contents?.map((content) => ({ ...content, examples: showData(content.examples) })),
  }));
  return { ...operation, responses } as Operation;
}
