import type { Oas3_1Definition } from '@redocly/openapi-core';
import { findOperation } from '../../spec/find-operation.ts';
import { type DocumentedAnswer, listAnswers } from '../../spec/list-answers.ts';
import { listOperations } from '../../spec/list-operations.ts';
import type { Prism } from '../prism.ts';
import type { RawRequest } from '../read-request.ts';
import { createForcedQueue, type ForcedQueue } from './forced.ts';
import { createJournal, type Journal } from './journal.ts';
import { listScenarios, type Scenario } from './list-scenarios.ts';
import { listSecretNames } from './list-secret-names.ts';

/** What a mock can be watched and steered by. */
export interface Control {
  journal: Journal;
  forced: ForcedQueue;
  answers: readonly DocumentedAnswer[];
  /** Finds the operationId that a request is about. */
  findOperation: (request: Pick<RawRequest, 'method' | 'target'>) => string | undefined;
  /** Lists all answers, for the host that the client knows the mock by. */
  listScenarios: (host: string) => Scenario[];
  /** Forgets what is forced and what was journaled. */
  reset: () => void;
}

/**
 * Makes the control of one mock: two mocks share nothing.
 */
export function createControl(document: Oas3_1Definition, prism: Prism, scheme: 'http' | 'https'): Control {
  const journal = createJournal(listSecretNames(document));
  const forced = createForcedQueue();
  const answers = listAnswers(document);
  const operations = listOperations(document);
  return {
    journal,
    forced,
    answers,
    findOperation: ({ method, target }) =>
      findOperation(operations, { method: method.toLowerCase(), path: target.split('?')[0] ?? '' })?.operation
        .operationId,
    listScenarios: (host) => listScenarios(prism, answers, `${scheme}://${host}`),
    reset: () => {
      journal.clear();
      forced.clear();
    },
  };
}
