import type { Oas3_1Definition } from '@redocly/openapi-core';
import type {
  createInstance,
  generateHttpParam,
  getHttpOperationsFromSpec,
  IHttpRequest,
  IHttpResponse,
} from '@stoplight/prism-http';
import { createAnswerMatcher } from './match-answer.ts';
import { loadPrismBundle } from './prism-bundle.ts';
import { rememberParts } from './remember-parts.ts';
import { renderPreferred } from './render-preferred.ts';

/** An operation of the spec, as Prism holds it: every `$ref` resolved. */
export type Operation = Awaited<ReturnType<typeof getHttpOperationsFromSpec>>[number];

type Instance = ReturnType<typeof createInstance>;
type Components = Parameters<typeof createInstance>[1];

/** The parts of Prism whose results are remembered. */
export type Parts = Required<Pick<Components, 'route' | 'mock' | 'validateOutput'>>;

/** Prism's part that picks a response and renders it. */
export type Render = Parts['mock'];

/** What Prism hands over to have a response rendered. */
export type MockOptions = Parameters<Render>[0];

/** A response with what is wrong in it and in its request, or the error that Prism answers with. */
export type PrismResult = Awaited<ReturnType<ReturnType<Instance['request']>>>;

/** Prism's core, loaded with one spec. */
export interface Prism {
  operations: readonly Operation[];
  /** Routes and validates a request and renders its response. Rejects where Prism throws. */
  ask: (request: IHttpRequest) => Promise<PrismResult>;
  /** Validates a request and the answer that another server gave to it. Rejects where Prism throws. */
  judge: (request: IHttpRequest, answer: IHttpResponse) => Promise<PrismResult>;
  /** The methods that the request's path has, in lower case. */
  findMethods: (request: IHttpRequest) => IHttpRequest['method'][];
  /** Makes a value up for a parameter or a body without an example. `undefined` where Prism finds none. */
  makeUp: (node: Parameters<typeof generateHttpParam>[0]) => unknown;
}

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
  const parts = rememberParts({ route, mock, validateOutput });
  const matchAnswer = createAnswerMatcher(document);
  const render: Render = (options) => renderPreferred(parts.mock, options, matchAnswer);
  Object.assign(components, parts, { mock: render });
  return {
    operations,
    // A config of its own for each request: Prism writes the request's Accept into it.
    ask: (request) => instance.request(request, operations, createConfig())(),
    // Prism's validation proxy, with what was answered already in place of the part that forwards.
    judge: (request, answer) => {
      const forward = () => () => async () => ({ _tag: 'Right' as const, right: answer });
      const proxy = createInstance(createProxyConfig(), { logger: components.logger, forward });
      return proxy.request(request, operations)();
    },
    findMethods: (request) =>
      methods.filter(
        (method) => route({ resources: operations, input: { ...request, method } })._tag === 'Right',
      ),
    makeUp: (node) => {
      const made = generateHttpParam(node);
      return made._tag === 'Some' ? made.value : undefined;
    },
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
  // A copy, since Prism dereferences in place.
  return { ...prism, withCallbacks: await prism.getHttpOperationsFromSpec(structuredClone(document)) };
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
