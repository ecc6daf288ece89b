import createFetchClient from 'openapi-fetch';
import type { BodyKind, Operation } from '../generated/operations.ts';
import { checkBaseUrl } from './base-url.ts';
import { encodeBody, readBody } from './body.ts';
import { CallError, type FailedCall, maskQuery } from './errors.ts';
import { inPinnedOrder } from './query.ts';

/** How calls reach the server. */
export interface SenderOptions {
  /** Origin of the API, with a path prefix if it has one: `https://your-space.spaces.nexudus.com`. */
  baseUrl: string;
  /**
   * Sends a request. Default: `globalThis.fetch`, looked up at every call, so that tools that replace it later
   * are seen.
   */
  fetch?: (request: Request) => Promise<Response>;
  /** Headers of every request, for instance `{ Prefer: 'example=refused' }` against a mock. */
  headers?: Readonly<Record<string, string>>;
  /** Milliseconds until a call fails with `timeout`, its body included. `Infinity` waits for ever. Default 10000. */
  timeoutMs?: number;
}

/** Sends one operation, and resolves to `{ status, ok, body, response }`; the body of `response` is spent. */
export type Sender<OperationId extends string> = <Result>(
  operationId: OperationId,
  input?: object,
) => Promise<Result>;

interface CallInput {
  path?: object;
  query?: Record<string, unknown>;
  header?: Record<string, unknown>;
  body?: unknown;
  bearerToken?: string;
  signal?: AbortSignal;
  timeoutMs?: number;
}

/**
 * Makes the function that a generated client sends its operations with.
 *
 * At a call it throws a `CallError` when there is no documented answer, and a `TypeError` when the bearer token
 * can't be sent.
 *
 * @throws {TypeError} when `baseUrl` is no absolute http or https URL
 * @example
 * const client = createClient(createSender(operations, { baseUrl: 'https://your-space.spaces.nexudus.com' }));
 */
export function createSender<OperationId extends string>(
  operations: Readonly<Record<OperationId, Operation>>,
  options: SenderOptions,
): Sender<OperationId> {
  const http = createFetchClient({ baseUrl: checkBaseUrl(options.baseUrl, 'baseUrl') });
  const request = http.request as (method: string, path: string, init: object) => Promise<unknown>;
  const fetch = options.fetch ?? ((request) => globalThis.fetch(request));
  // openapi-fetch decides by `ok` and hides a body that it can't parse. Here it builds the request only: the
  // answer is read by its status, and openapi-fetch is given this, of which there is nothing to read.
  const nothing = new Response(null, { status: 204 });

  return async <Result>(operationId: OperationId, input: CallInput = {}): Promise<Result> => {
    const operation = operations[operationId];
    const timeout = timeoutSignal(input.timeoutMs ?? options.timeoutMs ?? 10_000);
    let result: unknown;
    await request(operation.method, operation.path, {
      ...requestInit(operation, input, options.headers),
      signal: AbortSignal.any([timeout, input.signal].filter((signal) => signal !== undefined)),
      fetch: async (request: Request) => {
        const call = { operationId, method: request.method, url: maskQuery(request.url) };
        result = await fetch(request)
          .then((response) => readAnswer(response, operation, call))
          .catch((error) => {
            throw explain(error, call, input.signal, timeout);
          });
        return nothing;
      },
    });
    return result as Result;
  };
}

function requestInit(operation: Operation, input: CallInput, headers: SenderOptions['headers']): object {
  const { requestMediaType } = operation;
  return {
    params: { path: input.path, query: inPinnedOrder(operation, input.query), header: input.header },
    headers: {
      ...headers,
      ...(input.body === undefined ? {} : { 'Content-Type': requestMediaType }),
      ...(input.bearerToken === undefined ? {} : { Authorization: bearer(input.bearerToken) }),
    },
    body: input.body,
    bodySerializer: (body: unknown) => encodeBody(body, requestMediaType),
    // A redirect is an answer like others; to follow it could hand credentials to another origin.
    redirect: 'manual',
  };
}

function bearer(token: string): string {
  // RFC 6750, section 2.1, in short. Checked here because the engine's own message quotes what it refuses.
  if (!/^[\x21-\x7e]+$/.test(token)) {
    throw new TypeError('bearerToken is empty or holds a character that no token has.');
  }
  return `Bearer ${token}`;
}

async function readAnswer(response: Response, operation: Operation, request: FailedCall): Promise<object> {
  const { status, ok } = response;
  const call = { ...request, status };
  const kind = bodyKindOf(operation, status);
  if (kind === undefined) {
    await response.body?.cancel();
    throw new CallError('undocumented_status', call, describeStatus(response, operation));
  }
  return { status, ok, body: await readBody(response, kind, call), response };
}

function bodyKindOf({ responses }: Operation, status: number): BodyKind | undefined {
  return responses[status] ?? responses[`${Math.floor(status / 100)}XX`] ?? responses.default;
}

function describeStatus({ type, status }: Response, { responses }: Operation): string {
  return type === 'opaqueredirect'
    ? 'answered with a redirect, which a browser hides from fetch: navigate to the URL instead.'
    : `answered ${status}, which the spec does not document (it documents ${Object.keys(responses).join(', ')}).`;
}

function timeoutSignal(timeoutMs: number): AbortSignal | undefined {
  return timeoutMs === Number.POSITIVE_INFINITY ? undefined : AbortSignal.timeout(timeoutMs);
}

function explain(error: unknown, call: FailedCall, signal?: AbortSignal, timeout?: AbortSignal): CallError {
  if (error instanceof CallError) {
    return error;
  }
  if (signal?.aborted) {
    return new CallError('aborted', call, 'was aborted by the caller.', error);
  }
  if (timeout?.aborted) {
    return new CallError(
      'timeout',
      call,
      'gave no whole answer in time. Raise timeoutMs if it needs longer.',
      error,
    );
  }
  return new CallError('network_failure', call, `gave no whole answer: ${reasonOf(error)}.`, error);
}

function reasonOf(error: unknown): string {
  const { message, cause } = error as Error;
  const code = (cause as { code?: unknown } | undefined)?.code;
  return code === undefined ? message : `${message} (${String(code)})`;
}
