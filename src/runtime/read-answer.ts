import { CallError, type FailedCall } from './errors.ts';
import type { BodyKind, Operation } from './operation.ts';
import type { Check } from './validation.ts';

/** The status and `Retry-After` of a response, as an error has them. */
export function statusOf({ status, headers }: Response): Pick<FailedCall, 'status' | 'retryAfter'> {
  const retryAfter = headers.get('Retry-After');
  return { status, ...(retryAfter && { retryAfter }) };
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
  call: FailedCall,
  check: Check | undefined,
): Promise<object> {
  const { status, ok } = response;
  const key = keyOf(operation, status);
  const kind = operation.responses[key];
  if (kind === undefined) {
    await response.body?.cancel();
    return new CallError('undocumented_status', call, describeStatus(response, operation));
  }
  const body = await readBody(response, kind, call);
  if (body instanceof CallError) {
    return body;
  }
  const breach = await check?.(status, key, body);
  if (breach !== undefined) {
    return new CallError('contract_violation', { ...call, violations: breach.violations }, breach.what);
  }
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

/**
 * Reads a response body as the spec documents it; `none` drops whatever was sent. Resolves to a `CallError`
 * `unreadable_body` when the body is not valid JSON where JSON is documented.
 *
 * @throws {unknown} what the engine throws when the body breaks off
 */
async function readBody(response: Response, kind: BodyKind, call: FailedCall): Promise<unknown> {
  if (kind === 'none') {
    await response.body?.cancel();
    return undefined;
  }
  if (kind !== 'json') {
    return response[kind]();
  }
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch {
    // The engine's own message quotes the text, which can hold a token.
    const what = `answered ${response.status}, but its body of ${text.length} characters is not valid JSON.`;
    return new CallError('unreadable_body', call, what);
  }
}
