import type { Oas3_1Definition, Oas3_1Schema, Oas3Header } from '@redocly/openapi-core';
import { isFormType, isJsonType } from '../../http/media-types.ts';
import {
  type AnswerCondition,
  type DocumentedAnswer,
  findFinalStatus,
  findResponse,
  formatPreference,
} from '../../openapi/answers.ts';
import { isPlainObject, resolveReference } from '../../openapi/document.ts';
import { listOperations, type OperationPlace } from '../../openapi/operations.ts';
import { buildRequest, type ExampleRequest, formatCurl } from '../engine/example-request.ts';

/** An answer of the mock, and how to get it. */
export interface Scenario {
  operationId: string;
  /** `POST /items` */
  operation: string;
  /** Of a range such as `4XX`, or of `default`, a code of it that the spec does not document by itself. */
  status: number;
  /** The name of the example. Missing where it has none. */
  example?: string;
  /** The state of the provider in which it answers so. */
  state?: string;
  /** What a request must hold for it, without `Prefer`. */
  condition?: AnswerCondition;
  /** A shell command that gets it: by its condition, where it has one, and otherwise by `Prefer`. */
  curl: string;
}

/** An answer with all that the spec says of it. */
export interface ScenarioDetails extends Scenario {
  description?: string;
  mediaType?: string;
  /** The headers that the spec names, each with the text of its example, or an empty one. */
  headers: Record<string, string>;
  /** The value of the example, where it is no longer than 64 KiB as JSON. */
  body?: unknown;
}

/** An operation, as short as a list of thousands needs it. */
export interface OperationSummary {
  /** Missing where the spec has none: its answers cannot be forced then. */
  operationId?: string;
  method: string;
  path: string;
  summary?: string;
  tags: string[];
  isDeprecated: boolean;
  /** Those that the mock can send, each once, in the order of the spec. */
  statuses: number[];
}

/**
 * Lists the operations of a document in its order.
 */
export function summarizeOperations(
  document: Oas3_1Definition,
  answers: readonly DocumentedAnswer[],
): OperationSummary[] {
  const byPointer = Map.groupBy(answers, ({ place }) => place.pointer);
  return listOperations(document).map(({ pointer, method, path, operation }) => {
    const { operationId, summary, tags = [], deprecated = false } = operation;
    const statuses = (byPointer.get(pointer) ?? []).flatMap((answer) => findFinalStatus(answer) ?? []);
    return {
      ...(operationId === undefined ? {} : { operationId }),
      method: method.toUpperCase(),
      path,
      ...(summary === undefined ? {} : { summary }),
      tags: [...tags],
      isDeprecated: deprecated,
      statuses: [...new Set(statuses)],
    };
  });
}

/**
 * Lists all answers that a mock can give, in the order of the spec.
 *
 * @param origin of the mock, without a trailing slash
 */
export function listScenarios(
  document: Oas3_1Definition,
  answers: readonly DocumentedAnswer[],
  origin: string,
): Scenario[] {
  return answers.flatMap((answer) => {
    const { place, example, state, condition } = answer;
    const status = findFinalStatus(answer);
    if (status === undefined) {
      return [];
    }
    return [
      {
        operationId: place.operation.operationId ?? '',
        operation: nameOperation(place),
        status,
        ...(example?.name === undefined ? {} : { example: example.name }),
        ...(state === undefined ? {} : { state }),
        ...(condition === undefined ? {} : { condition }),
        curl: formatCurl(origin, requestAnswer(document, answer, status)),
      },
    ];
  });
}

/**
 * Lists the answers of one operation, with all that the spec says of them.
 *
 * @param operation such as `POST /items`
 * @returns nothing where there is no such operation
 */
export function describeScenarios(
  document: Oas3_1Definition,
  answers: readonly DocumentedAnswer[],
  origin: string,
  operation: string,
): ScenarioDetails[] {
  const own = answers.filter(
    (answer) => nameOperation(answer.place) === operation && findFinalStatus(answer) !== undefined,
  );
  return listScenarios(document, own, origin).map((scenario, index) => ({
    ...scenario,
    ...describeAnswer(document, own[index]),
  }));
}

