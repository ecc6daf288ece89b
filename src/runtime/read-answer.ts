import { CallError, type FailedCall } from './errors.ts';
import type { BodyKind, Operation } from './operation.ts';
import type { Stop } from './stop.ts';
import type { Check } from './validation.ts';
import { isJson } from './values.ts';

/** The status and `Retry-After` of a response, as an error has them. */
export function statusOf({ status, headers }: Response): Pick<FailedCall, 'status' | 'retryAfter'> {
  const retryAfter = headers.get('Retry-After');
  return { status, ...(retryAfter && { retryAfter }) };
}

/** What reading an answer works with. */
export interface Reading {
  call: FailedCall;
  check: Check | undefined;
  stop: Stop;
  /** Makes the error of a body that breaks off. */
  explainError: (error: unknown) => CallError;
  /** Bytes are handed over as they come. */
  isStream: boolean | undefined;
}

/**
 * Reads a response as the spec documents it. Resolves to a `CallError` for a status that the spec doesn't name, for a
 * body that is not valid JSON where JSON is documented, and for what `check` finds.
 *
 * @throws {unknown} what the engine throws when the body breaks off
 */
export async function readAnswer(
  response: Response,
  operation: Operation,
  reading: Reading,
): Promise<object> {
  const { status, ok } = response;
  const key = keyOf(operation, status);
  const documented = operation.responses[key];
  if (documented === undefined) {
    return refuseStatus(response, operation, reading.call);
  }
  const isOne = typeof documented === 'string';
  const [contentType, kind] = isOne
    ? [undefined, documented]
    : (await import('./content-type.ts')).chooseKind(response, documented, isJson);
  const body = await (kind === 'json' ? readJson(response, key, reading) : readBody(response, kind, reading));
  if (body instanceof CallError) {
    return body;
  }
  return { status, ok, ...(isOne ? {} : { contentType }), body, response };
}

/** Finds what a status is documented under: itself, its range, or `default`, which need not be there. */
export function keyOf({ responses }: Pick<Operation, 'responses'>, status: number): string {
  return [`${status}`, `${Math.floor(status / 100)}XX`].find((key) => key in responses) ?? 'default';
}

/** Drops a response whose status the spec doesn't name, and makes the error of it. */
export async function refuseStatus(
  { type, status, body }: Response,
  { responses }: Pick<Operation, 'responses'>,
  call: FailedCall,
): Promise<CallError> {
  await body?.cancel();
  const hint = status >= 300 && status < 400 ? " Set redirect: 'follow' to follow it." : '';
  const what =
    type === 'opaqueredirect'
      ? 'answered with a redirect, which a browser hides from fetch: navigate to the URL instead.'
      : `answered ${status}, which the spec does not document (it documents ${Object.keys(responses).join(', ')}).${hint}`;
  return new CallError('undocumented_status', call, what);
}

/**
 * Reads a JSON body, and checks it. Resolves to a `CallError` `unreadable_body` when it is not valid JSON, and to one of
 * `contract_violation` for what `check` finds.
 *
 * @param key what the spec has the response under
 * @throws {unknown} what the engine throws when the body breaks off
 */
export async function readJson(
  response: Response,
  key: string,
  { call, check }: Pick<Reading, 'call' | 'check'>,
): Promise<unknown> {
  const text = await response.text();
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    // The engine's own message quotes the text, which can hold a token.
    const what = `answered ${response.status}, but its body of ${text.length} characters is not valid JSON.`;
    return new CallError('unreadable_body', call, what);
  }
  const breach = await check?.(response.status, key, body);
  return breach === undefined
    ? body
    : new CallError('contract_violation', { ...call, violations: breach.violations }, breach.what);
}

/**
 * Reads a body that is not JSON as the spec documents it; `none` drops whatever was sent.
 *
 * @throws {unknown} what the engine throws when the body breaks off
 */
async function readBody(
  response: Response,
  kind: Exclude<BodyKind, 'json'>,
  { call, stop, explainError, isStream }: Reading,
): Promise<unknown> {
  if (kind === 'none') {
    await response.body?.cancel();
    return undefined;
  }
  if (kind === 'blob' && isStream) {
    stop.handOver();
    return response.body ?? new Blob().stream();
  }
  if (kind === 'events') {
    const { readEvents } = await import('./events.ts');
    const explain = (error: unknown): CallError =>
      error instanceof RangeError
        ? new CallError('unreadable_body', call, `answered ${response.status}, but with ${error.message}.`)
        : explainError(error);
    return readEvents(response.body, explain, stop.handOver());
  }
  return response[kind]();
}
