import type { Oas3_1Definition } from '@redocly/openapi-core';
import { type DocumentedAnswer, listAnswers } from '../../spec/list-answers.ts';
import type { ServerSettings } from '../open-server.ts';
import type { Prism } from '../prism.ts';
import type { FindOperation, RawRequest } from '../raw-request.ts';
import { createTokenStore, type TokenStore } from '../simulate/token-store.ts';
import { type CheckAccess, createAccessCheck } from './access.ts';
import { type Clock, createClock } from './clock.ts';
import { createFindOperation } from './find-operation.ts';
import { createForcedQueue, type ForcedQueue } from './forced.ts';
import { createJournal, type Journal } from './journal.ts';
import { listScenarios, type Scenario } from './list-scenarios.ts';

/** What a mock can be watched and steered by. */
export interface Control {
  /** Refuses a request that must not see or steer the mock. */
  checkAccess: CheckAccess;
  journal: Journal;
  forced: ForcedQueue;
  /** What the journal and the life of tokens go by. */
  clock: Clock;
  /** What a simulation has handed out. */
  tokens: TokenStore;
  answers: readonly DocumentedAnswer[];
  /** Finds the operationId that a request is about. */
  findOperation: FindOperation;
  /** Lists all answers, for the host that the client knows the mock by. */
  listScenarios: (host: string) => Scenario[];
  /** Forgets what is forced, what was journaled and all tokens, and puts the clock back. */
  reset: () => void;
}

/** How a mock is served, and what its journal hides. */
interface ControlSettings extends ServerSettings {
  /** Hides the secrets of a request when the journal is listed. Default: they are hidden already. */
  hide?: (request: RawRequest) => RawRequest;
}

/**
 * Makes the control of one mock: two mocks share nothing.
 */
export function createControl(
  document: Oas3_1Definition,
  prism: Prism,
  settings: ControlSettings = {},
): Control {
  const scheme = settings.tls === undefined ? 'http' : 'https';
  const findOperation = createFindOperation(document);
  const clock = createClock();
  const journal = createJournal(findOperation, clock.now, settings.hide);
  const tokens = createTokenStore(clock.now);
  const forced = createForcedQueue(findOperation);
  const answers = listAnswers(document);
  return {
    checkAccess: createAccessCheck(settings),
    journal,
    forced,
    clock,
    tokens,
    answers,
    findOperation,
    listScenarios: (host) => listScenarios(prism, answers, `${scheme}://${host}`),
    reset: () => {
      journal.clear();
      forced.clear();
      tokens.clear();
      clock.reset();
    },
  };
}