function nameOperation({ method, path }: OperationPlace): string {
  return `${method.toUpperCase()} ${path}`;
}

const maxBodyLength = 64 * 1024;

function describeAnswer(
  document: Oas3_1Definition,
  answer: DocumentedAnswer | undefined,
): Omit<ScenarioDetails, keyof Scenario> {
  if (answer === undefined) {
    return { headers: {} };
  }
  const { place, mediaType, example } = answer;
  const response = findResponse(document, place.operation, Number(findFinalStatus(answer)));
  const headers = Object.entries(response?.headers ?? {}).map(([name, reference]) => [
    name,
    showHeader(resolveReference<Oas3Header<Oas3_1Schema>>(document, reference)),
  ]);
  const isShown = example !== undefined && (JSON.stringify(example.value)?.length ?? 0) <= maxBodyLength;
  return {
    ...(response?.description ? { description: response.description } : {}),
    ...(mediaType === undefined ? {} : { mediaType }),
    headers: Object.fromEntries(headers),
    ...(isShown ? { body: example.value } : {}),
  };
}

function showHeader({ example, examples }: Oas3Header<Oas3_1Schema>): string {
  const [first] = Object.values(examples ?? {});
  const value = example ?? (isPlainObject(first) ? first.value : undefined) ?? '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

// A condition teaches what the API does; `Prefer` works with a mock only.
function requestAnswer(document: Oas3_1Definition, answer: DocumentedAnswer, status: number): ExampleRequest {
  const request = buildRequest(document, answer.place, answer.condition?.body);
  const met = answer.condition && meetCondition(request, answer.condition);
  const prefer = formatPreference({ ...answer, status: String(status) });
  const headers: Record<string, string> = { ...(request.headers as Record<string, string>), prefer };
  return met ?? { ...request, headers };
}

type Values = Readonly<Record<string, string | number | boolean | null>>;

/**
 * Changes a request so that it meets a condition.
 *
 * @returns `undefined` where it can't be, as by what stands in a path
 */
function meetCondition(request: ExampleRequest, condition: AnswerCondition): ExampleRequest | undefined {
  const { body = {}, query = {}, header = {}, path } = condition;
  const written = writeBody(request, body);
  if (path !== undefined || written === undefined) {
    return undefined;
  }
  const wanted = Object.entries(header).map(([name, value]) => [name.toLowerCase(), value] as const);
  const kept = Object.entries(request.headers).filter(([name]) => wanted.every(([other]) => other !== name));
  const given = wanted.flatMap(([name, value]) => (value === null ? [] : [[name, String(value)] as const]));
  return {
    ...request,
    target: writeQuery(request.target, query),
    headers: Object.fromEntries([...kept, ...given]),
    body: written,
  };
}

function writeBody({ headers, body }: ExampleRequest, values: Values): Buffer | undefined {
  if (Object.keys(values).length === 0) {
    return body;
  }
  const mediaType = headers['content-type'] ?? '';
  if (isFormType(mediaType)) {
    const form = new URLSearchParams(body.toString());
    writeParameters(form, values);
    // As people write it, and as the rest of the toolkit does.
    return Buffer.from(form.toString().replaceAll('%40', '@'));
  }
  const sent: unknown = isJsonType(mediaType) ? JSON.parse(body.toString() || '{}') : undefined;
  if (!isPlainObject(sent)) {
    return undefined;
  }
  const fields = Object.entries({ ...sent, ...values }).filter(([, value]) => value !== null);
  return Buffer.from(JSON.stringify(Object.fromEntries(fields)));
}

function writeQuery(target: string, values: Values): string {
  if (Object.keys(values).length === 0) {
    return target;
  }
  const [path, search = ''] = target.split('?');
  const query = new URLSearchParams(search);
  writeParameters(query, values);
  return query.size === 0 ? String(path) : `${path}?${query}`;
}

function writeParameters(parameters: URLSearchParams, values: Values): void {
  for (const [name, value] of Object.entries(values)) {
    if (value === null) {
      parameters.delete(name);
    } else {
      parameters.set(name, String(value));
    }
  }
}
