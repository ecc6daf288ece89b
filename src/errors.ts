/**
 * Why a call has no documented answer:
 *
 * - `undocumented_status`: the server answered with a status that the spec does not name, or with a redirect
 *   that a browser hides;
 * - `unreadable_body`: the status is documented, but its body is not what the spec says;
 * - `network_failure`: no whole answer arrived;
 * - `timeout`: no whole answer arrived in time;
 * - `aborted`: the caller's signal aborted the call.
 */
export type CallErrorCode =
  | 'undocumented_status'
  | 'unreadable_body'
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
}

/**
 * A call without a documented answer.
 *
 * Neither the message nor a property holds a token, a password, a header or a body. `cause` is what `fetch`
 * threw, or a `SyntaxError` that doesn't quote the body.
 */
export class CallError extends Error implements FailedCall {
  override readonly name = 'CallError';
  readonly code: CallErrorCode;
  readonly operationId: string;
  readonly method: string;
  readonly url: string;
  declare readonly status?: number;

  constructor(code: CallErrorCode, call: FailedCall, what: string, cause?: unknown) {
    super(`${call.operationId}: ${call.method} ${call.url} ${what}`, { cause });
    this.code = code;
    this.operationId = call.operationId;
    this.method = call.method;
    this.url = call.url;
    if (call.status !== undefined) this.status = call.status;
  }
}

/**
 * Masks every query value of a URL: tokens travel there, and an error ends up in logs.
 */
export function maskQuery(url: string): string {
  return url.replace(/=[^&#]*/g, '=***');
}
