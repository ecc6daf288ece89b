import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';
import {
  type Answer,
  type CalledRequest,
  type FindOperation,
  RequestProblem,
  toProblemAnswer,
  toWireHeaders,
} from '../../http/message.ts';
import { type DocumentedAnswer, findFinalStatus, isSentWith } from '../../openapi/answers.ts';
import type { Preference } from '../engine/request.ts';
import { createShapeCheck } from './shape.ts';

// Each call looks through all of them.
const maxForced = 1000;

// What any server can answer, whether its spec says so or not.
const outages: readonly number[] = [429, 500, 502, 503, 504];

/** How an answer can go wrong on its way. */
const faults = ['connection-reset', 'empty-answer', 'truncated-body', 'never-answers'] as const;

/** One of them. */
export type Fault = (typeof faults)[number];

/** What the next calls of an operation are answered with, whatever they ask for. */
export interface Forced {
  operationId: string;
  /**
   * Default: what the mock would answer anyway, or the first that the spec documents the example for. 429, 500, 502, 503
   * and 504 need not be documented.
   */
  status?: number;
  /** The name of an example, of that status where one is named. */
  example?: string;
  /** How long the answer is held back, in milliseconds. Default: 0. */
  latencyMs?: number;
  fault?: Fault;
  /** What the header `Retry-After` of the answer says. Default: no such header. */
  retryAfterSeconds?: number;
  /** For how many calls, or `always`, until a reset. Default: 1. */
  times?: number | 'always';
}

/** What is forced, with an id to undo it by, and the calls that are left. */
export interface ForcedEntry extends Forced {
  /** Counts from 1. */
  id: number;
  times: number | 'always';
}

/** What is forced, until it is used up. */
export interface ForcedQueue {
  /** Adds to it. What is forced for all calls takes the place of what was so before, for the same operation. */
  add: (forced: Forced) => ForcedEntry;
  /**
   * Takes one call of what is forced for the operation of a request: the oldest first, and what is forced for all calls
   * last.
   */
  take: (request: CalledRequest) => Forced | undefined;
  /** What is left, with the calls that are left. */
  list: () => ForcedEntry[];
  /** Removes one. Tells whether there was such a one. */
  remove: (id: number) => boolean;
  clear: () => void;
}

/**
 * Makes an empty queue.
 */
export function createForcedQueue(findOperation: FindOperation): ForcedQueue {
  let queue: ForcedEntry[] = [];
  let count = 0;
  return {
    add: (forced) => {
      if (queue.length >= maxForced) {
        throw new RequestProblem(
          409,
          `Cannot force an answer: ${maxForced} are forced already, which is the limit. ` +
            'Clear them with reset or DELETE /__mock__/forced.',
        );
      }
      count += 1;
      const entry = { ...forced, id: count, times: forced.times ?? 1 };
      queue = [...queue.filter((one) => !isReplaced(one, entry)), entry];
      return { ...entry };
    },
    take: (request) => {
      if (queue.length === 0) {
        return undefined;
      }
      const operationId = findOperation(request);
      const own = queue.filter((one) => one.operationId === operationId);
      const forced = own.find(({ times }) => times !== 'always') ?? own[0];
      if (forced !== undefined && forced.times !== 'always') {
        forced.times -= 1;
        queue = queue.filter(({ times }) => times !== 0);
      }
      return forced;
    },
    list: () => queue.map((forced) => ({ ...forced })),
    remove: (id) => {
      const { length } = queue;
      queue = queue.filter((forced) => forced.id !== id);
      return queue.length < length;
    },
    clear: () => {
      queue = [];
    },
  };
}

function isReplaced(one: ForcedEntry, by: ForcedEntry): boolean {
  return one.operationId === by.operationId && one.times === 'always' && by.times === 'always';
}

const checkShape = createShapeCheck<Forced>('force an answer', {
  required: ['operationId'],
  properties: {
    operationId: { type: 'string', description: 'the operationId of an operation' },
    status: { type: 'integer', minimum: 200, maximum: 599, description: 'a status from 200 to 599' },
    example: { type: 'string', description: 'the name of an example' },
    latencyMs: {
      type: 'integer',
      minimum: 0,
      maximum: 60_000,
      description: 'whole milliseconds from 0 to 60000',
    },
    fault: { enum: faults, description: `one of ${faults.join(', ')}` },
    retryAfterSeconds: {
      type: 'integer',
      minimum: 0,
      maximum: 86_400,
      description: 'whole seconds from 0 to 86400',
    },
    times: {
      oneOf: [{ type: 'integer', minimum: 1, maximum: 1_000_000 }, { const: 'always' }],
      description: 'a number from 1 to 1000000 or "always"',
    },
  },
});

