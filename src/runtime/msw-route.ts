import { HttpHandler, type HttpResponse } from 'msw/http';
import type { Operation, OperationsTable } from './operation.ts';
import { checkBaseUrl } from './url.ts';

/** Which requests are answered. */
export interface HandlerOptions<OperationId extends string = string> {
  /** Origin of the API, with a path prefix if it has one. Default `*`: any origin. */
  baseUrl?: string;
  /** Base URLs of the operations that another origin answers. Default: `baseUrl`. */
  baseUrls?: { readonly [Id in OperationId]?: string };
  /**
   * How long each answer is held back: in milliseconds, `real` for what a server takes, `infinite` for never an answer.
   * Default: not at all.
   */
  delay?: number | 'real' | 'infinite';
}

/** Which requests are answered, and whether for one time only. */
export interface SingleHandlerOptions<OperationId extends string = string>
  extends HandlerOptions<OperationId> {
  /** Answers one request and leaves the next ones to other handlers. Default: false. */
  once?: boolean;
}

/** Makes the answer to a request. `undefined` leaves it to other handlers. */
export type Respond = (
  request: Request,
  params: Readonly<Record<string, string>>,
) => HttpResponse<string> | undefined | Promise<HttpResponse<string> | undefined>;

/**
 * Makes the MSW handler of an operation.
 *
 * @throws {RangeError} for an operation that the table has not
 * @throws {TypeError} when a base URL is neither `*` nor an absolute http or https URL
 */
export function makeHandler<OperationId extends string>(
  operations: OperationsTable<OperationId>,
  operationId: OperationId,
  respond: Respond,
  { baseUrl = '*', baseUrls = {}, delay, once = false }: SingleHandlerOptions<OperationId>,
): HttpHandler {
  const operation: Operation = pick(operations, operationId, 'operation');
  const ofOperation = baseUrls[operationId];
  const match =
    ofOperation === undefined
      ? createMatcher(operation, baseUrl, 'baseUrl')
      : createMatcher(operation, ofOperation, `baseUrls.${operationId}`);
  return new HttpHandler(
    operation.method,
    ({ request }) => match(request.url) !== undefined,
    async ({ request }) => {
      if (delay !== undefined) await wait(delay);
      return respond(request, match(request.url) ?? {});
    },
    { once },
  );
}

// As `delay` of MSW has it, which only its whole package exports. Loaded late, that would share code with the entry of an
// app, which waits for itself then where it awaits a call at its top.
function wait(delay: NonNullable<HandlerOptions['delay']>): Promise<void> {
  const isBrowser = 'document' in globalThis;
  const realMs = isBrowser ? 100 + Math.random() * 300 : 5;
  return new Promise((resolve) => {
    if (delay !== 'infinite') setTimeout(resolve, delay === 'real' ? realMs : delay);
  });
}

/** Picks a value by its name, or throws a `RangeError` that lists the names. */
export function pick<Value>(values: Readonly<Record<string, Value>>, name: string, what: string): Value {
  const value = Object.hasOwn(values, name) ? values[name] : undefined;
  if (value === undefined) {
    throw new RangeError(`There is no ${what} "${name}". Choose from: ${Object.keys(values).join(', ')}.`);
  }
  return value;
}

/**
 * Makes what reads the values of the path from a URL of an operation: its path under the base URL, or on any origin for
 * `*`, with the query parameters that the spec requires. Without them it is a page of the app that has the same path.
 */
function createMatcher(
  { path, query }: Operation,
  baseUrl: string,
  option: string,
): (url: string) => Record<string, string> | undefined {
  const base = baseUrl === '*' ? undefined : new URL(checkBaseUrl(baseUrl, option));
  const literals = ((base?.pathname.replace(/\/$/, '') ?? '') + path).split(/\{.+?\}/);
  const names = [...path.matchAll(/\{(.+?)\}/g)].map(([, name = '']) => name);
  const escaped = literals.map((literal) => literal.replace(/[$()*+.?[\\\]^{|}]/g, '\\$&'));
  const pattern = new RegExp(`^${escaped.join('([^/]+)')}$`);
  return (url) => {
    const { origin, pathname, searchParams } = new URL(url);
    const found = base === undefined || origin === base.origin ? pattern.exec(pathname) : null;
    return found !== null && query.every(({ name, required }) => !required || searchParams.has(name))
      ? Object.fromEntries(names.map((name, index) => [name, decode(found[index + 1] ?? '')]))
      : undefined;
  };
}

// As it is, where it does not decode.
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
