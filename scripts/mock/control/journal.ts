import { isFormType, isJsonType } from '../../http/media-types.ts';
import {
  type Answer,
  type Choice,
  type FindOperation,
  type RawRequest,
  rememberEach,
  shortenViolations,
  type Violation,
} from '../../http/message.ts';
import { groupValues } from '../engine/request.ts';
import { type Fault, sendsStatus } from './forced.ts';

const hidden = '***';
const maxBodyLength = 4096;
// Of an answer, which is kept as it is anyway as a rule: what is remembered of answers is the same text.
const maxAnswerLength = 16 * 1024;
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
  /** Missing where a fault has kept it from the client. */
  status?: number;
  /** How the answer went wrong on its way, where that was forced. */
  fault?: Fault;
  /** What the client had to wait for the answer, in milliseconds. Missing where nobody has measured it. */
  durationMs?: number;
  /** Why the mock answered so. A proxy does not choose. */
  choice?: Choice;
  /** The answer of a mock, with secrets hidden. Missing where a fault has kept it from the client. */
  answer?: JournalAnswer;
  /** What Prism found wrong in the request or in the answer, at most 64 KiB of it. */
  violations: Violation[];
  /** The name or the id of the world that it was sent to. Only in the list of all worlds. */
  world?: string;
}

/** An answer as a journal shows it. */
export interface JournalAnswer {
  headers: Record<string, string>;
  /** The text, with secrets hidden: `***` for what is neither a form nor JSON. Missing where it is longer than 16 KiB. */
  body?: string;
  /** Of the whole body, in characters. */
  bodyLength: number;
}

type Answered = Pick<Answer, 'status' | 'violations'> & Partial<Answer>;

/** What is known of an exchange beside its request and its answer. */
interface Further {
  fault?: Fault | undefined;
  durationMs?: number;
  choice?: Choice | undefined;
  world?: string;
}

/** The part of an answer that is shown. */
type Kept = Pick<Answered, 'status' | 'violations'> & { shown?: JournalAnswer };

interface Exchange {
  id: number;
  time: Date;
  request: RawRequest;
  answer: Kept;
  further: Further;
  /** What is shown of it, once it was listed: to hide secrets takes a while, and a page lists them every second. */
  entry?: JournalEntry;
}

/** How the secrets of an exchange are hidden. */
export interface JournalMasks {
  /** Hides those of a request. */
  request: (request: RawRequest) => RawRequest;
  /** Hides those of a request in a text that quotes it. */
  quotes: (text: string, request: RawRequest) => string;
}

/** The last requests, and how they were answered. */
export interface Journal {
  add: (request: RawRequest, answer: Answered, further?: Further) => void;
  /** Oldest first, all or those with an id above that one. */
  list: (after?: number) => JournalEntry[];
  /** The id of the last request, also of one that is forgotten. 0 before the first. */
  lastId: () => number;
  clear: () => void;
}

/**
 * Keeps the last exchanges.
 *
 * @param findOperation asked when the journal is listed, since most of it never is
 * @param now the mock's clock
 * @param masks hide secrets; asked when the journal is listed, too
 * @param maxEntries default: 200; the oldest is forgotten first
 */
export function createJournal(
  findOperation: FindOperation,
  now: () => Date,
  masks: JournalMasks = { request: (request) => request, quotes: (text) => text },
  maxEntries = 200,
): Journal {
  let exchanges: Exchange[] = [];
  let count = 0;
  return {
    add: (request, answer, further = {}) => {
      count += 1;
      exchanges.push({
        id: count,
        time: now(),
        request: cutRequest(request),
        answer: cutAnswer(answer),
        further,
      });
      if (exchanges.length > maxEntries) {
        exchanges.shift();
      }
    },
    list: (after = 0) =>
      exchanges
        .filter(({ id }) => id > after)
        .map((exchange) => {
          exchange.entry ??= toEntry(exchange, masks, findOperation(exchange.request));
          // The caller's own, to change as it likes.
          return structuredClone(exchange.entry);
        }),
    lastId: () => count,
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

function cutAnswer({ status, violations, headers, body }: Answered): Kept {
  const shown = headers === undefined || body === undefined ? undefined : { headers, ...keepBody(body) };
  return {
    status,
    violations: violations && cutViolations(violations),
    ...(shown === undefined ? {} : { shown }),
  };
}

function keepBody(body: string): Omit<JournalAnswer, 'headers'> {
  const bodyLength = body.length;
  return bodyLength > maxAnswerLength ? { bodyLength } : { body, bodyLength };
}

function toEntry(
  { id, time, request, answer, further: { fault, ...further } }: Exchange,
  masks: JournalMasks,
  operationId: string | undefined,
): JournalEntry {
  const shown = masks.request(request);
  const [path = '', ...search] = shown.target.split('?');
  const isSent = sendsStatus(fault);
  return {
    id,
    at: time.toISOString(),
    ...(operationId === undefined ? {} : { operationId }),
    method: request.method,
    path,
    query: groupValues(new URLSearchParams(search.join('?'))),
    headers: joinHeaders(shown),
    body: showBody(shown.body.toString('utf8'), request.headers['content-type'] ?? ''),
    ...(isSent ? { status: answer.status } : {}),
    ...(fault === undefined ? {} : { fault }),
    ...(further.durationMs === undefined ? {} : { durationMs: Math.round(further.durationMs * 10) / 10 }),
    ...(further.choice === undefined ? {} : { choice: further.choice }),
    ...(isSent && answer.shown !== undefined ? { answer: hideAnswer(request, answer.shown, masks) } : {}),
    violations: [...(answer.violations ?? [])],
    ...(further.world === undefined ? {} : { world: further.world }),
  };
}

// Whatever finds the secrets of a request finds those of its answer. A problem can quote the request.
function hideAnswer(
  request: RawRequest,
  { headers, body = '', bodyLength }: JournalAnswer,
  masks: JournalMasks,
): JournalAnswer {
  const mediaType = headers['content-type'] ?? '';
  const text = mediaType === 'application/problem+json' ? masks.quotes(body, request) : body;
  const shown = masks.request({ ...request, target: '/', headers, body: Buffer.from(text) });
  const isKept = body.length === bodyLength;
  return {
    headers: joinHeaders(shown),
    ...(isKept ? { body: showBody(shown.body.toString('utf8'), mediaType) } : {}),
    bodyLength,
  };
}

function joinHeaders({ headers }: RawRequest): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
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