/**
 * Reads what a caller wants forced. An example without a status gets the first that the spec documents it for.
 *
 * @throws {RequestProblem} 422 for another shape, and 404 for an operation or an answer that the spec does not document
 */
export function readForced(value: unknown, answers: readonly DocumentedAnswer[]): Forced {
  const forced = checkShape(value);
  const { operationId, status, example } = forced;
  const own = answers.filter(({ place }) => place.operation.operationId === operationId);
  if (own.length === 0) {
    const names = new Set(answers.map(({ place }) => place.operation.operationId));
    throw new RequestProblem(
      404,
      `Cannot force an answer: the spec has no operation "${operationId}". ` +
        `Use one of its operationIds: ${[...names].join(', ')}.`,
    );
  }
  const found = own.find((answer) => isAskedFor(answer, forced));
  if (found === undefined && isOutage(forced)) {
    return forced;
  }
  if (found === undefined) {
    throw new RequestProblem(
      404,
      `Cannot force an answer of ${operationId}: the spec has none with ${describe(forced)}. ` +
        `Use one of these: ${own.map((answer) => [answer.status, answer.example?.name].join(' ').trim()).join('; ')}. ` +
        `Any operation can be forced to ${outages.join(', ')}, without an example.`,
    );
  }
  return example === undefined || status !== undefined
    ? forced
    : { ...forced, status: findFinalStatus(found) ?? Number(found.status) };
}

function isOutage({ status = 0, example }: Forced): boolean {
  return outages.includes(status) && example === undefined;
}

/**
 * Makes the answer that is forced, where the spec does not document its status: a problem of RFC 9457.
 */
export function makeOutage(forced: Forced, answers: readonly DocumentedAnswer[]): Answer | undefined {
  const { operationId, status = 0 } = forced;
  const isDocumented = answers.some(
    (answer) => answer.place.operation.operationId === operationId && isSentWith(answer, status),
  );
  return isDocumented || !isOutage(forced)
    ? undefined
    : toProblemAnswer(
        new RequestProblem(status, 'The mock was told to answer so. The spec does not document it.'),
      );
}

function isAskedFor(answer: DocumentedAnswer, { status, example }: Forced): boolean {
  const hasStatus = status === undefined || isSentWith(answer, status);
  return hasStatus && (example === undefined || answer.example?.name === example);
}

function describe({ status, example }: Forced): string {
  const parts = [
    ...(status === undefined ? [] : [`status ${status}`]),
    ...(example === undefined ? [] : [`example "${example}"`]),
  ];
  return parts.join(' and ');
}

/**
 * Says which answer is forced. `undefined` where that is left to the request.
 */
export function preferForced({
  status,
  example,
}: Pick<Forced, 'status' | 'example'>): Preference | undefined {
  return status === undefined && example === undefined ? undefined : { status, example };
}

/**
 * Tells whether a status reaches the client in spite of a fault.
 */
export function sendsStatus(fault: Fault | undefined): boolean {
  return fault === undefined || fault === 'truncated-body';
}

/**
 * Lets an answer go wrong on its way, so that a client can be tried with it.
 *
 * @param further headers that don't belong to the answer itself, such as those of CORS
 */
export function writeFault(
  response: ServerResponse,
  answer: Answer,
  further: OutgoingHttpHeaders,
  fault: Fault,
): void {
  const { socket } = response;
  switch (fault) {
    case 'connection-reset':
      socket?.resetAndDestroy();
      break;
    case 'empty-answer':
      socket?.end();
      break;
    case 'truncated-body':
      response.writeHead(answer.status, {
        ...toWireHeaders(answer),
        ...further,
        'content-length': Buffer.byteLength(answer.body) + 1,
      });
      response.write(answer.body.slice(0, Math.floor(answer.body.length / 2)), () => socket?.destroy());
      break;
    case 'never-answers':
      // Closing the mock cuts the connection.
      break;
  }
}
