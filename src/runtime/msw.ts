import { HttpHandler, HttpResponse } from 'msw/http';
import type { ExampleAnswer, ExamplesTable, Operation, OperationsTable } from './operation.ts';
import { checkBaseUrl } from './url.ts';

// The key of a status is text.
type NameOf<Key> = Key extends `${infer Status extends number}` ? Status : Key & string;

/** What an operation can answer: the name of an example in the spec, or a status that has no body. */
export type AnswerName<Examples extends ExamplesTable, Id extends keyof Examples> = NameOf<
  keyof Examples[Id]
>;

/** Which requests are answered. */
export interface HandlerOptions<OperationId extends string = string> {
  /** Origin of the API, with a path prefix if it has one. Default `*`: any origin. */
  baseUrl?: string;
  /** Base URLs of the operations that another origin answers. Default: `baseUrl`. */
  baseUrls?: { readonly [Id in OperationId]?: string };
}

/** Which requests are answered, and how. */
export interface HandlersOptions<Examples extends ExamplesTable>
  extends HandlerOptions<keyof Examples & string> {
  /** Answers by operationId; an operation that is left out answers its first example that is no failure. */
  answers?: { readonly [Id in keyof Examples]?: AnswerName<Examples, Id> };
}

/** Which requests are answered, and whether for one time only. */
export interface SingleHandlerOptions<OperationId extends string = string>
  extends HandlerOptions<OperationId> {
  /** Answers one request and leaves the next ones to other handlers. Default: false. */
  once?: boolean;
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
      answer === undefined ? [] : [makeHandler(operations, id, answer, options)],
    );
}

/**
 * Makes an MSW handler of one operation that gives one answer, mostly to override another one.
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
  answer: AnswerName<Examples, Id>,
  options: SingleHandlerOptions<keyof Examples & string> = {},
): HttpHandler {
  const found = pick(pick(examples, operationId, 'operation'), `${answer}`, `answer of ${operationId}`);
  return makeHandler(operations, operationId, found, options);
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

function pick<Value>(values: Readonly<Record<string, Value>>, name: string, what: string): Value {
  const value = Object.hasOwn(values, name) ? values[name] : undefined;
  if (value === undefined) {
    throw new RangeError(`There is no ${what} "${name}". Choose from: ${Object.keys(values).join(', ')}.`);
  }
  return value;
}

function makeHandler<OperationId extends string>(
  operations: OperationsTable<OperationId>,
  operationId: OperationId,
  answer: ExampleAnswer,
  { baseUrl = '*', baseUrls = {}, once = false }: SingleHandlerOptions<OperationId>,
): HttpHandler {
  const operation = operations[operationId];
  const ofOperation = baseUrls[operationId];
  const isCall =
    ofOperation === undefined
      ? createMatcher(operation, baseUrl, 'baseUrl')
      : createMatcher(operation, ofOperation, `baseUrls.${operationId}`);
  return new HttpHandler(
    operation.method,
    ({ request }) => isCall(request.url),
    () => toResponse(answer),
    { once },
  );
}

/**
 * Makes what says whether a URL is one of an operation: its path under the base URL, or on any origin for `*`, with the
 * query parameters that the spec requires. Without them it is a page of the app that has the same path.
 */
function createMatcher(
  { path, query }: Operation,
  baseUrl: string,
  option: string,
): (url: string) => boolean {
  const base = baseUrl === '*' ? undefined : new URL(checkBaseUrl(baseUrl, option));
  const literals = ((base?.pathname.replace(/\/$/, '') ?? '') + path).split(/\{.+?\}/);
  const escaped = literals.map((literal) => literal.replace(/[$()*+.?[\\\]^{|}]/g, '\\$&'));
  const pattern = new RegExp(`^${escaped.join('[^/]+')}$`);
  return (url) => {
    const { origin, pathname, searchParams } = new URL(url);
    return (
      (base === undefined || origin === base.origin) &&
      pattern.test(pathname) &&
      query.every(({ name, required }) => !required || searchParams.has(name))
    );
  };
}

function toResponse({ status, headers, body }: ExampleAnswer): HttpResponse<string> {
  const isJson = headers['Content-Type']?.includes('json') === true;
  const isText = typeof body === 'string' && !isJson;
  return new HttpResponse(isText ? body : JSON.stringify(body), { status, headers });
}
