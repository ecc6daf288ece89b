import type { Oas3_1Definition } from '@redocly/openapi-core';
import type { createInstance, IHttpRequest } from '@stoplight/prism-http';
import { createMatcher, type FindCall, listBasePaths } from '../../openapi/matcher.ts';
import { listOperations } from '../../openapi/operations.ts';
import { createAnswerMatcher, renderPreferred } from './choose.ts';
import {
  type Components,
  loadPrismBundle,
  type Operation,
  type Parts,
  type Prism,
  type Render,
} from './library.ts';
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
  const { createInstance, generateHttpParam, withCallbacks } = await (compiled === undefined
    ? loadPrism(document)
    : loadBundledPrism(compiled));
  const operations = withCallbacks.map(leaveOutUnused);
  const components: Components = { logger: createSilentLogger() };
  const instance = createInstance(createConfig(), components);
  // Prism adds its own parts to the object that it is given, and looks them up there with every request.
  const { route, mock, validateOutput } = components;
  if (route === undefined || mock === undefined || validateOutput === undefined) {
    throw new Error('This version of Prism keeps its parts to itself, expected them in its components.');
  }
  const findCall = createMatcher(document);
  const findOwn = createRoute(route, findCall, operations);
  const parts = rememberParts({ route: findOwn, mock, validateOutput });
  const toOwnPath = createPathCutter(document, findCall);
  const matchAnswer = createAnswerMatcher(document);
  const render: Render = (options) => renderPreferred(parts.mock, options, matchAnswer);
  Object.assign(components, parts, { mock: render });
  return {
    document,
    operations,
    // A config of its own for each request: Prism writes the request's Accept into it.
    ask: (request) => instance.request(toOwnPath(request), operations, createConfig())(),
    // Prism's validation proxy, with what was answered already in place of the part that forwards.
    judge: (request, answer) => {
      const forward = () => () => async () => ({ _tag: 'Right' as const, right: answer });
      const proxy = createInstance(createProxyConfig(), { logger: components.logger, forward });
      return proxy.request(toOwnPath(request), operations)();
    },
    findMethods: (request) =>
      methods.filter(
        (method) =>
          findOwn({ resources: operations, input: { ...toOwnPath(request), method } })._tag === 'Right',
      ),
    makeUp: (node) => {
      const made = generateHttpParam(node);
      return made._tag === 'Some' ? made.value : undefined;
    },
  };
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
    const { method, url } = options.input;
    const place = url.baseUrl === undefined ? findCall({ method, path: url.path })?.place : undefined;
    const operation = place && known.get(`${place.method} ${place.path}`);
    return operation === undefined ? route(options) : { _tag: 'Right', right: operation };
  };
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

// Without its callbacks: Prism would call any URL that a request names, and its process dies of an answer whose media
// type is malformed. And without the lists of no parameters, since Prism reads a request for them all the same.
function leaveOutUnused({ callbacks, request, ...operation }: Operation): Operation {
  const parts = Object.entries(request ?? {}).filter(([, part]) => !Array.isArray(part) || part.length > 0);
  return { ...operation, ...(request && { request: Object.fromEntries(parts) }) };
}

type Loaded = Pick<typeof import('@stoplight/prism-http'), 'createInstance' | 'generateHttpParam'> & {
  withCallbacks: readonly Operation[];
};

async function loadPrism(document: Oas3_1Definition): Promise<Loaded> {
  const prism = await import('@stoplight/prism-http');
  // A copy, since Prism dereferences in place, and it would do so in examples and extensions, too.
  const { hideData, showData } = await import('../../openapi/node-types.ts');
  const { document: copy, isHidden } = hideData(document);
  const withCallbacks = await prism.getHttpOperationsFromSpec(copy);
  return {
    ...prism,
    withCallbacks: isHidden ? withCallbacks.map((one) => showExamples(one, showData)) : withCallbacks,
  };
}

// Of an operation, its schemas can be circular.
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
