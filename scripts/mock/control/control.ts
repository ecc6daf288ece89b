import type { Oas3_1Definition } from '@redocly/openapi-core';
import { type DocumentedAnswer, listAnswers } from '../../spec/list-answers.ts';
import type { Prism } from '../prism.ts';
import { createOperationFinder, type FindOperation } from './find-operation.ts';
import { createForcedQueue, type ForcedQueue } from './forced.ts';
import { createJournal, type Journal } from './journal.ts';
import { listScenarios, type Scenario } from './list-scenarios.ts';
import { listSecretNames } from './list-secret-names.ts';

/** What a mock can be watched and steered by. */
export interface Control {
  journal: Journal;
  forced: ForcedQueue;
  answers: readonly DocumentedAnswer[];
  findOperation: FindOperation;
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
  return {
    journal,
    forced,
    answers,
    findOperation: createOperationFinder(document),
    listScenarios: (host) => listScenarios(prism, answers, `${scheme}://${host}`),
    reset: () => {
      journal.clear();
      forced.clear();
    },
  };
}
