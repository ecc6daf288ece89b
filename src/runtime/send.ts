import type { Credentials } from './credentials.ts';
import { CallError, type FailedCall, listTexts, maskQuery, toSafeError } from './errors.ts';
import type { OperationsTable } from './operation.ts';
import { readAnswer, statusOf } from './read-answer.ts';
import { buildRequest, type CallInput, type SentRequest } from './request.ts';
import { createStop } from './stop.ts';
import { checkBaseUrl } from './url.ts';
import type { ResponseValidators } from './validation.ts';

/** How calls reach the server. */
export interface SenderOptions {
  /** Origin of the API, with a path prefix if it has one: `https://api.your-company.com`. */
  baseUrl: string;
  /**
   * Sends a request. Default: `globalThis.fetch`, looked up at every call, so that tools that replace it later
   * are seen. One of your own has to pass `init.signal` on, or neither a time-out nor an abort reaches it.
   */
  fetch?: (url: string, init: RequestInit) => Promise<Response>;
  /** Headers of every request, for instance `{ Prefer: 'example=refused' }` against a mock. */
  headers?: Readonly<Record<string, string>>;
  /**
   * API keys, tokens, and names with passwords, by the names that the spec gives their security schemes:
   * `{ apiKey: 'key-1', basic: { username, password } }`. A call sends those that its operation asks for.
   */
  credentials?: Credentials;
  /**
   * Whether a redirect is followed or is an answer. Default: `manual` for an operation that documents a redirect, and
   * for a call with a body, a cookie, or an API key in a header, which would all go along to another origin; else
   * `follow`. In a browser a redirect that is not followed can't be read.
   */
  redirect?: 'manual' | 'follow';
  /**
   * Milliseconds until a call fails with `timeout`, its body included; of a stream, until it begins. `Infinity` waits for
   * ever. Default 10000.
   */
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

/**
 * Makes the function that a generated client sends its operations with.
 *
 * At a call it throws a `CallError` when there is no documented answer, a `UrlError` when a parameter can't be sent,
 * a `TypeError` when a header, a cookie, a credential or a body can't be, and a `RangeError` when `timeoutMs` is not a valid time.
 *
 * @throws {TypeError} when `baseUrl` is no absolute http or https URL
 * @example
 * const client = createClient(createSender(operations, { baseUrl: 'https://api.your-company.com' }));
 */
export function createSender<OperationId extends string>(
  operations: OperationsTable<OperationId>,
  options: SenderOptions,
): Sender<OperationId> {
  const baseUrl = checkBaseUrl(options.baseUrl, 'baseUrl');
  const fetch = options.fetch ?? ((url, init) => globalThis.fetch(url, init));

  return async <Result>(operationId: OperationId, input: CallInput = {}): Promise<Result> => {
    const operation = operations[operationId];
    const validate = input.validate === false ? undefined : options.validate;
    const check = validate && (await (await import('./validation.ts')).loadCheck(validate, operationId));
    const request = await buildRequest(operation, baseUrl, input, options);
    const stop = createStop(input.timeoutMs ?? options.timeoutMs ?? 10_000, input.signal);
    const call: FailedCall = { operationId, method: operation.method, url: maskQuery(request.url) };
    const secrets = { ...options.credentials, ...input.credentials };
    const explainError = (error: unknown): CallError =>
      explain(error, call, input, request, secrets, stop.signal);
    let outcome: object;
    try {
      const response = await fetch(request.url, { ...request.init, signal: stop.signal });
      Object.assign(call, statusOf(response));
      outcome = await readAnswer(response, operation, {
        call,
        check,
        stop,
        explainError,
        isStream: input.stream,
      });
    } catch (error) {
      outcome = explainError(error);
    } finally {
      stop.end();
    }
    if (outcome instanceof CallError) {
      throw outcome;
    }
    return outcome as Result;
  };
}

function explain(
  error: unknown,
  call: FailedCall,
  input: CallInput,
  { init }: SentRequest,
  credentials: Credentials,
  stop: AbortSignal,
): CallError {
  const { signal } = input;
  if (signal?.aborted) {
    return new CallError('aborted', call, 'was aborted by the caller.', signal.reason);
  }
  const { query, body, bearerToken } = input;
  // Except in its path.
  const sent = [
    [...init.headers.values()],
    query,
    bearerToken,
    credentials,
    typeof init.body === 'string' && body,
  ];
  const cause = toSafeError(error, listTexts(sent));
  const what = 'did not return a complete response';
  if (stop.aborted) {
    return new CallError('timeout', call, `${what} in time. Raise timeoutMs if it needs longer.`, cause);
  }
  const code = cause.code === undefined ? '' : ` (${cause.code})`;
  return new CallError('network_failure', call, `${what}: ${cause.message}${code}.`, cause);
}
