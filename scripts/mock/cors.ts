import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http';
import type { Answer } from './answer.ts';

/**
 * Builds the headers that let a page of any origin read an answer, with credentials too.
 *
 * The Fetch standard takes no wildcard together with credentials: the origin is echoed, and the answer's
 * headers are exposed by name.
 *
 * @see https://fetch.spec.whatwg.org/#cors-protocol-and-credentials
 */
export function corsHeaders(request: IncomingHttpHeaders, answer: Answer): OutgoingHttpHeaders {
  if (request.origin === undefined) {
    return { 'access-control-allow-origin': '*' };
  }
  const exposed = Object.keys(answer.headers).join(', ');
  return {
    'access-control-allow-origin': request.origin,
    'access-control-allow-credentials': 'true',
    vary: 'Origin',
    ...(exposed === '' ? {} : { 'access-control-expose-headers': exposed }),
  };
}

/**
 * Answers a browser's preflight: 204 that allows what it asks for. `undefined` for any other request.
 */
export function answerPreflight(method: string, request: IncomingHttpHeaders): Answer | undefined {
  const requestedMethod = request['access-control-request-method'];
  if (method !== 'OPTIONS' || request.origin === undefined || requestedMethod === undefined) {
    return undefined;
  }
  const requestedHeaders = request['access-control-request-headers'];
  return {
    status: 204,
    headers: {
      'access-control-allow-methods': requestedMethod,
      ...(requestedHeaders === undefined ? {} : { 'access-control-allow-headers': requestedHeaders }),
      // Against RFC 9110, section 8.6: Safari waits for a body otherwise, as expressjs/cors found out.
      'content-length': '0',
    },
    body: '',
  };
}
