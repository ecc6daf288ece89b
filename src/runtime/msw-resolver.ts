import { type HttpHandler, HttpResponse } from 'msw/http';
import { readEssence } from './content-type.ts';
import { makeHandler, pick, type SingleHandlerOptions } from './msw-route.ts';
import type { Fault, HandledRequest, HandledResponse } from './msw-types.ts';
import type { Operation, OperationsTable } from './operation.ts';
import { keyOf } from './read-answer.ts';
import { loadCheck, type ResponseValidators } from './validation.ts';
import { isForm, isJson } from './values.ts';

/** Makes the response to a request of an operation. `undefined` leaves the request to other handlers. */
export type Resolver<Types> = (
  request: HandledRequest<Types>,
) => HandledResponse<Types> | undefined | Promise<HandledResponse<Types> | undefined>;

/**
 * What an operation is handled by, by operationId. A lookup in it keeps literals of what is returned, as
 * `Resolver<Schema[Id]>` does not.
 */
export type Resolvers<Schema> = { [Id in keyof Schema]: Resolver<Schema[Id]> | Fault };

/** Makes an MSW handler of one operation by a resolver, or of a fault. Options win over those of all handlers. */
export type Handle<Schema> = <Id extends keyof Schema & string>(
  operationId: Id,
  resolver: Resolvers<Schema>[Id],
  options?: SingleHandlerOptions<keyof Schema & string>,
) => HttpHandler;

/** How handlers are made. */
export interface HandleSettings<OperationId extends string = string>
  extends SingleHandlerOptions<OperationId> {
  /**
   * Loads what validates the JSON bodies that a resolver returns. Default: they are not validated.
   *
   * @example
   * async () => (await import('./generated/validators.ts')).validators
   */
  validate?: () => ResponseValidators | Promise<ResponseValidators>;
}

/**
 * Creates a function that makes MSW handlers of your own. A resolver gets the values of the path, the query and the body
 * with their types, and returns a response that the spec documents.
 *
 * What it returns is checked: the status, the media type, whether there is a body, and with `validate` the JSON in it. What
 * breaks the contract is written to the console and answered with a 500 that says the same.
 *
 * @typeParam Schema the `operations` of a generated `schema.ts`
 * @throws {RangeError} from the function, for an operation that the spec has not; it lists those that it has
 * @throws {TypeError} from the function, when a base URL is neither `*` nor an absolute http or https URL
 * @example
 * const handle = createHandle<Schema>(operations, { validate: () => validators });
 * server.use(handle('getBook', ({ params }) => ({ status: 200, body: { id: params.book, title: 'Emma' } })));
 * server.use(handle('getBook', { fault: 'network-error' }, { once: true }));
 */
export function createHandle<Schema extends object>(
  operations: OperationsTable<keyof Schema & string>,
  { validate, ...settings }: HandleSettings<keyof Schema & string> = {},
): Handle<Schema> {
  return (operationId, resolver, options = {}) => {
    const operation: Operation = pick(operations, operationId, 'operation');
    const resolve = toResolve(resolver);
    return makeHandler(
      operations,
      operationId,
      async (request, params) => {
        const found = await readRequest(request);
        if (found === undefined) {
          return refuse(operationId, operation, 'was sent a body that is not valid JSON');
        }
        const query = new URL(request.url).searchParams;
        const answer = await resolve({ request, params, query, ...found });
        if (answer === undefined) return undefined;
        if ('fault' in answer) return makeFault(answer);
        const breach = await findBreach(operationId, operation, answer, validate);
        return breach === undefined ? toResponse(answer) : refuse(operationId, operation, breach);
      },
      { ...settings, ...options },
    );
  };
}

/** A response as a resolver returns it, whatever the spec says. */
interface Answer {
  status: number;
  headers?: Readonly<Record<string, unknown>>;
  contentType?: string;
  body?: unknown;
}

type Resolve = (request: object) => Answer | Fault | undefined | Promise<Answer | Fault | undefined>;

// Types say what a resolver is given and returns; here it is checked.
function toResolve(resolver: unknown): Resolve {
  return typeof resolver === 'function' ? (resolver as Resolve) : () => resolver as Fault;
}

/**
 * Makes what fails as a fault says.
 *
 * @throws {RangeError} for a fault that there is not
 */
