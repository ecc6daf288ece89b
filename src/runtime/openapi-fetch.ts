import createClient, {
  type Client,
  type ClientOptions,
  type FetchResponse,
  type HeadersOptions,
  type Middleware,
  mergeHeaders,
  type ParseAs,
} from 'openapi-fetch';
import { encodeBody } from './body.ts';
import { CallError, type FailedCall, listTexts, maskQuery, toSafeError } from './errors.ts';
import type { OpenapiFetchPaths } from './openapi-fetch-paths.ts';
import type { Operation, OperationsTable } from './operation.ts';
import { keyOf, readJson, refuseStatus, statusOf } from './read-answer.ts';
import type { SenderOptions } from './send.ts';
import { checkBaseUrl } from './url.ts';
import type { Check } from './validation.ts';
import { findOwn, isObject } from './values.ts';

/** The options of openapi-fetch's `createClient`. Redirects are not followed unless `redirect` says so. */
export interface OpenapiFetchOptions extends ClientOptions, Pick<SenderOptions, 'validate'> {
  /** Origin of the API, with a path prefix if it has one: `https://api.your-company.com`. */
  baseUrl: string;
}

/** What `error` is for a documented failure, or redirect, that has no body: openapi-fetch itself leaves it empty. */
export interface EmptyError<Status = number> {
  readonly status: Status;
}

/** A client of openapi-fetch, with the types of a generated `schema.ts`. */
export type OpenapiFetchClient<Paths extends object> = Client<
  DropsNull extends true ? OpenapiFetchPaths<WithEmptyErrors<Paths>> : WithEmptyErrors<Paths>
>;

/** Tells openapi-fetch from 0.17 on, which drops what is always `null`, from 0.16. */
type DropsNull =
  FetchResponse<Probe, object, `${string}/${string}`> extends { data?: { probe: null } } ? false : true;
type Probe = { responses: { 200: { content: { 'application/json': { probe: null } } } } };

type WithEmptyErrors<Paths> = {
  [Path in keyof Paths]: {
    [Method in keyof Paths[Path]]: {
      [Part in keyof Paths[Path][Method]]: Part extends 'responses'
        ? FillEmpty<Paths[Path][Method][Part]>
        : Paths[Path][Method][Part];
    };
  };
};

// openapi-fetch has no type for a redirect. It is in `error`, so that it is among the other ones here.
type FillEmpty<Responses> = {
  [Status in keyof Responses as `${Status & (string | number)}` extends `3${string}`
    ? 'default'
    : Status]: `${Status & (string | number)}` extends `2${string}`
    ? Responses[Status]
    : Responses[Status] extends { content: object }
      ? Responses[Status]
      : { content: { 'application/json': EmptyError<Status extends number ? Status : number> } };
};

const methods = ['GET', 'PUT', 'POST', 'DELETE', 'OPTIONS', 'HEAD', 'PATCH', 'TRACE'];

/** What a call is given, as far as it is looked at here. */
interface Init {
  params?: { header?: HeadersOptions };
  headers?: HeadersOptions;
  body?: unknown;
  bodySerializer?: unknown;
  parseAs?: ParseAs;
  middleware?: readonly Middleware[];
}
type Outcome = { data?: unknown; error?: unknown; response: Response };

/**
 * Makes a client of openapi-fetch that knows the operations of the spec: `client.GET`, `client.POST` and the others
 * resolve to `{ data, error, response }`, as ever. What it adds:
 *
 * - a body goes in the media type of the operation, such as a form, unless a header or a `bodySerializer` says otherwise;
 *   a file comes as a `Blob`, a text as a text, unless `parseAs` says otherwise (for the type of a file, openapi-fetch 0.17
 *   needs `parseAs: 'blob'`);
 * - `error` of a documented failure without a body is `{ status }`;
 * - whatever is not documented is thrown as a `CallError`, and with `validate` a JSON body that breaks the contract;
 * - a redirect is not followed: it is in `error`, with its `Location` in `response`. A browser hides it, and the call
 *   throws `undocumented_status`: navigate to such a URL instead.
 *
 * What `fetch` throws as the Fetch standard has it becomes a `CallError`, too; errors of a `fetch` of yours go through.
 *
 * @throws {TypeError} when `baseUrl` is no absolute http or https URL
 * @example
 * import { operations } from './generated/operations.ts';
 * import type { paths } from './generated/schema.ts';
 *
 * const client = createOpenapiFetchClient<paths>(operations, { baseUrl: 'https://api.your-company.com' });
 */
