import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Oas3_1Definition } from '@redocly/openapi-core';
import { createSender } from '../../../src/runtime/index.ts';
import { readOperations } from '../../generate/model/read-operations.ts';
import { violationsHeader } from '../../http/message.ts';
import { readExampleInput, readExampleRequest } from '../../openapi/example-request.ts';
import { listOperations, type OperationPlace } from '../../openapi/operations.ts';
import type { Trouble } from './causes.ts';
import { createMakeUp } from './sample.ts';

type Table = Parameters<typeof createSender>[0];
type CallResult = { status: number };
type ClientModule = {
  createClient: (send: unknown) => Record<string, (input: object) => Promise<CallResult>>;
};

const callsAtATime = 4;

/**
 * Calls each operation with an example request, by the client that was generated into a folder. A call is in order where
 * the mock takes the request, and the client's validators take the answer.
 */
export async function callOperations(
  document: Oas3_1Definition,
  baseUrl: string,
  folder: string,
): Promise<true | Trouble[]> {
  const load = (name: string): Promise<unknown> => import(pathToFileURL(join(folder, name)).href);
  const { createClient } = (await load('client.ts')) as ClientModule;
  const { operations } = (await load('operations.ts')) as { operations: Table };
  const { validators } = (await load('validators.ts')) as { validators: object };
  const makeUp = createMakeUp(document);
  const places = listOperations(document);
  const names = readOperations(document).map(({ id }) => id);
  const troubles: Trouble[] = [];
  const waiting = places.map((place, index) => ({ place, id: names[index] ?? '' }));
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const { place, id } = next;
      let violations: string | null = null;
      let answered = '';
      const send = createSender(operations, {
        baseUrl,
        validate: () => validators as never,
        fetch: async (url, init) => {
          const response = await fetch(url, init);
          violations = response.headers.get(violationsHeader);
          answered = response.status >= 400 ? await response.clone().text() : '';
          return response;
        },
      });
      const call = createClient(send)[id];
      try {
        const result = await call?.(
          addCredentials(readExampleInput(document, place, { makeUp }), document, place),
        );
        if (result === undefined) {
          troubles.push({ message: `${id}: the client has no such function`, operation: id });
        } else if (result.status >= 400 && documentsSuccess(place)) {
          const message = `${id}: the mock refused the request with ${result.status}: ${answered.slice(0, 600)}`;
          troubles.push({ message, operation: id, violations, place });
        }
      } catch (error) {
        const { message, violations: found = [] } = error as Error & { violations?: unknown[] };
        const all = [message, ...found.map((one) => JSON.stringify(one)), answered.slice(0, 600)];
        troubles.push({ message: `${id}: ${all.join(' ')}`, operation: id, violations, place });
      }
    }
  };
  await Promise.all(Array.from({ length: callsAtATime }, work));
  return troubles.length === 0 ? true : troubles;
}

function documentsSuccess({ operation }: OperationPlace): boolean {
  return Object.keys(operation.responses ?? {}).some((status) => /^(?:[123]|default)/.test(status));
}

/** Puts the credentials where the client takes no option for them. */
function addCredentials(input: object, document: Oas3_1Definition, place: OperationPlace): object {
  const own = readExampleRequest(document, place).credentials.filter(
    ({ value }) => !value.startsWith('Bearer '),
  );
  const valuesOf = (part: string): object =>
    Object.fromEntries(own.flatMap((one) => (one.in === part ? [[one.name, one.value]] : [])));
  const cookies = own.flatMap((one) => (one.in === 'cookie' ? [`${one.name}=${one.value}`] : []));
  const given = input as Record<string, object | undefined>;
  const cookie = cookies.length === 0 ? {} : { cookie: cookies.join('; ') };
  return {
    ...input,
    header: { ...given.header, ...valuesOf('header'), ...cookie },
    query: { ...given.query, ...valuesOf('query') },
  };
}
