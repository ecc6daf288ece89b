import { createFinalURL, createQuerySerializer, defaultPathSerializer, mergeHeaders } from 'openapi-fetch';
import type { Operation } from '../generated/operations.ts';
import { checkBaseUrl } from './base-url.ts';
import { encodeBody, readBody } from './body.ts';
import { CallError, type FailedCall, maskQuery } from './errors.ts';
import { inPinnedOrder } from './query.ts';
import { type Check, loadCheck } from './validation/load-check.ts';
import type { ResponseValidators } from './validation/standard-schema.ts';

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
  /**
   * Loads what validates the JSON bodies of answers, before each call is sent: a body that breaks the contract then
   * fails with `contract_violation`. Default: bodies are taken as they are.
   *
   * @example
   * async () => (await import('./generated/validators.ts')).validators
   */
  validate?: () => ResponseValidators | Promise<ResponseValidators>;
}

/** Sends one operation, and resolves to `{ status, ok, body, response }`; the body of `response` is spent. */
export type Sender<OperationId extends string> = <Result>(
  operationId: OperationId,
  input?: object,
) => Promise<Result>;

interface CallInput {
  path?: Record<string, unknown>;
  query?: Record<string, unknown>;
  header?: Record<string, string>;
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
  const baseUrl = checkBaseUrl(options.baseUrl, 'baseUrl');
  const fetch = options.fetch ?? ((request) => globalThis.fetch(request));

  return async <Result>(operationId: OperationId, input: CallInput = {}): Promise<Result> => {
    const operation = operations[operationId];
    const check = options.validate && (await loadCheck(options.validate, operationId));
    const timeout = timeoutSignal(input.timeoutMs ?? options.timeoutMs ?? 10_000);
    const request = new Request(buildUrl(operation, baseUrl, input), {
      ...requestInit(operation, input, options.headers),
      signal: AbortSignal.any([timeout, input.signal].filter((signal) => signal !== undefined)),
    });
    const call = { operationId, method: request.method, url: maskQuery(request.url) };
    const answer = fetch(request).then((response) => readAnswer(response, operation, call, check));
    return answer.catch((error) => {
      throw explain(error, call, input.signal, timeout);
    }) as Promise<Result>;
  };
}

function buildUrl(operation: Operation, baseUrl: string, { path, query }: CallInput): string {
  return createFinalURL(operation.path, {
    baseUrl,
    params: { path: path ?? {}, query: inPinnedOrder(operation, query) },
    querySerializer: createQuerySerializer(),
    pathSerializer: defaultPathSerializer,
  });
}

function requestInit(
  { method, requestMediaType }: Operation,
  { header = {}, body, bearerToken }: CallInput,
  headers: SenderOptions['headers'],
): RequestInit {
  return {
    method,
    headers: mergeHeaders(
      headers,
      body === undefined ? {} : { 'Content-Type': requestMediaType },
      bearerToken === undefined ? {} : { Authorization: bearer(bearerToken) },
      header,
    ),
    ...(body === undefined ? {} : { body: encodeBody(body, requestMediaType) }),
    // A redirect is an answer like others; to follow it could hand credentials to another origin.
    redirect: 'manual',
  };
}

/**
 * Writes the value of the Authorization header.
 *
 * @throws {TypeError} that doesn't quote the token, when it can't be sent
 */
export function bearer(token: string): string {
  // RFC 6750, section 2.1, in short. Checked here because the engine's own message quotes what it refuses.
  if (!/^[\x21-\x7e]+$/.test(token)) {
    throw new TypeError('bearerToken is empty or holds a character that no token has.');
  }
  return `Bearer ${token}`;
}

async function readAnswer(
  response: Response,
  operation: Operation,
  request: FailedCall,
  check: Check | undefined,
): Promise<object> {
  const { status, ok } = response;
  const retryAfter = response.headers.get('Retry-After');
  const call = { ...request, status, ...(retryAfter === null ? {} : { retryAfter }) };
  const key = keyOf(operation, status);
  const kind = operation.responses[key];
  if (kind === undefined) {
    await response.body?.cancel();
    throw new CallError('undocumented_status', call, describeStatus(response, operation));
  }
  const body = await readBody(response, kind, call);
  await check?.(key, body, call);
  return { status, ok, body, response };
}

function keyOf({ responses }: Operation, status: number): string {
  return [`${status}`, `${Math.floor(status / 100)}XX`].find((key) => key in responses) ?? 'default';
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
