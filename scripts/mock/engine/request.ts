import type { IncomingHttpHeaders } from 'node:http';
import { MIMEType } from 'node:util';
import type { IHttpRequest } from '@stoplight/prism-http';
import { isDecodable, isFormType, parseBody } from '../../http/media-types.ts';
import {
  type CalledRequest,
  type Choice,
  parseTarget,
  type RawRequest,
  RequestProblem,
} from '../../http/message.ts';

/** Which answer is wanted, unchecked: a client can ask for anything. */
export interface Preference {
  status?: number | string | undefined;
  /** The name of an example. */
  example?: string | undefined;
  /** Whether values are made up: `true`, `false`, or an empty text for `true`. */
  dynamic?: string | undefined;
  /** What is made up is the same for the same seed. */
  seed?: string | undefined;
}

/** A request as Prism validates it, with what the mock alone reads in it. */
export interface AskedRequest extends IHttpRequest {
  preference: Preference;
  /** Gives the fields of a form, the last one of each name. No other body has any. */
  form: () => Readonly<Record<string, string>>;
  /** Why it is answered as it is, once it is. */
  choice?: Choice;
}

/** A request that is parsed when something in it is first looked at, and once. */
export class Call implements RawRequest, CalledRequest {
  readonly method: string;
  readonly target: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  #url: URL | null | undefined;
  #asked: AskedRequest | undefined;

  constructor({ method, target, headers, body }: RawRequest) {
    this.method = method;
    this.target = target;
    this.headers = headers;
    this.body = body;
  }

  /** The target. `null` for one that is neither a path nor a URL. */
  get url(): URL | null {
    if (this.#url === undefined) {
      this.#url = parseTarget(this.target);
    }
    return this.#url;
  }

  /**
   * Reads the request for Prism.
   *
   * @throws {RequestProblem} as `readRequest`
   */
  read(): AskedRequest {
    this.#asked ??= readRequest(this);
    return this.#asked;
  }

  /** Takes over what was read of an earlier call, which is the same to the byte. */
  takeOver(earlier: Call): void {
    this.#url ??= earlier.#url;
    this.#asked ??= earlier.#asked;
  }
}

/**
 * Turns a raw request into the one that Prism validates: JSON parsed, any other body as text, and without
 * what Prism would trip over.
 *
 * @throws {RequestProblem} 400 for a malformed request target or a JSON body that doesn't parse, 413 for a form of too
 *   many fields
 */
export function readRequest(request: RawRequest & CalledRequest): AskedRequest {
  const { method, target, headers, body, url = parseTarget(target) } = request;
  const { pathname, search, searchParams } = checkTarget(url);
  const repaired = repairHeaders(headers, body.length);
  const query = search === '' ? {} : groupValues(searchParams);
  const [server] = [query.__server].flat();
  const parsed = parseBody(body, repaired['content-type']);
  let form: Readonly<Record<string, string>> | undefined;
  return {
    // Prism's type lists the methods that OpenAPI knows; its router answers any other with 405.
    method: method.toLowerCase() as IHttpRequest['method'],
    url: { path: pathname, query, ...(server ? { baseUrl: server } : {}) },
    headers: repaired,
    body: parsed,
    preference: readPreference(repaired.prefer, query),
    form: () => {
      form ??= readForm(parsed, repaired['content-type']);
      return form;
    },
  };
}

function checkTarget(url: URL | null): URL {
  if (url === null || !url.protocol.startsWith('http')) {
    throw new RequestProblem(400, 'The request target is neither a path nor an HTTP URL.');
  }
  if (!isDecodable(url.pathname)) {
    // RFC 3986, section 2.1. Prism throws where such a sequence stands for a path parameter.
    throw new RequestProblem(400, 'The path holds a percent sequence that does not decode as UTF-8.');
  }
  return url;
}

/**
 * Groups a query by names: the value of each, or all values of one that is repeated.
 */
export function groupValues(searchParams: URLSearchParams): Record<string, string | string[]> {
  const names = [...new Set(searchParams.keys())];
  return Object.fromEntries(
    names.map((name) => {
      const [first = '', ...others] = searchParams.getAll(name);
      return [name, others.length === 0 ? first : [first, ...others]];
    }),
  );
}

function readForm(body: unknown, mediaType = ''): Record<string, string> {
  if (typeof body !== 'string' || !isFormType(mediaType)) {
    return {};
  }
  // As `URLSearchParams` does, which takes longer: what does not decode is repaired already.
  const pairs = body.split('&').filter((pair) => pair !== '');
  return Object.fromEntries(pairs.map(readPair));
}

