import type { Violation } from './validation.ts';

/**
 * Why a call has no documented answer:
 *
 * - `undocumented_status`: the server answered with a status that the spec does not name, or with a redirect
 *   that a browser hides;
 * - `unreadable_body`: the status is documented, but its body is not valid JSON where the spec says JSON;
 * - `contract_violation`: the body is JSON, but not what the spec says, and the client validates;
 * - `network_failure`: no complete response arrived;
 * - `timeout`: no complete response arrived in time;
 * - `aborted`: the caller's signal aborted the call.
 */
export type CallErrorCode =
  | 'undocumented_status'
  | 'unreadable_body'
  | 'contract_violation'
  | 'network_failure'
  | 'timeout'
  | 'aborted';

/** The call that failed, without its secrets. */
export interface FailedCall {
  operationId: string;
  /** Upper case. */
  method: string;
  /** Absolute; every query value is masked as `***`. */
  url: string;
  /** The HTTP status, where an answer arrived. */
  status?: number;
  /** The `Retry-After` of that answer, as it came: seconds or a date. A browser shows it to its own origin only. */
  retryAfter?: string;
  /** Where the body breaks the contract, with `contract_violation`. */
  violations?: readonly Violation[];
}

/**
 * A call without a documented answer.
 *
 * Neither the message nor a property holds a token, a password, a header or a body. `cause` is a copy of what `fetch`
 * threw, with its name, code and masked message only; of an aborted call, it is the reason that the caller gave.
 */
export class CallError extends Error implements FailedCall {
  override readonly name = 'CallError';
  declare readonly code: CallErrorCode;
  declare readonly operationId: string;
  declare readonly method: string;
  declare readonly url: string;
  declare readonly status?: number;
  declare readonly retryAfter?: string;
  declare readonly violations?: readonly Violation[];

  constructor(code: CallErrorCode, call: FailedCall, what: string, cause?: unknown) {
    super(`${call.operationId}: ${call.method} ${call.url} ${what}`, cause === undefined ? cause : { cause });
    Object.assign(this, { code }, call);
  }
}

/**
 * Tells a `CallError` from other errors. It knows those of another copy of this code, too, such as that of another
 * package, which `instanceof` does not.
 */
export function isCallError(error: unknown): error is CallError {
  return error instanceof Error && error.name === 'CallError';
}

/** What is safe to keep of an error. */
export interface SafeError extends Error {
  /** In upper case, as `ECONNREFUSED`: its own, or that of its cause. */
  code?: string;
}

/**
 * Copies the name, the code and the masked message of whatever was thrown. The rest is dropped: engines and libraries
 * attach what they sent or could not read, such as `data` of an undici error. Never throws.
 *
 * @param secrets what the message must not quote, neither as it is nor encoded
 */
export function toSafeError(thrown: unknown, secrets: readonly string[] = []): SafeError {
  const pick = (value: unknown, pattern: RegExp): string | undefined =>
    typeof value === 'string' && pattern.test(value) ? maskSecrets(value, secrets) : undefined;
  const pickCode = (error: unknown) => pick(readProperty(error, 'code'), /^[A-Z][A-Z\d_]+$/);
  const code = pickCode(thrown) ?? pickCode(readProperty(thrown, 'cause'));
  const name = pick(readProperty(thrown, 'name'), /^[A-Z]\w*Error$/) ?? 'Error';
  const message = typeof thrown === 'string' ? thrown : readProperty(thrown, 'message');
  return Object.assign(new Error(pick(message, /./)), { name }, code && { code });
}

function readProperty(value: unknown, key: string): unknown {
  try {
    return (value as Record<string, unknown>)[key];
  } catch {
    // `null`, a getter or a proxy.
    return undefined;
  }
}

function maskSecrets(text: string, secrets: readonly string[]): string {
  const written = secrets.flatMap((secret) => [
    secret,
    JSON.stringify(secret).slice(1, -1),
    encodeURIComponent(secret.toWellFormed()),
    `${new URLSearchParams([['', secret]])}`.slice(1),
  ]);
  // The longest first: a secret may be part of another. What is shorter than three characters would mask words.
  const masked = written
    .filter(({ length }) => length > 2)
    .sort((one, other) => other.length - one.length)
    .reduce((rest, each) => rest.replaceAll(each, '***'), text);
  return maskQuery(masked);
}

/**
 * Masks every query value of the URLs in a text: tokens travel there, and an error ends up in logs.
 */
export function maskQuery(text: string): string {
  return text.replace(/=[^&#\s]*/g, '=***');
}

/** Lists every text in what a call sends, for `toSafeError` to mask. */
export function listTexts(sent: unknown): string[] {
  const texts: string[] = [];
  JSON.stringify(sent, (_, value) => {
    if (typeof value === 'string') texts.push(value);
    return typeof value === 'object' ? value : null;
  });
  return texts;
}
