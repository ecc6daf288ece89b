import { type HttpHandler, HttpResponse } from 'msw/http';
import { makeFault } from './msw-resolver.ts';
import { type HandlerOptions, makeHandler, pick, type SingleHandlerOptions } from './msw-route.ts';
import type { Fault } from './msw-types.ts';
import type { ExampleAnswer, ExamplesTable, Operation, OperationsTable } from './operation.ts';

export {
  createHandle,
  type Handle,
  type HandleSettings,
  type Resolver,
  type Resolvers,
} from './msw-resolver.ts';
export type { HandlerOptions, SingleHandlerOptions } from './msw-route.ts';
export type { Fault, Fields, HandledRequest, HandledResponse } from './msw-types.ts';

// The key of a status is text.
type NameOf<Key> = Key extends `${infer Status extends number}` ? Status : Key & string;

/** What an operation can answer: the name of an example in the spec, or a status that has no body. */
export type AnswerName<Examples extends ExamplesTable, Id extends keyof Examples> = NameOf<
  keyof Examples[Id]
>;

/** Which requests are answered, and how. */
export interface HandlersOptions<Examples extends ExamplesTable>
  extends HandlerOptions<keyof Examples & string> {
  /** Answers by operationId; an operation that is left out answers its first example that is no failure. */
  answers?: { readonly [Id in keyof Examples]?: AnswerName<Examples, Id> };
}

/**
 * Makes MSW handlers of all operations, for `setupServer` in Node and `setupWorker` in a browser. They answer the
 * examples of the spec, as they are. Of several paths that fit a request, the one with the fewest placeholders answers.
 *
 * An operation of which the spec shows only failures has a handler where `answers` names one of them.
 *
 * @throws {RangeError} for an operation or answer that the spec has not; it lists those that it has
 * @throws {TypeError} when a base URL is neither `*` nor an absolute http or https URL
 * @see https://spec.openapis.org/oas/v3.1.1.html#path-templating-matching
 * @example
 * const server = setupServer(...createHandlers(operations, examples, { answers: { getBook: 'not_found' } }));
 */
export function createHandlers<const Examples extends ExamplesTable>(
  operations: OperationsTable<keyof Examples & string>,
  examples: Examples,
  { answers = {}, ...options }: HandlersOptions<Examples> = {},
): HttpHandler[] {
  const names: Readonly<Record<string, string | number | undefined>> = answers;
  const ids: (keyof Examples & string)[] = Object.keys({ ...operations, ...answers, ...options.baseUrls });
  const countPlaceholders = ({ path }: Operation): number => path.split('{').length;
  return ids
    .map((id) => ({ id, answer: findAnswer(examples, id, names[id]) }))
    .sort((one, other) => countPlaceholders(operations[one.id]) - countPlaceholders(operations[other.id]))
    .flatMap(({ id, answer }) =>
      answer === undefined ? [] : [makeHandler(operations, id, () => toResponse(answer), options)],
    );
}

/**
 * Makes an MSW handler of one operation that gives one answer or fails, mostly to override another one.
 *
 * @throws {RangeError} for an operation or answer that the spec has not; it lists those that it has
 * @throws {TypeError} when a base URL is neither `*` nor an absolute http or https URL
 * @example
 * server.use(createHandler(operations, examples, 'getBook', 'not_found', { once: true }));
 */
export function createHandler<const Examples extends ExamplesTable, Id extends keyof Examples & string>(
  operations: OperationsTable<keyof Examples & string>,
  examples: Examples,
  operationId: Id,
  answer: AnswerName<Examples, Id> | Fault,
  options: SingleHandlerOptions<keyof Examples & string> = {},
): HttpHandler {
  const answers = pick(examples, operationId, 'operation');
  if (typeof answer === 'object') {
    return makeHandler(operations, operationId, () => makeFault(answer), options);
  }
  const found = pick(answers, `${answer}`, `answer of ${operationId}`);
  return makeHandler(operations, operationId, () => toResponse(found), options);
}

function findAnswer(
  examples: ExamplesTable,
  operationId: string,
  name: string | number | undefined,
): ExampleAnswer | undefined {
  const answers = pick(examples, operationId, 'operation');
  return name === undefined
    ? Object.values(answers).find(({ status }) => status < 400)
    : pick(answers, `${name}`, `answer of ${operationId}`);
}

function toResponse({ status, headers, body }: ExampleAnswer): HttpResponse<string> {
  const isJson = headers['Content-Type']?.includes('json') === true;
  const isText = typeof body === 'string' && !isJson;
  return new HttpResponse(isText ? body : JSON.stringify(body), { status, headers });
}
