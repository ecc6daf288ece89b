import './node-guard.ts';

import type { HttpHandler } from 'msw/http';
import { examples } from '../../generated/examples.ts';
import { type OperationId, operations } from '../../generated/operations.ts';
import type { operations as Schema } from '../../generated/schema.ts';
import type { Fault } from '../runtime/msw.ts';
import * as runtime from '../runtime/msw.ts';
import { checkBaseUrl } from '../runtime/url.ts';
import type { ResponseValidators } from '../runtime/validation.ts';

export type { Fault };

/** What an operation can answer: the name of an example in the spec, or a status that has no body. */
export type AnswerName<Id extends OperationId> = runtime.AnswerName<typeof examples, Id>;

/** Makes the response to a request of an operation. `undefined` leaves the request to other handlers. */
export type Resolver<Id extends OperationId> = runtime.Resolver<Schema[Id]>;

/** Which requests are answered. */
export interface HandlerOptions extends Pick<runtime.HandlerOptions, 'delay'> {
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
 * Makes an MSW handler of one operation, mostly to override another one: that gives one answer of the spec, fails, or
 * responds as a resolver of your own says.
 *
 * What a resolver returns is checked against the spec: status, media type and JSON body. What breaks it is written to the
 * console and answered with a 500 that says the same.
 *
 * @throws {RangeError} for an operation or answer that the spec has not; it lists those that it has
 * @throws {TypeError} when a base URL is neither `*` nor an absolute http or https URL
 * @example
 * server.use(createNexudusAuthHandler('getOneTimeToken', 'refused', { once: true, delay: 'real' }));
 * server.use(createNexudusAuthHandler('getOneTimeToken', { fault: 'network-error' }));
 * server.use(createNexudusAuthHandler('getMediaToken', ({ request }) => ({ status: 401 })));
 */
export function createNexudusAuthHandler<Id extends OperationId>(
  operationId: Id,
  answer: AnswerName<Id> | runtime.Resolvers<Schema>[Id],
  options: SingleHandlerOptions = {},
): HttpHandler {
  return typeof answer === 'string' || typeof answer === 'number'
    ? runtime.createHandler(operations, examples, operationId, answer, withBaseUrls(options))
    : handle(operationId, answer, withBaseUrls(options));
}

const handle = runtime.createHandle<Schema>(operations, { validate: loadValidators });

// Only once a resolver has returned something: they are large.
async function loadValidators(): Promise<ResponseValidators> {
  const { validators } = await import('../../generated/validators.ts');
  return validators;
}

function withBaseUrls<Options extends HandlerOptions>({ portalUrl, ...options }: Options) {
  if (portalUrl === undefined) {
    return options;
  }
  const redirectToPortal = portalUrl === '*' ? portalUrl : checkBaseUrl(portalUrl, 'portalUrl');
  return { ...options, baseUrls: { redirectToPortal } };
}
