import { CallError, type FailedCall, maskQuery, toSafeError } from './errors.ts';
import type { Operation, OperationsTable } from './operation.ts';
import { readAnswer, statusOf } from './read-answer.ts';
import { createStop } from './stop.ts';
import { buildUrl, checkBaseUrl, type Values } from './url.ts';
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
  path?: Values;
  query?: Values;
  header?: Values;
  body?: unknown;
  bearerToken?: string;
  signal?: AbortSignal;
  timeoutMs?: number;
  /** `false` takes the body as it is: a session checks the tokens of its renewals itself. */
  validate?: boolean;
}

/**
 * Makes the function that a generated client sends its operations with.
 *
 * At a call it throws a `CallError` when there is no documented answer, a `UrlError` when a path parameter can't be sent,
 * a `TypeError` when a header can't be, and a `RangeError` when `timeoutMs` is no time.
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
    const url = buildUrl(operation, baseUrl, input);
    const init = requestInit(operation, input, options.headers);
    const stop = createStop(input.timeoutMs ?? options.timeoutMs ?? 10_000, input.signal);
    const call: FailedCall = { operationId, method: operation.method, url: maskQuery(url) };
    let outcome: object;
    try {
      const response = await fetch(url, { ...init, signal: stop.signal });
      Object.assign(call, statusOf(response));
      outcome = await readAnswer(response, operation, call, check);
    } catch (error) {
      outcome = explain(error, call, input, init, stop.signal);
    } finally {
      stop.end();
    }
    if (outcome instanceof CallError) {
      throw outcome;
    }
    return outcome as Result;
  };
}

interface SentInit extends RequestInit {
  headers: Headers;
}

function requestInit(
  { method, requestMediaType }: Operation,
  { header, body, bearerToken }: CallInput,
  headers: SenderOptions['headers'],
): SentInit {
  return {
    method,
    headers: mergeHeaders(
      headers,
      {
        'Content-Type': body === undefined ? undefined : requestMediaType,
        Authorization: bearerToken === undefined ? undefined : bearer(bearerToken),
      },
      header,
    ),
    body: body === undefined ? null : encodeBody(body, requestMediaType),
    // A redirect is an answer like others; to follow it could hand credentials to another origin.
    redirect: 'manual',
  };
}

// A later header takes the place of an earlier one, but a list is added to it; `null` removes it.
function mergeHeaders(...all: (Values | Headers | undefined)[]): Headers {
  const merged = new Headers();
  for (const headers of all) {
    for (const [name, value] of headers instanceof Headers ? headers : Object.entries(headers ?? {})) {
      try {
        if (value === null) merged.delete(name);
        else if (Array.isArray(value)) for (const one of value) merged.append(name, one);
        else if (value !== undefined) merged.set(name, value as string);
      } catch {
        // The engine's own message quotes the value.
        throw new TypeError(
          `Cannot send the header ${JSON.stringify(name)}: it holds a character that no header can carry.`,
        );
      }
    }
  }
  return merged;
}

/**
 * Encodes a request body for its media type. In a form, fields that are `undefined` are left out.
 */
function encodeBody(body: unknown, mediaType: string | undefined): BodyInit {
  if (mediaType === 'application/x-www-form-urlencoded') {
    const fields = Object.entries(body as object).filter(([, value]) => value !== undefined);
    return new URLSearchParams(fields as [string, string][]).toString();
  }
  return mediaType?.includes('json') ? JSON.stringify(body) : (body as BodyInit);
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

function explain(
  error: unknown,
  call: FailedCall,
  input: CallInput,
  init: SentInit,
  stop: AbortSignal,
): CallError {
  const { signal } = input;
  if (signal?.aborted) {
    return new CallError('aborted', call, 'was aborted by the caller.', signal.reason);
  }
  const cause = toSafeError(error, listSecrets(input, init));
  const what = 'did not return a complete response';
  if (stop.aborted) {
    return new CallError('timeout', call, `${what} in time. Raise timeoutMs if it needs longer.`, cause);
  }
  const code = cause.code === undefined ? '' : ` (${cause.code})`;
  return new CallError('network_failure', call, `${what}: ${cause.message}${code}.`, cause);
}

// Every text that the call sends, except in its path.
function listSecrets({ query, body, bearerToken }: CallInput, init: SentInit): string[] {
  const secrets: string[] = [];
  const sent = [[...init.headers.values()], query, bearerToken, typeof init.body === 'string' && body];
  JSON.stringify(sent, (_, value) => {
    if (typeof value === 'string') secrets.push(value);
    return typeof value === 'object' ? value : null;
  });
  return secrets;
}
