import type { Oas3_1Definition } from '@redocly/openapi-core';
import { findOperation } from '../../spec/find-operation.ts';
import { type DocumentedAnswer, listAnswers } from '../../spec/list-answers.ts';
import { listOperations } from '../../spec/list-operations.ts';
import type { Prism } from '../prism.ts';
import type { RawRequest } from '../raw-request.ts';
import { createTokenStore, type TokenStore } from '../simulate/token-store.ts';
import { type Clock, createClock } from './clock.ts';
import { createForcedQueue, type ForcedQueue } from './forced.ts';
import { createJournal, type Journal } from './journal.ts';
import { listScenarios, type Scenario } from './list-scenarios.ts';
import { listSecretNames } from './list-secret-names.ts';

/** What a mock can be watched and steered by. */
export interface Control {
  journal: Journal;
  forced: ForcedQueue;
  /** What the journal and the life of tokens go by. */
  clock: Clock;
  /** What a simulation has handed out. */
  tokens: TokenStore;
  answers: readonly DocumentedAnswer[];
  /** Finds the operationId that a request is about. */
  findOperation: (request: Pick<RawRequest, 'method' | 'target'>) => string | undefined;
  /** Lists all answers, for the host that the client knows the mock by. */
  listScenarios: (host: string) => Scenario[];
  /** Forgets what is forced, what was journaled and all tokens, and puts the clock back. */
  reset: () => void;
}

/**
 * Makes the control of one mock: two mocks share nothing.
 */
export function createControl(document: Oas3_1Definition, prism: Prism, scheme: 'http' | 'https'): Control {
  const clock = createClock();
  const journal = createJournal(listSecretNames(document), clock.now);
  const tokens = createTokenStore(clock.now);
  const forced = createForcedQueue();
  const answers = listAnswers(document);
  const operations = listOperations(document);
  return {
    journal,
    forced,
    clock,
    tokens,
    answers,
    findOperation: ({ method, target }) =>
      findOperation(operations, { method: method.toLowerCase(), path: readPath(target) })?.operation
        .operationId,
    listScenarios: (host) => listScenarios(prism, answers, `${scheme}://${host}`),
    reset: () => {
      journal.clear();
      forced.clear();
      tokens.clear();
      clock.reset();
    },
  };
}

// As Prism sees it: of a whole URL the path, without dot segments, and each segment decoded.
function readPath(target: string): string {
  const url = URL.parse(target.startsWith('/') ? `http://mock${target}` : target);
  return (url?.pathname ?? '').split('/').map(decodeSegment).join('/');
}

function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
