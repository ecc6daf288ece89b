import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Oas3_1Definition } from '@redocly/openapi-core';
import { createSender } from '../../../src/runtime/index.ts';
import { readOperations } from '../../generate/model/read-operations.ts';
import { violationsHeader } from '../../http/message.ts';
import { readExampleInput, readExampleRequest } from '../../openapi/example-request.ts';
import { listOperations, type OperationPlace } from '../../openapi/operations.ts';
import { explainRequest, explainResponse, explainStatus } from './evidence.ts';
import type { Trouble } from './problem.ts';

type Client = Readonly<Record<string, (input: object) => Promise<{ status: number }>>>;

/** The generated code, as far as it is called here. */
interface Generated {
  createClient: (send: ReturnType<typeof createSender>) => Client;
  operations: Parameters<typeof createSender>[0];
  validators: never;
}

/** An operation, as the document has it and as the client does. */
interface CalledOperation {
  place: OperationPlace;
  id: string;
  functionName: string;
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
  const waiting = listOperations(document).flatMap((place, index) => {
    const model = models[index];
    return model === undefined ? [] : [{ place, id: model.id, functionName: model.functionName }];
  });
  const troubles: Trouble[] = [];
  const work = async (): Promise<void> => {
    for (let called = waiting.shift(); called !== undefined; called = waiting.shift()) {
      const trouble = await callOperation(document, generated, baseUrl, called);
      troubles.push(...(trouble === undefined ? [] : [{ ...trouble, operation: called.id }]));
    }
  };
  await Promise.all(Array.from({ length: callsAtATime }, work));
  return troubles.length === 0 ? true : troubles;
}

async function callOperation(
  document: Oas3_1Definition,
  { createClient, operations, validators }: Generated,
  baseUrl: string,
  { place, id, functionName }: CalledOperation,
): Promise<Trouble | undefined> {
  let said: Said | undefined;
  const send = createSender(operations, {
    baseUrl,
    validate: () => validators,
    fetch: async (url, init) => {
      const response = await sendTwice(url, init);
      const body = response.status >= 400 ? await response.clone().text() : '';
      said = { status: response.status, violations: response.headers.get(violationsHeader) ?? '', body };
      return response;
    },
  });
  const isRefused = (): boolean => said !== undefined && said.status >= 400 && documentsSuccess(place);
  try {
    const call = createClient(send)[functionName];
    if (call === undefined) {
      return { message: `${id}: the client has no such function` };
    }
    await call(makeInput(document, place));
    return isRefused() ? describeRefusal(document, place, id, said) : undefined;
  } catch (error) {
    return isRefused()
      ? describeRefusal(document, place, id, said)
      : describeError(document, place, id, error as Error, said);
  }
}

// Server and client share a thread: where that is busy for long, a connection that is kept alive ends between two calls.
async function sendTwice(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (error) {
    const { cause } = error as { cause?: { code?: string } };
    if (cause?.code !== 'ECONNRESET') {
      throw error;
    }
    return fetch(url, init);
  }
}

function documentsSuccess({ operation }: OperationPlace): boolean {
  return Object.keys(operation.responses ?? {}).some((status) => /^(?:[23]|default)/.test(status));
}

function makeInput(document: Oas3_1Definition, place: OperationPlace): object {
  const [body] = readExampleRequest(document, place).bodies;
  return {
    ...readExampleInput(document, place),
    ...(body === undefined ? {} : { contentType: body.mediaType }),
    // RFC 9110, section 9.3.1: what a GET carries has no meaning, and fetch sends none.
    ...(['get', 'head'].includes(place.method) ? { body: undefined } : {}),
  };
}

function describeRefusal(
  document: Oas3_1Definition,
  place: OperationPlace,
  id: string,
  { status, violations, body }: Said = { status: 0, violations: '', body: '' },
): Trouble {
  const evidence = explainStatus(place) ?? explainRequest(document, place);
  return {
    message: `${id}: the mock refuses the request with ${status}: ${readReason(violations, body)}\n${violations}\n${body}`,
    ...(evidence === undefined ? {} : { evidence }),
  };
}

// What is wrong with the request, as the mock says in its header or in its problem details.
function readReason(violations: string, body: string): string {
  try {
    const { title = '', validation = [] } = JSON.parse(body) as Record<string, never>;
    const [{ location = [], message = '' } = {}] = [...JSON.parse(violations || '[]'), ...validation] as {
      location?: string[];
      message?: string;
    }[];
    return `${title} ${location[0] ?? ''} ${message}`.trim();
  } catch {
    return body.slice(0, 80);
  }
}

function describeError(
  document: Oas3_1Definition,
  place: OperationPlace,
  id: string,
  error: Error & { violations?: readonly unknown[] },
  said: Said | undefined,
): Trouble {
  const { name, message, violations = [], stack = '' } = error;
  const isKnown = ['CallError', 'UrlError'].includes(name);
  const evidence =
    violations.length > 0 && said ? explainResponse(document, place, said.status) : explainStatus(place);
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
