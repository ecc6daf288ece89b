import type { WireAnswer, WireRequest } from './exchange.ts';

/** Where Prism's issues are. */
export const tracker = 'https://github.com/stoplightio/prism/issues';

/** The statuses of any answer but a fault of the mock. */
export const finalStatuses: readonly number[] = [200, 204, 302, 400, 401, 404, 405, 406, 415, 422];

/** What is seen of an answer: its status is one of these, and these headers and the body match. */
export interface Sight {
  statuses: readonly number[];
  headers?: Readonly<Record<string, RegExp>>;
  body?: RegExp;
}

/** What one side does, in words for a table, and how that looks on the wire. */
export interface Behaviour<Seen> {
  does: string;
  seen: Seen;
}

/** One way in which the mock differs from plain Prism, on purpose. */
export interface Difference {
  /** In kebab-case. */
  name: string;
  /** The spec that shows it. Default: the toolkit's own. */
  spec?: string;
  /** Whether a request to the toolkit's own spec can meet it. */
  concerns: (request: WireRequest) => boolean;
  /** The headers that differ. Default: anything does, status and body too. */
  headers?: readonly string[];
  /** Requests that show it. */
  samples: readonly WireRequest[];
  /** The process of Prism can die, and the client can wait forever. Such requests are sent as samples only. */
  prism: Behaviour<Sight | 'dies' | 'hangs'>;
  mock: Behaviour<Sight>;
  reason: string;
  /** The issue or the pull request of Prism that is about it, where one was found. */
  issue?: string;
}

/** A request, and how both sides answered it. */
export interface Exchanged {
  request: WireRequest;
  ofPrism: WireAnswer;
  ofMock: WireAnswer;
}

/** Names what differs between two answers: `status`, `body`, or a header. */
export function findDifferingParts(prism: WireAnswer, mock: WireAnswer): string[] {
  if (prism === 'none' || mock === 'none') {
    return prism === mock ? [] : ['status', 'body'];
  }
  const headers = new Set([...Object.keys(prism.headers), ...Object.keys(mock.headers)]);
  return [
    ...(prism.status === mock.status ? [] : ['status']),
    ...(prism.body === mock.body ? [] : ['body']),
    ...[...headers].filter((name) => !isOfConnection(name) && prism.headers[name] !== mock.headers[name]),
  ];
}

// RFC 9110, section 7.6.1: these are about one connection, or about the time of day.
function isOfConnection(name: string): boolean {
  return ['connection', 'date', 'keep-alive', 'transfer-encoding'].includes(name);
}

/** Whether the answer to a request looks so. One to HEAD has no body to look at. */
export function isSeen(
  { method }: WireRequest,
  answer: WireAnswer,
  { statuses, headers = {}, body = /(?:)/ }: Sight,
): boolean {
  return (
    answer !== 'none' &&
    statuses.includes(answer.status) &&
    (method === 'HEAD' || body.test(answer.body)) &&
    Object.entries(headers).every(([name, pattern]) => pattern.test(answer.headers[name] ?? ''))
  );
}

/** Whether a difference accounts for one part of two answers. */
export function explains(
  { concerns, headers, prism, mock }: Difference,
  part: string,
  { request, ofPrism, ofMock }: Exchanged,
): boolean {
  return (
    typeof prism.seen === 'object' &&
    (headers === undefined || headers.includes(part)) &&
    concerns(request) &&
    isSeen(request, ofPrism, prism.seen) &&
    isSeen(request, ofMock, mock.seen)
  );
}
