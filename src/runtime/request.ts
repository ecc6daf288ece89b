import { encodeBody } from './body.ts';
import type { Credentials, Placed } from './credentials.ts';
import type { Operation } from './operation.ts';
import { buildUrl } from './url.ts';
import { findOwn, isObject, tools, type Values } from './values.ts';

/** What a call of an operation is given. */
export interface CallInput {
  path?: Values;
  query?: Values;
  header?: Values;
  cookie?: Values;
  body?: unknown;
  /** The media type of `body`, where the spec has several. */
  contentType?: string;
  /** The media type that the answer should have. */
  accept?: string;
  bearerToken?: string;
  credentials?: Credentials;
  redirect?: 'manual' | 'follow';
  /** Hands bytes over as they come. */
  stream?: boolean;
  signal?: AbortSignal;
  timeoutMs?: number;
  /** `false` takes the body as it is: a session checks the tokens of its renewals itself. */
  validate?: boolean;
}

/** What all calls of a client have in common. */
export interface RequestSettings {
  headers?: Readonly<Record<string, string>>;
  credentials?: Credentials;
  redirect?: 'manual' | 'follow';
  /** The client sends by a function of its own, not by the engine's `fetch`. */
  fetch?: unknown;
}

/** A request as fetch takes it. */
export interface SentRequest {
  url: string;
  init: RequestInit & { headers: Headers };
}

/**
 * Builds the request of an operation.
 *
 * @throws {UrlError} when a parameter or a field can't be sent
 * @throws {TypeError} when a header, a credential, a cookie or the body can't be
 */
export async function buildRequest(
  operation: Operation,
  baseUrl: string,
  input: CallInput,
  settings: RequestSettings,
): Promise<SentRequest> {
  const { method, responses, encoding } = operation;
  const { body, bearerToken, contentType = operation.requestMediaType } = input;
  const { cookie, ...placed } = await placeAll(operation, input, settings);
  const { path, query, header } = input;
  // Most calls have plain values only, and load no styles.
  const styles = needsStyles(operation, [path, query, header])
    ? (await import('./style.ts')).createStyles(tools)
    : undefined;
  const values = { path, query: { ...query, ...placed.query } };
  const url = buildUrl(operation, baseUrl, values, styles?.url);
  if (body !== undefined && /^(GET|HEAD)$/.test(method) && settings.fetch === undefined) {
    throw new TypeError(
      `fetch sends no body with ${method}: leave it out, or give createSender a fetch that does.`,
    );
  }
  const encoded =
    body === undefined
      ? undefined
      : await encodeBody(body, contentType, findOwn(encoding, contentType ?? ''));
  const headers = mergeHeaders(
    { Accept: acceptOf(operation) },
    settings.headers,
    { Accept: input.accept, 'Content-Type': encoded?.mediaType, Cookie: cookie },
    placed.header,
    { Authorization: bearerToken === undefined ? undefined : bearer(bearerToken) },
    styles ? styles.headers(operation, header) : header,
  );
  // An engine keeps Authorization from another origin, but neither a header of the API's own nor a body.
  const isSafe =
    encoded === undefined && Object.keys(placed.header).every(isAuthorization) && cookie === undefined;
  const follows = isSafe && !Object.keys(responses).some((key) => key.startsWith('3'));
  const redirect = input.redirect ?? settings.redirect ?? (follows ? 'follow' : 'manual');
  const isStream = isObject(encoded?.body) && 'getReader' in encoded.body;
  // Fetch standard, https://fetch.spec.whatwg.org/#dom-requestinit-duplex
  const init = {
    method,
    headers,
    body: encoded?.body ?? null,
    redirect,
    ...(isStream && { duplex: 'half' }),
  };
  return { url, init };
}

// Most calls have none of it, and load nothing.
async function placeAll(operation: Operation, input: CallInput, settings: RequestSettings): Promise<Placed> {
  return (input.cookie ?? input.credentials ?? settings.credentials)
    ? (await import('./credentials.ts')).placeCredentials(operation, input, settings, tools)
    : { header: {}, query: {} };
}

function acceptOf({ accept, responses }: Operation): string | undefined {
  return accept ?? (Object.values(responses).includes('json') ? 'application/json' : undefined);
}

function isAuthorization(name: string): boolean {
  return /^authorization$/i.test(name);
}

function needsStyles({ styles, query }: Operation, places: readonly (Values | undefined)[]): boolean {
  return (
    styles !== undefined ||
    query.some(({ allowReserved, contentType }) => allowReserved || contentType) ||
    places.some((values = {}) => Object.values(values).some(isObject))
  );
}

// A later header takes the place of an earlier one, but a list is added to it; `null` removes it.
function mergeHeaders(...all: (Values | undefined)[]): Headers {
  const merged = new Headers();
  for (const [name, value] of all.flatMap((headers) => Object.entries(headers ?? {}))) {
    try {
      if (value === null) merged.delete(name);
      else if (Array.isArray(value)) for (const one of value) merged.append(name, one);
      else if (value !== undefined) merged.set(name, value as string);
    } catch {
      // The engine's own message quotes the value.
      throw new TypeError(
        `Cannot send the header ${JSON.stringify(name)}: it holds a character that no header can carry.`,
      );
    }
  }
  return merged;
}

/**
 * Writes the value of the Authorization header.
 *
 * @throws {TypeError} that doesn't quote the token, when it can't be sent
 */
export function bearer(token: string): string {
  // RFC 6750, section 2.1, in short. Checked here because the engine's own message quotes what it refuses.
  if (!/^[\x21-\x7e]+$/.test(token)) {
    throw new TypeError('bearerToken is empty or holds a character that no token has.');
  }
  return `Bearer ${token}`;
}
