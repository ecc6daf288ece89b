import type { Oas3_1Definition } from '@redocly/openapi-core';
import type {
  createInstance,
  generateHttpParam,
  getHttpOperationsFromSpec,
  IHttpRequest,
} from '@stoplight/prism-http';
import { createAnswerMatcher } from './match-answer.ts';
import { renderPreferred } from './render-preferred.ts';

/** An operation of the spec, as Prism holds it: every `$ref` resolved. */
export type Operation = Awaited<ReturnType<typeof getHttpOperationsFromSpec>>[number];

type Instance = ReturnType<typeof createInstance>;
type Components = Parameters<typeof createInstance>[1];

/** Prism's part that picks a response and renders it. */
export type Render = NonNullable<Components['mock']>;

/** What Prism hands over to have a response rendered. */
export type MockOptions = Parameters<Render>[0];

/** A response with what is wrong in it and in its request, or the error that Prism answers with. */
export type PrismResult = Awaited<ReturnType<ReturnType<Instance['request']>>>;

/** Prism's core, loaded with one spec. */
export interface Prism {
  operations: readonly Operation[];
  /** Routes and validates a request and renders its response. Rejects where Prism throws. */
  ask: (request: IHttpRequest) => Promise<PrismResult>;
  /** The methods that the request's path has, in lower case. */
  findMethods: (request: IHttpRequest) => IHttpRequest['method'][];
  /** Makes a value up for a parameter or a body without an example. `undefined` where Prism finds none. */
  makeUp: (node: Parameters<typeof generateHttpParam>[0]) => unknown;
}

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'] as const;

/**
 * Loads Prism with an OpenAPI document, which stays as it is.
 *
 * Prism is imported here and nowhere else, since that takes half a second.
 *
 * @throws {Error} where Prism cannot read the document
 */
export async function createPrism(document: Oas3_1Definition): Promise<Prism> {
  const { createInstance, generateHttpParam, getHttpOperationsFromSpec } = await import(
    '@stoplight/prism-http'
  );
  // A copy, since Prism dereferences in place.
  const withCallbacks = await getHttpOperationsFromSpec(structuredClone(document));
  // Prism would call any URL that a request names, and its process dies of an answer whose media type is malformed.
  const operations = withCallbacks.map(({ callbacks, ...operation }) => operation);
  const components: Components = { logger: createSilentLogger() };
  const instance = createInstance(createConfig(), components);
  // Prism adds its own parts to the object that it is given, and looks them up there with every request.
  const { mock, route } = components;
  if (mock === undefined || route === undefined) {
    throw new Error('This version of Prism keeps its parts to itself, expected them in its components.');
  }
  const matchAnswer = createAnswerMatcher(document);
  components.mock = (options) => renderPreferred(mock, options, matchAnswer);
  return {
    operations,
    // A config of its own for each request: Prism writes the request's Accept into it.
    ask: (request) => instance.request(request, operations, createConfig())(),
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
