import type { Answer } from '../answer.ts';
import { isFormType, isJsonType } from '../parse-body.ts';
import type { FindOperation, RawRequest } from '../raw-request.ts';
import type { Fault } from './forced.ts';

const hidden = '***';
const secretHeaders = new Set(['authorization', 'cookie', 'proxy-authorization']);
const maxBodyLength = 4096;

/** A request and how it was answered. Secrets read `***`. */
export interface JournalEntry {
  /** Counts from 1, and on after the journal was cleared. */
  id: number;
  /** When it was answered by the mock's clock, in ISO 8601. */
  at: string;
  /** Missing where the spec has no such operation. */
  operationId?: string;
  method: string;
  path: string;
  query: Record<string, string>;
  headers: Record<string, string>;
  /** The text, at most 4096 characters of it; the fields of a form or of JSON with secrets hidden. */
  body: string;
  status: number;
  /** How the answer of that status went wrong on its way, where that was forced. */
  fault?: Fault;
  /** What Prism found wrong in the request or in the answer. */
  violations: { location: string[]; severity: string; message: string }[];
}

interface Exchange {
  id: number;
  time: Date;
  request: RawRequest;
  answer: Answer;
  fault: Fault | undefined;
}

/** The last requests, and how they were answered. */
export interface Journal {
  add: (request: RawRequest, answer: Answer, fault?: Fault) => void;
  /** Oldest first. */
  list: () => JournalEntry[];
  clear: () => void;
}

/**
 * Keeps the last exchanges. What is secret by the spec is hidden when they are listed.
 *
 * @param secretNames of query parameters and body fields
 * @param findOperation asked when the journal is listed, since most of it never is
 * @param now the mock's clock
 * @param maxEntries default: 200; the oldest is forgotten first
 */
export function createJournal(
  secretNames: ReadonlySet<string>,
  findOperation: FindOperation,
  now: () => Date,
  maxEntries = 200,
): Journal {
  let exchanges: Exchange[] = [];
  let count = 0;
  return {
    add: (request, answer, fault) => {
      count += 1;
      exchanges.push({ id: count, time: now(), request: cutBody(request), answer, fault });
      if (exchanges.length > maxEntries) {
        exchanges.shift();
      }
    },
    list: () => exchanges.map((exchange) => toEntry(exchange, secretNames, findOperation(exchange.request))),
    clear: () => {
      exchanges = [];
    },
  };
}

// A copy of a part: the whole of a large body would stay in memory.
function cutBody(request: RawRequest): RawRequest {
  return request.body.length <= maxBodyLength
    ? request
    : { ...request, body: Buffer.from(request.body.subarray(0, maxBodyLength)) };
}

function toEntry(
  { id, time, request, answer, fault }: Exchange,
  secretNames: ReadonlySet<string>,
  operationId: string | undefined,
): JournalEntry {
  const [path = '', search = ''] = request.target.split('?', 2);
  const hide = (name: string, value: unknown): string => (secretNames.has(name) ? hidden : String(value));
  const headers = Object.entries(request.headers).map(([name, value]) => [
    name,
    secretHeaders.has(name) ? hidden : hide(name, value),
  ]);
  return {
    id,
    at: time.toISOString(),
    ...(operationId === undefined ? {} : { operationId }),
    method: request.method,
    path,
    query: Object.fromEntries(
      [...new URLSearchParams(search)].map(([name, value]) => [name, hide(name, value)]),
    ),
    headers: Object.fromEntries(headers),
    body: hideInBody(request, secretNames),
    status: answer.status,
    ...(fault === undefined ? {} : { fault }),
    violations: JSON.parse(answer.headers['sl-violations'] ?? '[]') as JournalEntry['violations'],
  };
}

function hideInBody({ body, headers }: RawRequest, secretNames: ReadonlySet<string>): string {
  const text = body.toString('utf8');
  const mediaType = headers['content-type'] ?? '';
  if (isFormType(mediaType)) {
    const fields = [...new URLSearchParams(text)];
    return fields.map(([name, value]) => `${name}=${secretNames.has(name) ? hidden : value}`).join('&');
  }
  if (!isJsonType(mediaType)) {
    // Text of an unknown kind can hold anything, a form without its header for one.
    return text === '' ? '' : hidden;
  }
  try {
    return JSON.stringify(JSON.parse(text), (name, value: unknown) =>
      secretNames.has(name) ? hidden : value,
    );
  } catch {
    return hidden;
  }
}
