import type { Oas3_1Definition } from '@redocly/openapi-core';
import type { createInstance, IHttpRequest, IHttpResponse } from '@stoplight/prism-http';
import { findContent } from '../../http/media-types.ts';
import { findResponse } from '../../openapi/answers.ts';
import {
  type CalledPath,
  createMatcher,
  createPathCutter,
  type FindCall,
  needsMoreThanPath,
} from '../../openapi/matcher.ts';
import { methods } from '../../openapi/operations.ts';
import { hasSlowPattern, runLimited } from '../../openapi/time-limit.ts';
import { createAnswerMatcher, renderPreferred } from './choose.ts';
import {
  type Components,
  loadPrismBundle,
  type Operation,
  type Parts,
  type Prism,
  type PrismResult,
  type Render,
} from './library.ts';
import { createOperationLoader, type OperationLoader } from './operation-loader.ts';
import { fitResponses, guardRequests, refuseThrown } from './operations.ts';
import { rememberParts } from './remember.ts';
import type { AskedRequest } from './request.ts';

/**
 * Creates Prism for an OpenAPI document, which stays as it is. It is loaded with the first request, and each operation
 * when it is first asked for: a document can have thousands.
 *
 * @param compiled all operations, where Prism has read them before
 */
export function createPrism(document: Oas3_1Definition, compiled?: readonly Operation[]): Prism {
  const findCall = createMatcher(document);
  const toOwnPath = createPathCutter(document, findCall);
  const operations = createOperationLoader(document, compiled);
  let loading: Promise<Core> | undefined;
  let core: Core | undefined;
  const load = async (): Promise<Core> => {
    loading ??= loadCore(document, operations, findCall);
    core = await loading;
    return core;
  };
  return {
    document,
    operations: operations.loaded,
    ask: async (request) => {
      const { find, answer } = core ?? (await load());
      const own = toOwnPath(request);
      const found = find(own);
      if (found._tag === 'Left') {
        return found;
      }
      const result = await answer(own, operations.find(found.right) ?? (await operations.load(found.right)));
      if (own.choice !== undefined) {
        request.choice = own.choice;
      }
      return result;
    },
    judge: async (request, answered) => {
      const { find, judge } = core ?? (await load());
      const own = toOwnPath(request);
      const found = find(own);
      return found._tag === 'Left' ? found : judge(own, await operations.load(found.right), answered);
    },
    findMedia: (request, status, mediaType) => {
      const call = findCall(toCalled(request));
      const response = call && findResponse(document, call.place.operation, status);
      return response?.content && findContent(response.content, mediaType);
    },
    findMethods: async (request) => {
      const { find } = core ?? (await load());
      const own = toOwnPath(request);
      return methods.filter((method) => find({ ...own, method })._tag === 'Right');
    },
  };
}

/** Prism's parts, as they are put together for one document. */
interface Core {
  /** Finds the operation that a request calls, as far as the router knows it. */
  find: (request: IHttpRequest) => ReturnType<Parts['route']>;
  answer: (request: AskedRequest, operation: Operation) => Promise<PrismResult>;
  judge: (request: IHttpRequest, operation: Operation, answer: IHttpResponse) => Promise<PrismResult>;
}