export function createOpenapiFetchClient<Paths extends object>(
  operations: OperationsTable,
  { validate, ...options }: OpenapiFetchOptions,
): OpenapiFetchClient<Paths> {
  const client = createClient<Record<never, never>>({
    redirect: 'manual',
    // Looked up at every call, so that tools that replace it later are seen.
    fetch: (...call) => globalThis.fetch(...call),
    ...options,
    baseUrl: checkBaseUrl(options.baseUrl, 'baseUrl'),
  });
  const send = client.request as unknown as (method: string, path: string, init: object) => Promise<Outcome>;
  const known = new Map(
    Object.entries(operations).map(([id, operation]) => [
      `${operation.method} ${operation.path}`,
      { id, operation },
    ]),
  );

  const request = async (method: string, path: string, init: Init = {}): Promise<Outcome> => {
    const found = known.get(`${method.toUpperCase()} ${path}`);
    if (found === undefined) {
      return send(method, path, init);
    }
    const { id, operation } = found;
    const check = validate && (await (await import('./validation.ts')).loadCheck(validate, id));
    const outcome = await send(method, path, {
      ...chooseParse(operation),
      ...init,
      ...(options.bodySerializer ? {} : await encode(operation, options.headers, init)),
      // The last one is the first to get the response.
      middleware: [...(init.middleware ?? []), createWatch(id, operation, check, init)],
    });
    const { ok, status } = outcome.response;
    return ok || operation.responses[keyOf(operation, status)] !== 'none'
      ? outcome
      : { error: { status } satisfies EmptyError, response: outcome.response };
  };
  const calls = methods.map((method) => [method, (path: string, init?: Init) => request(method, path, init)]);
  return { ...client, request, ...Object.fromEntries(calls) } as OpenapiFetchClient<Paths>;
}

/** Chooses how a success is read that is not JSON. Where that depends on the media type that comes, the call says it. */
function chooseParse({ responses }: Operation): { parseAs?: ParseAs } {
  const kinds = Object.keys(responses)
    .filter((key) => key.startsWith('2'))
    .map((key) => responses[key]);
  const [kind] = kinds;
  return kinds.every((other) => other === kind) && (kind === 'blob' || kind === 'text')
    ? { parseAs: kind }
    : {};
}

async function encode(
  { requestMediaType, encoding }: Operation,
  baseHeaders: HeadersOptions | undefined,
  { body, bodySerializer, headers, params }: Init,
): Promise<object> {
  if (body === undefined || bodySerializer !== undefined) {
    return {};
  }
  const given = mergeHeaders(baseHeaders, headers, params?.header);
  const contentType = given.get('Content-Type') ?? requestMediaType;
  const encoded = await encodeBody(body, contentType, findOwn(encoding, contentType ?? ''));
  const isStream = isObject(encoded.body) && 'getReader' in encoded.body;
  return {
    bodySerializer: () => encoded.body,
    // `null` leaves it to fetch.
    headers: mergeHeaders(headers, { 'Content-Type': encoded.mediaType ?? null }),
    ...(isStream && { duplex: 'half' }),
  };
}

/** Makes what throws a `CallError` for a call without a documented answer. */
function createWatch(
  operationId: string,
  operation: Operation,
  check: Check | undefined,
  { body, params, parseAs = 'json' }: Init,
): Middleware {
  const describe = ({ method, url }: Request): FailedCall => ({ operationId, method, url: maskQuery(url) });
  const explain = (error: unknown, request: Request, call: FailedCall): Error | undefined => {
    // React Native's requests have no signal of their own.
    const { aborted, reason } = (request.signal as AbortSignal | undefined) ?? {};
    if (aborted) {
      const isLate = (reason as Error | undefined)?.name === 'TimeoutError';
      return new CallError(
        isLate ? 'timeout' : 'aborted',
        call,
        isLate ? 'did not return a complete response in time.' : 'was aborted by the caller.',
        reason,
      );
    }
    if ((error as Error | undefined)?.name !== 'TypeError') {
      return undefined;
    }
    const cause = toSafeError(error, listTexts([[...request.headers.values()], params, body]));
    return new CallError(
      'network_failure',
      call,
      `did not return a complete response: ${cause.message}.`,
      cause,
    );
  };
  return {
    onResponse: async ({ request, response }) => {
      const key = keyOf(operation, response.status);
      const kind = operation.responses[key];
      const call = { ...describe(request), ...statusOf(response) };
      if (kind === undefined) {
        throw await refuseStatus(response, operation, call);
      }
      if (kind === 'json' && (parseAs === 'json' || !response.ok)) {
        // Of a copy, since openapi-fetch reads it, too.
        const body = await readJson(response.clone(), key, { call, check }).catch((error: unknown) =>
          Promise.reject(explain(error, request, call) ?? error),
        );
        if (body instanceof CallError) throw body;
      }
    },
    onError: ({ error, request }) => explain(error, request, describe(request)),
  };
}
