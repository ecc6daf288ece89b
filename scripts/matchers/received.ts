import { isPlainObject } from '../openapi/document.ts';

/** A body: as it came over the wire, as a client has parsed it, or of a kind that is not looked at. */
export type ReceivedBody =
  | { kind: 'text'; text: string }
  | { kind: 'value'; value: unknown }
  | { kind: 'bytes' | 'nothing' };

/** A response, whatever has received it. */
export interface ReceivedResponse {
  status: number;
  /** By names in lower case, a text for each time that one is there. Missing where the object has none. */
  headers: ReadonlyMap<string, readonly string[]> | undefined;
  body: ReceivedBody;
  /** Of its request, as far as it says so. */
  method: string | undefined;
  url: string | undefined;
}

type Fields = Readonly<Record<string, unknown>>;

/**
 * Reads the response of fetch, supertest, axios or `inject`, the result of a generated client or of openapi-fetch, or an
 * object of status, headers and body.
 *
 * @throws {TypeError} for what is no response, and for a `Response` whose body was read already
 */
export async function readReceived(received: unknown): Promise<ReceivedResponse> {
  if (isFetchResponse(received)) {
    return { ...readHead(received), body: await readFetchBody(received) };
  }
  const fields = typeof received === 'object' && received !== null ? (received as Fields) : {};
  if (isFetchResponse(fields.response)) {
    // A client has read its body, and gives that.
    const value = 'body' in fields ? fields.body : (fields.data ?? fields.error);
    return { ...readHead(fields.response), body: readValue(value) };
  }
  const status = fields.status ?? fields.statusCode;
  if (typeof status !== 'number') {
    throw new TypeError(
      'Found no response to match, expected a Response, or an object with status, headers and body. ' +
        'Is there an await missing?',
    );
  }
  const headers = fields.headers === undefined ? undefined : readHeaders(fields.headers);
  return { status, headers, body: readBody(fields), ...readRequest(fields) };
}

/** Tells by what it can do: environments of tests have a `Response` of their own. */
function isFetchResponse(value: unknown): value is Response {
  const { clone, headers, status } = (value ?? {}) as Partial<Response>;
  return typeof clone === 'function' && typeof headers?.get === 'function' && typeof status === 'number';
}

function readHead({ status, headers, url }: Response): Omit<ReceivedResponse, 'body'> {
  return { status, headers: readHeaders(headers), method: undefined, url: url || undefined };
}

async function readFetchBody(response: Response): Promise<ReceivedBody> {
  if (response.bodyUsed) {
    throw new TypeError(
      'The body of the response was read already: match the response first, or give { status, headers, body }.',
    );
  }
  return { kind: 'text', text: await response.clone().text() };
}

function readHeaders(headers: unknown): Map<string, string[]> {
  const isList = headers instanceof Headers || headers instanceof Map;
  const pairs: [string, unknown][] = isList ? [...headers] : Object.entries(headers ?? {});
  const read = new Map<string, string[]>();
  for (const [name, value] of pairs) {
    if (value === undefined || value === null || typeof value === 'function') continue;
    const key = name.toLowerCase();
    read.set(key, [...(read.get(key) ?? []), ...[value].flat().map(String)]);
  }
  return read;
}

/** superagent keeps the text beside what it parses; axios gives what it has parsed. */
function readBody(fields: Fields): ReceivedBody {
  const { text, data, body } = fields;
  if (typeof text === 'string' && text !== '') {
    return { kind: 'text', text };
  }
  if ('data' in fields && !('body' in fields)) {
    return data === '' ? { kind: 'nothing' } : readValue(data);
  }
  if (typeof text === 'string' && isPlainObject(body) && Object.keys(body).length === 0) {
    return { kind: 'nothing' };
  }
  return typeof body === 'string' ? { kind: 'text', text: body } : readValue(body);
}

function readValue(value: unknown): ReceivedBody {
  if (value === undefined) {
    return { kind: 'nothing' };
  }
  if (value instanceof Uint8Array) {
    return { kind: 'text', text: new TextDecoder().decode(value) };
  }
  const isBytes =
    typeof value === 'object' &&
    value !== null &&
    (value instanceof Blob ||
      value instanceof ArrayBuffer ||
      'getReader' in value ||
      'pipe' in value ||
      Symbol.asyncIterator in value);
  return isBytes ? { kind: 'bytes' } : { kind: 'value', value };
}

function readRequest({ request, req, config, raw, url }: Fields): Pick<ReceivedResponse, 'method' | 'url'> {
  const requests = [request, req, (raw as Fields | undefined)?.req, (request as Fields | undefined)?.options];
  const places = [...requests, config].filter((place) => typeof place === 'object' && place !== null);
  const find = (...names: string[]): string | undefined =>
    (places as Fields[])
      .flatMap((place) => names.map((name) => place[name]))
      .find((value) => typeof value === 'string' && value !== '') as string | undefined;
  return {
    method: find('method'),
    url: find('responseURL', 'path', 'url') ?? (url ? String(url) : undefined),
  };
}
