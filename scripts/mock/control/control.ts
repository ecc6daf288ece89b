import { isIP } from 'node:net';
import type { Oas3_1Definition } from '@redocly/openapi-core';
import { type FindOperation, type RawRequest, RequestProblem } from '../../http/message.ts';
import type { ServerSettings } from '../../http/server.ts';
import {
  type AnswerCondition,
  type DocumentedAnswer,
  findFinalStatus,
  formatPreference,
  listAnswers,
} from '../../openapi/answers.ts';
import { createFindOperation } from '../../openapi/matcher.ts';
import { buildRequest, formatCurl } from '../engine/example-request.ts';
import { createTokenStore, type TokenStore } from '../sessions/tokens.ts';
import { type Clock, createClock } from './clock.ts';
import { createForcedQueue, type ForcedQueue } from './forced.ts';
import { createJournal, type Journal } from './journal.ts';
import { createTokenControl, type TokenControl } from './tokens.ts';

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
  tokenControl: TokenControl;
  /** Whether the tokens of requests are looked at. */
  isSimulated: boolean;
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
  /** Whether the tokens of requests are looked at. Default: false. */
  simulate?: boolean;
}

/**
 * Makes the control of one mock: two mocks share nothing.
 */
export function createControl(document: Oas3_1Definition, settings: ControlSettings = {}): Control {
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
    tokenControl: createTokenControl(document, tokens),
    isSimulated: settings.simulate ?? false,
    answers,
    findOperation,
    listScenarios: (host) => listScenarios(document, answers, `${scheme}://${host}`),
    reset: () => {
      journal.clear();
      forced.clear();
      tokens.clear();
      clock.reset();
    },
  };
}

/** Checks that a request may watch and steer the mock. */
type CheckAccess = (request: Pick<RawRequest, 'method' | 'headers'>) => void;

/**
 * Creates the check of requests to the mock's own paths. It refuses pages of other origins, and names that the mock is
 * not known by: a page can have its own name lead to this machine (DNS rebinding), and is of the mock's origin then.
 * A name that is an IP address leads nowhere else.
 *
 * The check throws a `RequestProblem` 403 that says how to get in.
 */
function createAccessCheck({ host = 'localhost', allowedHosts = [] }: ServerSettings): CheckAccess {
  const names = new Set(['localhost', host, ...allowedHosts].map((name) => name.toLowerCase()));
  return (request) => {
    checkHost(request.headers.host, names);
    checkOrigin(request);
  };
}

// Browsers always send one; a client of HTTP/1.0 need not.
function checkHost(host: string | undefined, names: ReadonlySet<string>): void {
  if (host === undefined) {
    return;
  }
  const name = URL.parse(`http://${host}`)?.hostname ?? '';
  if (!names.has(name) && isIP(name.replace(/^\[(.*)\]$/, '$1')) === 0) {
    throw new RequestProblem(
      403,
      `The request names the host ${JSON.stringify(host)}, which the mock does not know as its own. ` +
        'Use localhost, an IP address or the name given to --host, ' +
        'or start the mock with --allow-host NAME (allowedHosts of startMock and startProxy).',
    );
  }
}

function checkOrigin({ method, headers }: Pick<RawRequest, 'method' | 'headers'>): void {
  const { host, origin, 'sec-fetch-site': site = 'none', 'sec-fetch-dest': destination } = headers;
  // Only hosts are compared: behind a proxy that terminates TLS, the scheme is another one.
  const isOriginOwn = origin === undefined || URL.parse(origin)?.host === URL.parse(`http://${host}`)?.host;
  // A link on another page may lead to the mock's page: that page can't read what opens.
  const isLinkFollowed = method === 'GET' && origin === undefined && destination === 'document';
  if (!isOriginOwn || !(['same-origin', 'none'].includes(String(site)) || isLinkFollowed)) {
    throw new RequestProblem(
      403,
      `A page of ${origin ?? 'another origin'} cannot watch or steer the mock. ` +
        "Use the mock's own page at /__mock__/, or a program that sends no Origin header.",
    );
  }
}

/** An answer of the mock, and how to get it. */
interface Scenario {
  operationId: string;
  /** `POST /items` */
  operation: string;
  /** Of a range such as `4XX`, or of `default`, a code of it that the spec does not document by itself. */
  status: number;
  /** The name of the example. Missing where it has none. */
  example?: string;
  /** The state of the provider in which it answers so. */
  state?: string;
  /** What a request must hold for it, without `Prefer`. */
  condition?: AnswerCondition;
  /** A shell command that gets it. */
  curl: string;
}

/**
 * Lists all answers that a mock can give, in the order of the spec.
 *
 * @param origin of the mock, without a trailing slash
 */
function listScenarios(
  document: Oas3_1Definition,
  answers: readonly DocumentedAnswer[],
  origin: string,
): Scenario[] {
  return answers.flatMap((answer) => {
    const { place, example, state, condition } = answer;
    const status = findFinalStatus(answer);
    if (status === undefined) {
      return [];
    }
    const request = buildRequest(document, place);
    const headers: Record<string, string> = {
      ...(request.headers as Record<string, string>),
      prefer: formatPreference({ ...answer, status: String(status) }),
    };
    return [
      {
        operationId: place.operation.operationId ?? '',
        operation: `${place.method.toUpperCase()} ${place.path}`,
        status,
        ...(example?.name === undefined ? {} : { example: example.name }),
        ...(state === undefined ? {} : { state }),
        ...(condition === undefined ? {} : { condition }),
        curl: formatCurl(origin, { ...request, headers }),
      },
    ];
  });
}