export function makeFault({ fault }: Fault): HttpResponse<string> {
  pick({ 'network-error': true }, fault, 'fault');
  return HttpResponse.error() as HttpResponse<string>;
}

// `undefined` for JSON that does not parse.
async function readRequest(request: Request): Promise<object | undefined> {
  const contentType = readEssence(request.headers.get('Content-Type') ?? '');
  const copy = request.clone();
  if (contentType === '' && copy.body === null) return {};
  if (isForm(contentType)) return { contentType, body: new URLSearchParams(await copy.text()) };
  if (contentType.startsWith('multipart/')) return { contentType, body: await copy.formData() };
  if (!isJson(contentType)) {
    const isText = /^text\/|[/+]xml$/.test(contentType);
    return { contentType, body: await (isText ? copy.text() : copy.blob()) };
  }
  try {
    return { contentType, body: JSON.parse(await copy.text()) };
  } catch {
    return undefined;
  }
}

/** Says how an answer breaks the contract, in words that follow its operation. */
async function findBreach(
  operationId: string,
  { responses }: Operation,
  answer: Answer,
  validate: HandleSettings['validate'],
): Promise<string | undefined> {
  const { status, body } = answer;
  const key = keyOf({ responses }, status);
  const documented = Object.hasOwn(responses, key) ? responses[key] : undefined;
  if (documented === undefined) {
    return `returned ${status}, which the spec does not document (it documents ${Object.keys(responses).join(', ')})`;
  }
  const mediaType = mediaTypeOf(answer);
  const kind = typeof documented === 'string' ? documented : findKind(documented, mediaType);
  if (kind === undefined) {
    const names = Object.keys(documented).join(' or ');
    return `returned ${status} with a body in ${mediaType}, where the spec has ${names}`;
  }
  if (kind === 'none') {
    return body === undefined ? undefined : `returned ${status} with a body, where the spec has none`;
  }
  if (kind !== 'json') return undefined;
  if (body === undefined) return `returned ${status} without a body, where the spec has JSON`;
  if (!isJson(mediaType)) return `returned ${status} with a body in ${mediaType}, where the spec has JSON`;
  const check = validate && (await loadCheck(validate, operationId));
  // As it is on the wire: a date is text there.
  const breach = await check?.(status, key, JSON.parse(JSON.stringify(body)));
  return breach?.what.replace(/^answered/, 'returned').replace(/\.$/, '');
}

function findKind<Kind>(kinds: Readonly<Record<string, Kind>>, mediaType: string): Kind | undefined {
  const essence = readEssence(mediaType);
  const wanted = [essence, essence.replace(/\/.*/, '/*'), '*/*'];
  const name = wanted.flatMap((one) => Object.keys(kinds).filter((key) => readEssence(key) === one))[0];
  return name === undefined ? undefined : kinds[name];
}

function mediaTypeOf({ contentType, headers = {} }: Answer): string {
  const [, own] = Object.entries(headers).find(([name]) => name.toLowerCase() === 'content-type') ?? [];
  return contentType ?? (own === undefined ? 'application/json' : String(own));
}

function toResponse(answer: Answer): HttpResponse<string> {
  const { status, body } = answer;
  const headers = new Headers();
  for (const [name, value] of Object.entries(answer.headers ?? {})) {
    if (value !== undefined) headers.set(name, String(value));
  }
  if (body === undefined) {
    return new HttpResponse(null, { status, headers }) as HttpResponse<string>;
  }
  const mediaType = mediaTypeOf(answer);
  // fetch alone knows the boundary.
  if (!(body instanceof FormData)) headers.set('Content-Type', mediaType);
  return new HttpResponse(isJson(mediaType) ? JSON.stringify(body) : (body as string), { status, headers });
}

function refuse(operationId: string, { method, path }: Operation, what: string): HttpResponse<string> {
  const detail = `The handler of ${operationId} (${method} ${path}) ${what}. Correct it, or the spec.`;
  console.error(`[openapi-contract-kit] ${detail}`);
  const body = JSON.stringify({ type: 'about:blank', title: 'Internal Server Error', status: 500, detail });
  return new HttpResponse(body, { status: 500, headers: { 'Content-Type': 'application/problem+json' } });
}
