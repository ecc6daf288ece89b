import { STATUS_CODES } from 'node:http';
import type { Answer } from './answer.ts';

/** A request that is refused before Prism sees it, or a preference that Prism cannot follow. */
export class RequestProblem extends Error {
  override readonly name = 'RequestProblem';
  readonly status: number;
  readonly detail: string;

  constructor(status: number, detail: string, options?: ErrorOptions) {
    super(detail, options);
    this.status = status;
    this.detail = detail;
  }
}

/** The members that Prism's own errors carry. */
interface ProblemError extends Error {
  status: number;
  detail: string;
  additional?: Record<string, unknown> & { headers?: Record<string, string> };
}

/**
 * Turns whatever went wrong into a problem+json answer (RFC 9457).
 *
 * Prism's errors keep their type, title, status and further members; `additional.headers` become headers
 * of the answer. Anything else is a fault of the mock: 500, with the exception's name and message.
 */
export function toProblemAnswer(error: unknown): Answer {
  if (error instanceof RequestProblem) {
    const { status, detail } = error;
    // RFC 9457, section 4.2.1: with "about:blank" the title is the status's own phrase.
    return problemAnswer({ name: 'about:blank', message: STATUS_CODES[status] ?? 'Error', status, detail });
  }
  return isProblemError(error)
    ? problemAnswer(error)
    : toProblemAnswer(new RequestProblem(500, `Prism failed unexpectedly: ${String(error)}`));
}

/**
 * Runs what can refuse a request for a caller that has sent none: a `RequestProblem` becomes an `Error` with the same
 * sentence.
 */
export function refusePlainly<Result>(action: () => Result): Result {
  try {
    return action();
  } catch (error) {
    throw error instanceof RequestProblem ? new Error(error.detail) : error;
  }
}

function problemAnswer({ name, message, status, detail, additional }: ProblemError): Answer {
  const { headers, ...members } = additional ?? {};
  return {
    status,
    headers: { ...headers, 'content-type': 'application/problem+json' },
    body: JSON.stringify({ type: name, title: message, status, detail, ...members }),
  };
}

function isProblemError(error: unknown): error is ProblemError {
  return error instanceof Error && 'status' in error && typeof error.status === 'number' && 'detail' in error;
}
