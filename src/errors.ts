import type { Violation } from './validation/find-violations.ts';

/**
 * Why a call has no documented answer:
 *
 * - `undocumented_status`: the server answered with a status that the spec does not name, or with a redirect
 *   that a browser hides;
 * - `unreadable_body`: the status is documented, but its body is no JSON where the spec says JSON;
 * - `contract_violation`: the body is JSON, but not what the spec says, and the client validates;
 * - `network_failure`: no whole answer arrived;
 * - `timeout`: no whole answer arrived in time;
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
 * Neither the message nor a property holds a token, a password, a header or a body. `cause` is what `fetch`
 * threw, or a `SyntaxError` that doesn't quote the body.
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
    super(`${call.operationId}: ${call.method} ${call.url} ${what}`, { cause });
    Object.assign(this, { code }, call);
  }
}

/**
 * Masks every query value of the URLs in a text: tokens travel there, and an error ends up in logs.
 */
export function maskQuery(text: string): string {
  return text.replace(/=[^&#\s]*/g, '=***');
}
