import { isFormType, isJsonType } from '../../http/media-types.ts';
import {
  type Answer,
  type FindOperation,
  type RawRequest,
  rememberEach,
  shortenViolations,
  type Violation,
} from '../../http/message.ts';
import { groupValues } from '../engine/request.ts';
import type { Fault } from './forced.ts';

const hidden = '***';
const maxBodyLength = 4096;
// Of their JSON: a form can have thousands of them, and one can quote a name of any length.
const maxViolationsLength = 64 * 1024;

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
  /** All values of a parameter that is repeated. */
  query: Record<string, string | string[]>;
  headers: Record<string, string>;
  /** The text, at most 4096 characters of it; the fields of a form or of JSON with secrets hidden. */
  body: string;
  status: number;
  /** How the answer of that status went wrong on its way, where that was forced. */
  fault?: Fault;
  /** What Prism found wrong in the request or in the answer, at most 64 KiB of it. */
  violations: Violation[];
}

type Answered = Pick<Answer, 'status' | 'violations'>;

interface Exchange {
  id: number;
  time: Date;
  request: RawRequest;
  answer: Answered;
  fault: Fault | undefined;
  /** What is shown of it, once it was listed: to hide secrets takes a while, and a page lists them every second. */
  entry?: JournalEntry;
}

/** The last requests, and how they were answered. */
export interface Journal {
  add: (request: RawRequest, answer: Answered, fault?: Fault) => void;
  /** Oldest first. */
  list: () => JournalEntry[];
  clear: () => void;
}

/**
 * Keeps the last exchanges.
 *
 * @param findOperation asked when the journal is listed, since most of it never is
 * @param now the mock's clock
 * @param hide hides the secrets of a request; asked when the journal is listed, too
 * @param maxEntries default: 200; the oldest is forgotten first
 */
export function createJournal(
  findOperation: FindOperation,
  now: () => Date,
  hide: (request: RawRequest) => RawRequest = (request) => request,
  maxEntries = 200,
): Journal {
  let exchanges: Exchange[] = [];
  let count = 0;
  return {
    add: (request, answer, fault) => {
      count += 1;
      exchanges.push({
        id: count,
        time: now(),
        request: cutRequest(request),
        answer: cutAnswer(answer),
        fault,
      });
      if (exchanges.length > maxEntries) {
        exchanges.shift();
      }
    },
    list: () =>
      exchanges.map((exchange) => {
        exchange.entry ??= toEntry(exchange, hide, findOperation(exchange.request));
        // The caller's own, to change as it likes.
        return structuredClone(exchange.entry);
      }),
    clear: () => {
      exchanges = [];
    },
  };
}

// A copy of a part: the whole of a large body would stay in memory, and what was parsed of it.
function cutRequest({ method, target, headers, body }: RawRequest): RawRequest {
  const kept = body.length <= maxBodyLength ? body : Buffer.from(body.subarray(0, maxBodyLength));
  return { method, target, headers, body: kept };
}

const cutViolations = rememberEach((violations) => shortenViolations(violations, maxViolationsLength));

// Nothing else of it is shown.
function cutAnswer({ status, violations }: Answered): Answered {
  return { status, violations: violations && cutViolations(violations) };
}

function toEntry(
  { id, time, request, answer, fault }: Exchange,
  hide: (request: RawRequest) => RawRequest,
  operationId: string | undefined,
): JournalEntry {
  const shown = hide(request);
  const [path = '', ...search] = shown.target.split('?');
  const headers = Object.entries(shown.headers).map(([name, value]) => [name, String(value)]);
  return {
    id,
    at: time.toISOString(),
    ...(operationId === undefined ? {} : { operationId }),
    method: request.method,
    path,
    query: groupValues(new URLSearchParams(search.join('?'))),
    headers: Object.fromEntries(headers),
    body: showBody(shown.body.toString('utf8'), request.headers['content-type'] ?? ''),
    status: answer.status,
    ...(fault === undefined ? {} : { fault }),
    violations: [...(answer.violations ?? [])],
  };
}

function showBody(text: string, mediaType: string): string {
  if (isFormType(mediaType)) {
    return [...new URLSearchParams(text)].map(([name, value]) => `${name}=${value}`).join('&');
  }
  // Text of an unknown kind can hold anything, a form without its header for one, and so can JSON that is cut off.
  return text === '' || (isJsonType(mediaType) && isJson(text)) ? text : hidden;
}

function isJson(text: string): boolean {
  try {
    return JSON.parse(text) !== undefined;
  } catch {
    return false;
  }
}