async function loadCore(
  document: Oas3_1Definition,
  { stubs }: OperationLoader,
  findCall: FindCall,
): Promise<Core> {
  const { createInstance } = await loadPrismBundle();
  const components: Components = { logger: createSilentLogger() };
  const instance = createInstance(createConfig(), components);
  // Prism adds its own parts to the object that it is given, and looks them up there with every request.
  const { route, mock, validateInput, validateOutput } = components;
  if (!route || !mock || !validateInput || !validateOutput) {
    throw new Error('This version of Prism keeps its parts to itself, expected them in its components.');
  }
  const findOwn = createRoute(route, findCall, stubs);
  const limit = hasSlowPattern(document) ? limitPattern : <Result>(action: () => Result): Result => action();
  const judgeOutput = fitResponses((options) => limit(() => validateOutput(options)));
  const remembered = rememberParts({
    route: findOwn,
    mock: (options) => (logger) => limit(() => mock(options)(logger)),
    validateOutput: refuseThrown('response', judgeOutput),
  });
  // Routes are remembered by their paths.
  const find = needsMoreThanPath(document) ? findOwn : remembered.route;
  const matchAnswer = createAnswerMatcher(document);
  const limitedInput = guardRequests((options) => limit(() => validateInput(options)));
  const render: Render = (options) => renderPreferred(remembered.mock, options, matchAnswer);
  Object.assign(components, remembered, { mock: render, validateInput: limitedInput, route: routeToFirst });
  return {
    find: (input) => find({ resources: stubs as Operation[], input }),
    // A config of its own for each request: Prism writes the request's Accept into it.
    answer: (request, operation) => instance.request(request, [operation], createConfig())(),
    // Prism's validation proxy, with what was answered already in place of the part that forwards.
    judge: (request, operation, answer) => {
      const forward = () => () => async () => ({ _tag: 'Right' as const, right: answer });
      const { logger, validateInput: judgeInput } = components;
      const own = {
        logger,
        forward,
        validateInput: judgeInput,
        validateOutput: judgeOutput,
        route: routeToFirst,
      };
      const proxy = createInstance(createProxyConfig(), own as Components);
      return proxy.request(request, [operation])();
    },
  };
}

// The operation is found and read before Prism is asked.
function routeToFirst({ resources: [operation] }: Parameters<Parts['route']>[0]): ReturnType<Parts['route']> {
  return { _tag: 'Right', right: operation as Operation };
}

// Of a text that is valid, or invalid in another way, an expression is done in milliseconds.
const patternLimitMs = 1000;

/** @throws {Error} where an expression takes too long, which would hold up all other requests */
function limitPattern<Result>(action: () => Result): Result {
  try {
    return runLimited(action, patternLimitMs);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') {
      throw error;
    }
    const message = `a pattern of the spec takes more than ${patternLimitMs / 1000} s on a value`;
    throw new Error(message, { cause: error });
  }
}

// Prism takes the last of several templates that fit, and `/{id}.pdf` for a part of a segment. What no template fits, and
// what names a server, is for Prism to say.
function createRoute(
  route: Parts['route'],
  findCall: FindCall,
  operations: readonly Operation[],
): Parts['route'] {
  const known = new Map(operations.map((operation) => [`${operation.method} ${operation.path}`, operation]));
  return (options) => {
    const { url } = options.input;
    const place = url.baseUrl === undefined ? findCall(toCalled(options.input))?.place : undefined;
    const operation = place && known.get(`${place.method} ${place.path}`);
    return operation === undefined ? route(options) : { _tag: 'Right', right: operation };
  };
}

function toCalled({ method, url, headers }: IHttpRequest): CalledPath {
  return { method, path: url.path, find: (name) => url.query?.[name] ?? headers?.[name.toLowerCase()] };
}

function createConfig(): Parameters<typeof createInstance>[0] {
  return {
    mock: { dynamic: false },
    checkSecurity: true,
    validateRequest: true,
    validateResponse: true,
    errors: false,
    isProxy: false,
    upstreamProxy: undefined,
  };
}

function createProxyConfig(): Parameters<typeof createInstance>[0] {
  // Where nothing is forwarded, the upstream has no say.
  return { ...createConfig(), isProxy: true, upstream: new URL('http://upstream') };
}

function createSilentLogger(): Components['logger'] {
  const ignore = () => {};
  const levels = ['trace', 'debug', 'info', 'success', 'warn', 'error', 'fatal'];
  const logger: object = {
    ...Object.fromEntries(levels.map((level) => [level, ignore])),
    child: () => logger,
  };
  // Of pino's logger, Prism calls the levels and `child` only.
  return logger as Components['logger'];
}
