import './node-guard.ts';

import type { HttpHandler } from 'msw/http';
import { examples } from '../../generated/examples.ts';
import { type OperationId, operations } from '../../generated/operations.ts';
import * as runtime from '../runtime/msw.ts';
import { checkBaseUrl } from '../runtime/url.ts';

/** What an operation can answer: the name of an example in the spec, or a status that has no body. */
export type AnswerName<Id extends OperationId> = runtime.AnswerName<typeof examples, Id>;

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
export function createNexudusAuthHandlers(options: HandlersOptions = {}): HttpHandler[] {
  return runtime.createHandlers(operations, examples, withBaseUrls(options));
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
  return runtime.createHandler(operations, examples, operationId, answer, withBaseUrls(options));
}

function withBaseUrls<Options extends HandlerOptions>({ portalUrl, ...options }: Options) {
  if (portalUrl === undefined) {
    return options;
  }
  const redirectToPortal = portalUrl === '*' ? portalUrl : checkBaseUrl(portalUrl, 'portalUrl');
  return { ...options, baseUrls: { redirectToPortal } };
}
