import { operations } from '../../generated/operations.ts';
import type { Operation } from '../runtime/operation.ts';
import { bearer } from '../runtime/request.ts';
import type { SendWithBearer } from './with-bearer.ts';

/** A `fetch` that is signed in. */
export type SessionFetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>;

/** What a session's `fetch` works with. */
export interface SessionFetchParts {
  /** Without a slash at its end. */
  baseUrl: string;
  fetch: (request: Request) => Promise<Response>;
  sendWithBearer: SendWithBearer;
}

/** Makes the `fetch` of a session. */
export function createSessionFetch({ baseUrl, fetch, sendWithBearer }: SessionFetchParts): SessionFetch {
  return async (input, init) => {
    const url = typeof input === 'string' && input.startsWith('/') ? baseUrl + input : input;
    const request = new Request(url, init);
    if (!needsBearer(request, baseUrl)) {
      return fetch(request);
    }
    // React Native's requests have no signal of their own.
    const signal: AbortSignal | undefined = init?.signal ?? request.signal;
    // A stream is not kept for another attempt: it may be larger than the memory.
    const isOnlyOne = init?.body == null ? hasStream(request) : isStream(init.body);
    const attempts = createAttempts(hideRedirects(request, init), fetch, isOnlyOne);
    try {
      return await sendWithBearer({
        send: attempts.send,
        isReplayable: !isOnlyOne,
        isRepeatable: !isOnlyOne && isIdempotent(request),
        signal,
      });
    } catch (error) {
      attempts.letGo();
      // As fetch does it.
      throw signal?.aborted ? signal.reason : error;
    }
  };
}

function needsBearer(request: Request, baseUrl: string): boolean {
  const { origin, pathname } = new URL(request.url);
  return (
    origin === new URL(baseUrl).origin &&
    !request.headers.has('Authorization') &&
    !Object.values<Operation>(operations).some(
      (operation) => operation.public && isCallOf(operation, request.method, pathname, baseUrl),
    )
  );
}

// Servers differ on case, on a slash at the end and on what they decode: rather one bearer token too few than one too many.
function isCallOf({ method, path }: Operation, asked: string, pathname: string, baseUrl: string): boolean {
  const prefix = escapePattern(new URL(baseUrl).pathname.replace(/\/$/, ''));
  const pattern = escapePattern(path).replace(/\\\{.+?\\\}/g, '[^/]+');
  const decoded = pathname.replace(/%[2-7][0-9a-f]/gi, decodeURIComponent);
  return method === asked && new RegExp(`^(${prefix})?${pattern}/?$`, 'i').test(decoded);
}

function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

// A redirect is an answer like others, as in the client: who follows it without looking trusts every engine to drop the
// bearer token on its way to another origin. A caller that asks for `follow` does.
function hideRedirects(request: Request, init: RequestInit | undefined): Request {
  const isDefault = init?.redirect === undefined && request.redirect === 'follow';
  return isDefault ? new Request(request, { redirect: 'manual' }) : request;
}

function createAttempts(
  request: Request,
  fetch: SessionFetchParts['fetch'],
  isOnlyOne: boolean,
): { send: (bearerToken: string) => Promise<Response>; letGo: () => void } {
  let previous: Response | undefined;
  // What nobody will read would hold its connection.
  const letGo = () => {
    previous?.body?.cancel().catch(() => {});
  };
  return {
    letGo,
    send: async (bearerToken) => {
      const authorization = bearer(bearerToken);
      letGo();
      const attempt = isOnlyOne ? request : request.clone();
      attempt.headers.set('Authorization', authorization);
      previous = await fetch(attempt);
      return previous;
    },
  };
}

// A request does not say what its body was made of. But the Fetch standard lets no request with this mode have a body
// that can't be begun anew, which is a stream: https://fetch.spec.whatwg.org/#dom-request
function hasStream(request: Request): boolean {
  if (!request.body) {
    return false;
  }
  const probe = request.clone();
  try {
    return !new Request(probe, { method: 'POST', mode: 'no-cors' });
  } catch {
    // Else it would be kept for the probe as well.
    probe.body?.cancel().catch(() => {});
    return true;
  }
}

function isStream(body: unknown): boolean {
  return typeof body === 'object' && body !== null && ('getReader' in body || Symbol.asyncIterator in body);
}

// RFC 9110, section 9.2.2.
function isIdempotent({ method }: Request): boolean {
  return /^(GET|HEAD|OPTIONS|PUT|DELETE)$/.test(method);
}
