import { HttpHandler, HttpResponse } from 'msw/http';
import type { ExampleAnswer } from '../../generated/examples.ts';
import { type Operation, type OperationId, operations } from '../../generated/operations.ts';
import { checkBaseUrl } from '../base-url.ts';
import { type AnswerName, findAnswer } from './answers.ts';
import { isCallOf } from './is-call-of.ts';

/** Which requests are answered. */
export interface HandlerOptions {
  /** Origin of the space. Default `*`: any origin. */
  baseUrl?: string;
  /** Origin of the Members Portal, which answers `redirectToPortal`. Default: `baseUrl`. */
  portalUrl?: string;
}

/** Which requests are answered, and how. */
export interface HandlersOptions extends HandlerOptions {
  /** Answers by operationId; an operation that is left out answers its first example that is no failure. */
  answers?: { readonly [Id in OperationId]?: AnswerName<Id> };
}

/** Which requests are answered, and whether for one time only. */
export interface SingleHandlerOptions extends HandlerOptions {
  /** Answers one request and leaves the next ones to other handlers. Default: false. */
  once?: boolean;
}

/**
 * Makes MSW handlers of all operations, for `setupServer` in Node and `setupWorker` in a browser. They answer the
 * examples of the spec, as they are.
 *
 * They validate nothing and keep no session: a wrong password signs in, and `Location` is that of the example. The mock,
 * `nexudus-auth-contract/mock`, does both.
 *
 * @throws {RangeError} for an answer that the spec has not; it lists those that it has
 * @throws {TypeError} when a base URL is neither `*` nor an absolute http or https URL
 * @example
 * const server = setupServer(...createNexudusAuthHandlers({ answers: { getBearerToken: 'two_factor_auth_check' } }));
 */
export function createNexudusAuthHandlers({ answers = {}, ...options }: HandlersOptions = {}): HttpHandler[] {
  const ids = Object.keys({ ...operations, ...answers }) as OperationId[];
  return ids.map((operationId) =>
    createHandler(operationId, findAnswer(operationId, answers[operationId]), options),
  );
}

/**
 * Makes an MSW handler of one operation that gives one answer, mostly to override another one.
 *
 * @throws {RangeError} for an answer that the spec has not; it lists those that it has
 * @throws {TypeError} when a base URL is neither `*` nor an absolute http or https URL
 * @example
 * server.use(createNexudusAuthHandler('getOneTimeToken', 'refused', { once: true }));
 */
export function createNexudusAuthHandler<Id extends OperationId>(
  operationId: Id,
  answer: AnswerName<Id>,
  options: SingleHandlerOptions = {},
): HttpHandler {
  return createHandler(operationId, findAnswer(operationId, answer), options);
}

function createHandler(
  operationId: OperationId,
  answer: ExampleAnswer,
  { baseUrl = '*', portalUrl = baseUrl, once = false }: SingleHandlerOptions,
): HttpHandler {
  const operation: Operation = operations[operationId];
  const base =
    operationId === 'redirectToPortal' ? checkBase(portalUrl, 'portalUrl') : checkBase(baseUrl, 'baseUrl');
  return new HttpHandler(
    operation.method,
    ({ request }) => isCallOf(operation, request.url, base),
    () => toResponse(answer),
    { once },
  );
}

function checkBase(url: string, option: string): string {
  return url === '*' ? url : checkBaseUrl(url, option);
}

function toResponse({ status, headers, body }: ExampleAnswer): HttpResponse<string> {
  const isText = body === undefined || typeof body === 'string';
  return new HttpResponse(isText ? body : JSON.stringify(body), { status, headers });
}
