import type { Oas3_1Definition } from '@redocly/openapi-core';
import type { createInstance, IHttpRequest } from '@stoplight/prism-http';
import { findContent } from '../../http/media-types.ts';
import { findResponse } from '../../openapi/answers.ts';
import {
  type CalledPath,
  createMatcher,
  type FindCall,
  listBasePaths,
  needsMoreThanPath,
} from '../../openapi/matcher.ts';
import { listOperations } from '../../openapi/operations.ts';
import { hasSlowPattern, runLimited } from '../../openapi/time-limit.ts';
import { createAnswerMatcher, renderPreferred } from './choose.ts';
import {
  type Components,
  loadPrismBundle,
  type Operation,
  type Parts,
  type Prism,
  type Render,
} from './library.ts';
import { dropRepeated, guardRequests, guardValidation, tidyOperation } from './operations.ts';
import { rememberParts } from './remember.ts';

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'] as const;

/**
 * Loads Prism with an OpenAPI document, which stays as it is.
 *
 * Prism is imported here and nowhere else, since that takes half a second; where the document's operations are given,
 * it is the bundled part of Prism, which takes a tenth of that.
 *
 * @throws {Error} where Prism cannot read the document
 */
export async function createPrism(
  document: Oas3_1Definition,
  compiled?: readonly Operation[],
): Promise<Prism> {
  const { createInstance, withCallbacks } = await (compiled === undefined
    ? loadPrism(document)
    : loadBundledPrism(compiled));
  const operations = withCallbacks.map(tidyOperation);
  const components: Components = { logger: createSilentLogger() };
  const instance = createInstance(createConfig(), components);
  // Prism adds its own parts to the object that it is given, and looks them up there with every request.
  const { route, mock, validateInput, validateOutput } = components;
  if (!route || !mock || !validateInput || !validateOutput) {
    throw new Error('This version of Prism keeps its parts to itself, expected them in its components.');
  }
  const findCall = createMatcher(document);
  const findOwn = createRoute(route, findCall, operations);
  const limit = hasSlowPattern(document) ? limitPattern : <Result>(action: () => Result): Result => action();
  const remembered = rememberParts({
    route: findOwn,
    mock: (options) => (logger) => limit(() => mock(options)(logger)),
    validateOutput: guardValidation('response', (options) => limit(() => validateOutput(options))),
  });
  // Routes are remembered by their paths.
  const parts = needsMoreThanPath(document) ? { ...remembered, route: findOwn } : remembered;
  const toOwnPath = createPathCutter(document, findCall);
  const matchAnswer = createAnswerMatcher(document);
  const limitedInput = guardRequests((options) => limit(() => validateInput(options)));
  const render: Render = (options) => renderPreferred(parts.mock, options, matchAnswer);
  Object.assign(components, parts, { mock: render, validateInput: limitedInput });
  return {
    document,
    operations,
    ask: async (request) => {
      const own = toOwnPath(request);
      // A config of its own for each request: Prism writes the request's Accept into it.
      const result = await instance.request(own, operations, createConfig())();
      Object.assign(request, { choice: own.choice });
      return result;
    },
    // Prism's validation proxy, with what was answered already in place of the part that forwards.
    judge: (request, answer) => {
      const forward = () => () => async () => ({ _tag: 'Right' as const, right: answer });
      const own = { logger: components.logger, forward, validateInput: components.validateInput };
      const proxy = createInstance(createProxyConfig(), own as Components);
      return proxy.request(toOwnPath(request), operations)();
    },
    findMedia: (request, status, mediaType) => {
      const call = findCall(toCalled(request));
      const response = call && findResponse(document, call.place.operation, status);
      return response?.content && findContent(response.content, mediaType);
    },
    findMethods: (request) =>
      methods.filter(
        (method) =>
          findOwn({ resources: operations, input: { ...toOwnPath(request), method } })._tag === 'Right',
      ),
  };
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

/** Creates what cuts the base path of a server off a request, which Prism does not know as a part of its path. */
function createPathCutter(
  document: Oas3_1Definition,
  findCall: FindCall,
): <Request extends IHttpRequest>(request: Request) => Request {
  const places = listOperations(document);
  if (places.every((place) => listBasePaths(document, place).join('') === '')) {
    return (request) => request;
  }
  return (request) => {
    const call = findCall({ path: request.url.path });
    return call === undefined ? request : { ...request, url: { ...request.url, path: call.path } };
  };
}

type Loaded = Pick<typeof import('@stoplight/prism-http'), 'createInstance'> & {
  withCallbacks: readonly Operation[];
};

async function loadPrism(document: Oas3_1Definition): Promise<Loaded> {
  const prism = await import('@stoplight/prism-http');
  // A copy, since Prism dereferences in place, and it would do so in examples and extensions, too.
  const { hideData, showData } = await import('../../openapi/node-types.ts');
  const { document: copy, isHidden } = hideData(document);
  dropRepeated(copy);
  const withCallbacks = await prism.getHttpOperationsFromSpec(copy);
  return {
    ...prism,
    withCallbacks: isHidden ? withCallbacks.map((one) => showExamples(one, showData)) : withCallbacks,
  };
}

// The schemas of an operation can be circular.
function showExamples(operation: Operation, showData: <Value>(value: Value) => Value): Operation {
  const responses = operation.responses.map((response) => ({
    ...response,
    contents: response.contents?.map((content) => ({ ...content, examples: showData(content.examples) })),
  }));
  return { ...operation, responses } as Operation;
}

async function loadBundledPrism(withCallbacks: readonly Operation[]): Promise<Loaded> {
  return { ...(await loadPrismBundle()), withCallbacks };
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
