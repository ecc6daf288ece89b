import { isIP } from 'node:net';
import type { Oas3_1Definition } from '@redocly/openapi-core';
import { type FindOperation, type RawRequest, RequestProblem } from '../../http/message.ts';
import type { ServerSettings } from '../../http/server.ts';
import { type DocumentedAnswer, listAnswers } from '../../openapi/answers.ts';
import { createFindOperation, createMatcher, type FindCall } from '../../openapi/matcher.ts';
import { listTokenKinds, readSessions, type TokenKind } from '../sessions/rules.ts';
import type { JournalMasks } from './journal.ts';
import {
  describeScenarios,
  listScenarios,
  type OperationSummary,
  type Scenario,
  type ScenarioDetails,
  summarizeOperations,
} from './scenarios.ts';

/** What a mock knows of its document, and who may watch it: the same for all of its worlds. */
export interface Control {
  /** Refuses a request that must not see or steer the mock. */
  checkAccess: CheckAccess;
  /** Whether the tokens of requests are looked at. */
  isSimulated: boolean;
  /** Lists the kinds of tokens that the document has. */
  listTokenKinds: () => readonly TokenKind[];
  answers: readonly DocumentedAnswer[];
  /** Finds the operationId that a request is about. */
  findOperation: FindOperation;
  masks: JournalMasks | undefined;
  /**
   * What is served.
   *
   * @param place host and path that the client knows the mock by, such as `127.0.0.1:4010`
   */
  describe: (place: string) => MockInfo;
  listOperations: () => OperationSummary[];
  /** Lists all answers. @param place as for `describe` */
  listScenarios: (place: string) => Scenario[];
  /** Lists the answers of one operation such as `POST /items`, with all that the spec says of them. */
  describeScenarios: (place: string, operation: string) => ScenarioDetails[];
  /** Whether the spec has a path, for any method. */
  hasPath: (path: string) => boolean;
}

/** What a mock serves, and how. */
export interface MockInfo {
  title: string;
  version: string;
  /** Of the mock or the world, without a trailing slash. */
  url: string;
  /** As it was named: a path or a URL. */
  specFile: string;
  modes: ('simulate' | 'dynamic' | 'errors')[];
  /** What is not as OpenAPI has it in the spec, a line each, at most 100 of them. */
  warnings: string[];
  warningCount: number;
}

/** What a control says of its mock. */
type About = Pick<MockInfo, 'specFile' | 'modes' | 'warnings' | 'warningCount'>;

/** How a mock is served, and what its journals hide. */
interface ControlSettings extends ServerSettings {
  about?: About | undefined;
  /** Hide secrets when a journal is listed. Default: they are hidden already. */
  masks?: JournalMasks;
  /** Whether the tokens of requests are looked at. Default: false. */
  simulate?: boolean;
}

/**
 * Makes the control of one mock: two mocks share nothing.
 */
export function createControl(document: Oas3_1Definition, settings: ControlSettings = {}): Control {
  const scheme = settings.tls === undefined ? 'http' : 'https';
  const answers = listAnswers(document);
  let findCall: FindCall | undefined;
  let tokenKinds: readonly TokenKind[] | undefined;
  const { about = { specFile: '', modes: [], warnings: [], warningCount: 0 } satisfies About } = settings;
  return {
    checkAccess: createAccessCheck(settings),
    isSimulated: settings.simulate ?? false,
    listTokenKinds: () => {
      // When they are asked for: a mock that nobody steers starts sooner without.
      tokenKinds ??= listTokenKinds(readSessions(document));
      return tokenKinds;
    },
    answers,
    findOperation: createFindOperation(document),
    masks: settings.masks,
    describe: (place) => ({
      title: document.info?.title ?? '',
      version: document.info?.version ?? '',
      url: `${scheme}://${place}`,
      ...about,
    }),
    listOperations: () => summarizeOperations(document, answers),
    listScenarios: (place) => listScenarios(document, answers, `${scheme}://${place}`),
    describeScenarios: (place, operation) =>
      describeScenarios(document, answers, `${scheme}://${place}`, operation),
    hasPath: (path) => {
      findCall ??= createMatcher(document);
      return findCall({ path }) !== undefined;
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