function readPair(pair: string): [name: string, value: string] {
  const end = pair.indexOf('=');
  return end === -1 ? [decode(pair), ''] : [decode(pair.slice(0, end)), decode(pair.slice(end + 1))];
}

function decode(text: string): string {
  return /[%+]/.test(text) ? decodeURIComponent(text.replaceAll('+', ' ')) : text;
}

// Prism's names for them, in the header and, after two underscores, in the query.
const preferenceNames = { status: 'code', example: 'example', dynamic: 'dynamic', seed: 'seed' } as const;

// RFC 7240, section 2: a token with an optional value, which is a token or a quoted string.
const preferencePattern = /([^\s=,;]+)\s*(?:=\s*("(?:[^"\\]|\\.)*"|[^\s,;]*))?/g;

/**
 * Reads the `Prefer` header, and only without it the query's `__code`, `__example`, `__dynamic` and `__seed`.
 *
 * @see https://github.com/stoplightio/prism/blob/master/docs/guides/01-mocking.md
 */
function readPreference(
  header: string | undefined,
  query: NonNullable<IHttpRequest['url']['query']>,
): Preference {
  // An empty header says nothing, nor does most of all queries.
  if (!header && !Object.keys(query).some((name) => name.startsWith('__'))) {
    return {};
  }
  const given = header ? parsePreferences(header) : new Map(Object.entries(query));
  const prefix = header ? '' : '__';
  return Object.fromEntries(
    Object.entries(preferenceNames).flatMap(([name, wireName]) => {
      const value = given.get(prefix + wireName);
      return value === undefined ? [] : [[name, String(value)]];
    }),
  );
}

function parsePreferences(header: string): Map<string, string> {
  const preferences = new Map<string, string>();
  for (const [, name = '', value = ''] of header.matchAll(preferencePattern)) {
    // RFC 7240, section 2: of a preference that is given twice, the first counts.
    if (!preferences.has(name.toLowerCase())) {
      preferences.set(name.toLowerCase(), unquote(value));
    }
  }
  return preferences;
}

function unquote(value: string): string {
  return /^".*"$/.test(value) ? value.slice(1, -1).replaceAll(/\\(.)/g, '$1') : value;
}

// RFC 9110, sections 5.6.6 and 12.5.1; and as strict as the parser that Prism reads each range with.
const token = "[!#$%&'*+.^_`|~\\w-]+";
const mediaRange = new RegExp(`^${token}/${token}(?: *; *${token} *= *(?:"[ !#-\\[\\]-~]*"|${token}))*$`);

/**
 * Leaves out of a request's headers what makes Prism throw, and adds the length that it decides by.
 *
 * @param bodyLength in bytes
 */
function repairHeaders(headers: IncomingHttpHeaders, bodyLength: number): Record<string, string> {
  const repaired: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    const text = Array.isArray(value) ? value.join(', ') : value;
    const kept = text === undefined ? undefined : repairHeader(name, text);
    if (kept !== undefined) {
      repaired[name] = kept;
    }
  }
  // Without a length, as in a chunked request, Prism takes a body of any media type.
  repaired['content-length'] = String(bodyLength);
  return repaired;
}

function repairHeader(name: string, value: string): string | undefined {
  switch (name) {
    case 'accept':
      return keepMediaRanges(value) || undefined;
    case 'content-type':
      return repairType(value);
    default:
      return value;
  }
}

// Prism throws at a range that doesn't parse, where no other one fits. RFC 9110, section 12.5.1, lets a server
// disregard the header; here it disregards the malformed ranges. Prism, too, splits at every comma.
function keepMediaRanges(accept: string): string {
  const ranges = accept.split(',').map((range) => range.trim());
  const kept = ranges.filter((range) => mediaRange.test(range));
  // Prism quotes the header: where nothing is wrong with it, as it came.
  return kept.length === ranges.length ? accept : kept.join(',');
}

const usualType = /^[a-z]+\/[a-z.+-]+$/;

// Prism throws at a type that doesn't parse, even where there is no body. RFC 9110, section 8.3: a body of
// unknown type may be taken for this one, which Prism then refuses or accepts by the spec.
function repairType(contentType: string): string {
  if (usualType.test(contentType)) {
    return contentType;
  }
  try {
    new MIMEType(contentType);
    return contentType;
  } catch {
    return 'application/octet-stream';
  }
}
