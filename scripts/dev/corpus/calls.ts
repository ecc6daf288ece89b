import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Oas3_1Definition } from '@redocly/openapi-core';
import { createSender } from '../../../src/runtime/index.ts';
import { readOperations } from '../../generate/model/read-operations.ts';
import { violationsHeader } from '../../http/message.ts';
import { readExampleInput, readExampleRequest } from '../../openapi/example-request.ts';
import { listOperations, type OperationPlace } from '../../openapi/operations.ts';
import { explainRequest, explainResponse } from './evidence.ts';
import type { Trouble } from './problem.ts';
import { createMakeUp } from './sample.ts';

type Table = Parameters<typeof createSender>[0];
type Client = Readonly<Record<string, (input: object) => Promise<{ status: number }>>>;

/** The generated code, as far as it is called here. */
interface Generated {
  createClient: (send: ReturnType<typeof createSender>) => Client;
  operations: Table;
  validators: never;
}

/** What the mock said last. */
interface Said {
  status: number;
  violations: string;
  body: string;
}

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
  const names = ['client.ts', 'operations.ts', 'validators.ts'];
  const modules = await Promise.all(names.map((name) => import(pathToFileURL(join(folder, name)).href)));
  const generated = Object.assign({}, ...modules) as Generated;
  const models = readOperations(document);
  const waiting = listOperations(document).map((place, index) => ({ place, id: models[index]?.id ?? '' }));
  const makeUp = createMakeUp(document);
  const troubles: Trouble[] = [];
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const { place, id } = next;
      const trouble = await callOperation(generated, baseUrl, id, document, place, () =>
        addCredentials(readExampleInput(document, place, { makeUp }), document, place),
      );
      troubles.push(...(trouble === undefined ? [] : [{ ...trouble, operation: id }]));
    }
  };
  await Promise.all(Array.from({ length: callsAtATime }, work));
  return troubles.length === 0 ? true : troubles;
}

async function callOperation(
  { createClient, operations, validators }: Generated,
  baseUrl: string,
  id: string,
  document: Oas3_1Definition,
  place: OperationPlace,
  makeInput: () => object,
): Promise<Trouble | undefined> {
  let said: Said | undefined;
  const send = createSender(operations, {
    baseUrl,
    validate: () => validators,
    fetch: async (url, init) => {
      const response = await fetch(url, init);
      const body = response.status >= 400 ? await response.clone().text() : '';
      said = { status: response.status, violations: response.headers.get(violationsHeader) ?? '', body };
      return response;
    },
  });
  try {
    const result = await createClient(send)[id]?.(makeInput());
    if (result === undefined) {
      return { message: `${id}: the client has no such function` };
    }
    return result.status >= 400 && documentsSuccess(place)
      ? describeRefusal(id, said, document, place)
      : undefined;
  } catch (error) {
    const isRefused = said !== undefined && said.status >= 400 && documentsSuccess(place);
    return isRefused
      ? describeRefusal(id, said, document, place)
      : describeError(id, error as Error, said, document, place);
  }
}

function documentsSuccess({ operation }: OperationPlace): boolean {
  return Object.keys(operation.responses ?? {}).some((status) => /^(?:[123]|default)/.test(status));
}

function describeRefusal(
  id: string,
  said: Said | undefined,
  document: Oas3_1Definition,
  place: OperationPlace,
): Trouble {
  const { status = 0, body = '' } = said ?? {};
  const reason = readReason(body);
  const evidence = explainRequest(document, place);
  return {
    message: `${id}: the mock refuses the request with ${status}: ${reason}\n${body}`,
    ...(evidence === undefined ? {} : { evidence }),
  };
}

// Problem details of the mock, with what is wrong with the request.
function readReason(body: string): string {
  try {
    const { title = '', validation = [] } = JSON.parse(body) as {
      title?: string;
      validation?: { location?: string[]; message?: string }[];
    };
    const [{ location = [], message = '' } = {}] = validation;
    return `${title} ${location[0] ?? ''} ${message}`.trim();
  } catch {
    return body.slice(0, 80);
  }
}

function describeError(
  id: string,
  error: Error & { violations?: readonly unknown[] },
  said: Said | undefined,
  document: Oas3_1Definition,
  place: OperationPlace,
): Trouble {
  const { name, message, violations = [], stack = '' } = error;
  const isKnown = ['CallError', 'UrlError'].includes(name);
  const evidence = violations.length > 0 && said ? explainResponse(document, place, said.status) : undefined;
  return {
    message: [
      `${isKnown ? '' : `${id}: `}${message}`,
      ...violations.map((one) => JSON.stringify(one)),
      ...(said === undefined ? [] : [`${said.status} ${said.violations} ${said.body}`]),
      ...(isKnown ? [] : [stack]),
    ].join('\n'),
    ...(evidence === undefined ? {} : { evidence }),
  };
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
