import type { IncomingHttpHeaders, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';

/**
 * Node's HTTP. An `import` of it reads all its exports, among them `WebSocket`, which loads Node's whole client: a fifth of
 * the time that a server takes to start.
 */
export const http: typeof import('node:http') = process.getBuiltinModule('node:http');

/** A request as it came over the wire, with its body read to the end. */
export interface RawRequest {
  method: string;
  /** The request target: `/path?query`, or an absolute URL. */
  target: string;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** The part of a request that says which operation it calls. */
export interface CalledRequest
  extends Pick<RawRequest, 'method' | 'target'>,
    Partial<Pick<RawRequest, 'headers'>> {
  /** The target, where it is parsed already; `null` for one that is neither a path nor a URL. */
  url?: URL | null;
}

/**
 * Parses a request target: a path, or a whole URL.
 *
 * @returns `null` for one that is neither
 */
export function parseTarget(target: string): URL | null {
  // Behind a host, a path such as `//` stays a path; `new URL('//', base)` takes it for a host and throws.
  return URL.parse(target.startsWith('/') ? `http://mock${target}` : target);
}

/** Finds the operationId of the operation that a request calls. */
export type FindOperation = (request: CalledRequest) => string | undefined;

/** Something in a request or in its answer that breaks the spec. */
export interface Violation {
  /** `request` or `response`, and the way to the part of it. */
  location: string[];
  /** `Error`, `Warning`, `Information` or `Hint`. */
  severity: string;
  code?: string | number | undefined;
  message: string;
}

/** Why a mock answers as it does. */
export interface Choice {
  /**
   * - `example`: nothing else decides, so the first example of the first success does
   * - `preferred`: the request names the answer, in `Prefer` or in its query
   * - `condition`: the request meets the `x-match` of the answer
   * - `matched`: the request equals the example that has the name of the answer's
   * - `invalid`: the request breaks the spec
   * - `forced`: somebody has forced the answer
   * - `simulated`: the simulation has issued fresh tokens, or has taken one
   * - `refused`: the simulation has refused the request; `reason` says why
   * - `undocumented`: the spec has no such operation
   */
  by:
    | 'example'
    | 'preferred'
    | 'condition'
    | 'matched'
    | 'invalid'
    | 'forced'
    | 'simulated'
    | 'refused'
    | 'undocumented';
  /** The name of the example, where one is named. */
  example?: string | undefined;
  reason?: string | undefined;
}

/** What the mock sends back. An empty `body` stays empty on the wire. */
export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: string;
  /** What `body` is the JSON of. Missing where it is of another media type, or no answer of the spec. */
  value?: unknown;
  /** All that break the spec. Missing where none does. */
  violations?: readonly Violation[] | undefined;
  /** Missing where it is no answer of a mock. */
  choice?: Choice | undefined;
  /** Who is signed in, where a simulation knows. */
  holder?: string | undefined;
}

/**
 * Makes a signal that aborts once an answer is written, or its client has gone.
 */
export function abortOnClose(response: ServerResponse): AbortSignal {
  const controller = new AbortController();
  response.once('close', () => controller.abort());
  if (response.destroyed) {
    controller.abort();
  }
  return controller.signal;
}

/** The header that tells a client what breaks the spec, as Prism's own server does. */
export const violationsHeader = 'sl-violations';

// Clients give up on long headers: Node's own refuses 16 KiB of them in all. Prism stops here, too.
const maxHeaderLength = 8 * 1024 - 100;

/**
 * Lists the headers of an answer as they go over the wire: its violations are one of them, a JSON array as short as
 * clients can take it.
 */
export function toWireHeaders({
  headers,
  violations,
}: Pick<Answer, 'headers' | 'violations'>): Answer['headers'] {
  return violations === undefined
    ? headers
    : { ...headers, [violationsHeader]: formatViolations(violations) };
}

const formatViolations = rememberEach(
  (violations) => `[${shortenViolations(violations, maxHeaderLength).map(toAsciiJson).join(',')}]`,
);

/**
 * Has a function called once for each list of violations: an answer that is remembered has the same list each time.
 */
export function rememberEach<Result extends {}>(
  find: (violations: readonly Violation[]) => Result,
): (violations: readonly Violation[]) => Result {
  const results = new WeakMap<readonly Violation[], Result>();
  return (violations) => {
    const known = results.get(violations);
    if (known !== undefined) {
      return known;
    }
    const result = find(violations);
    results.set(violations, result);
    return result;
  };
}

/**
 * Leaves out the last violations, where they are too many to be kept or told. A last entry says how many they were.
 *
 * @param maxLength of all of them, as JSON in ASCII
 */
export function shortenViolations(violations: readonly Violation[], maxLength: number): readonly Violation[] {
  let length = 0;
  const end = violations.findIndex((violation) => {
    length += toAsciiJson(violation).length + 1;
    return length > maxLength;
  });
  if (end === -1) {
    return violations;
  }
  const message = `${violations.length - end} more violations are left out.`;
  return [...violations.slice(0, end), { location: [], severity: 'Information', code: 'left-out', message }];
}

// A header holds ASCII; a violation can quote any name of a property.
function toAsciiJson(violation: Violation): string {
  return JSON.stringify(violation).replaceAll(
    /[^ -~]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/**
 * Writes an answer, unless the client has gone.
 *
 * @param further headers that don't belong to the answer itself, such as those of CORS
 */
export function writeAnswer(response: ServerResponse, answer: Answer, further: OutgoingHttpHeaders): void {
  if (response.destroyed || response.headersSent) {
    return;
  }
  // RFC 9110, section 8.6: no length with a 204 or a 304. With HEAD, Node would not count it by itself.
  const length = [204, 304].includes(answer.status)
    ? {}
    : { 'content-length': Buffer.byteLength(answer.body) };
  response.writeHead(answer.status, { ...length, ...toWireHeaders(answer), ...further });
  response.end(answer.body);
}

/** Prism's own limit: ten MiB. */
export const maxBodyBytes: number = 10 * 1024 * 1024;

/**
 * Reads a request's body to its end.
 *
 * What goes beyond the limit is read and thrown away: Node resets a connection with unread data, and the client
 * would not see the answer.
 *
 * @throws {RequestProblem} 413 for more than `maxBodyBytes`
 * @throws {Error} where the connection breaks before the end
 */
export function readBody(request: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  // Its events, since an iterator costs as much as all else that is done for a remembered answer.
  return new Promise((resolve, reject) => {
    request.on('error', reject);
    request.on('close', () => {
      if (!request.readableEnded) {
        reject(new Error('The connection broke before the end of the body.'));
      }
    });
    request.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length <= maxBodyBytes) {
        chunks.push(chunk);
      } else {
        chunks.length = 0;
      }
    });
    request.on('end', () => {
      if (length <= maxBodyBytes) {
        resolve(Buffer.concat(chunks));
      } else {
        reject(new RequestProblem(413, `The body has ${length} bytes, expected ${maxBodyBytes} at most.`));
      }
    });
  });
}

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
    return problemAnswer({
      name: 'about:blank',
      message: http.STATUS_CODES[status] ?? 'Error',
      status,
      detail,
    });
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
