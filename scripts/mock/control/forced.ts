import { RequestProblem } from '../problem.ts';
import type { CalledRequest, FindOperation } from '../raw-request.ts';

// Each call looks through all of them.
const maxForced = 1000;

/** How an answer can go wrong on its way. */
export const faults = ['connection-reset', 'empty-answer', 'truncated-body', 'never-answers'] as const;

/** One of them. */
export type Fault = (typeof faults)[number];

/** What the next calls of an operation are answered with, whatever they ask for. */
export interface Forced {
  operationId: string;
  /** Default: what the mock would answer anyway, or the first that the spec documents the example for. */
  status?: number;
  /** The name of an example, of that status where one is named. */
  example?: string;
  /** How long the answer is held back, in milliseconds. Default: 0. */
  latencyMs?: number;
  fault?: Fault;
  /** For how many calls. Default: 1. */
  times?: number;
}

/** What is forced, until it is used up. */
export interface ForcedQueue {
  add: (forced: Forced) => void;
  /** Takes one call of what is forced for the operation of a request, the oldest first. */
  take: (request: CalledRequest) => Forced | undefined;
  /** What is left, with the calls that are left. */
  list: () => Required<Pick<Forced, 'operationId' | 'times'>>[];
  clear: () => void;
}

/**
 * Makes an empty queue.
 */
export function createForcedQueue(findOperation: FindOperation): ForcedQueue {
  let queue: (Forced & { times: number })[] = [];
  return {
    add: (forced) => {
      if (queue.length >= maxForced) {
        throw new RequestProblem(
          409,
          `Cannot force an answer: ${maxForced} are forced already, which is the limit. ` +
            'Clear them with reset or DELETE /__mock__/forced.',
        );
      }
      queue.push({ ...forced, times: forced.times ?? 1 });
    },
    take: (request) => {
      if (queue.length === 0) {
        return undefined;
      }
      const operationId = findOperation(request);
      const forced = queue.find((one) => one.operationId === operationId);
      if (forced !== undefined) {
        forced.times -= 1;
        queue = queue.filter(({ times }) => times > 0);
      }
      return forced;
    },
    list: () => queue.map((forced) => ({ ...forced })),
    clear: () => {
      queue = [];
    },
  };
}
