import type { IHttpRequest } from '@stoplight/prism-http';
import { isDecodable, parseBody } from './parse-body.ts';
import { RequestProblem } from './problem.ts';
import type { RawRequest } from './raw-request.ts';
import { repairHeaders } from './repair-headers.ts';

/**
 * Turns a raw request into the one that Prism validates: JSON parsed, any other body as text, and without
 * what Prism would trip over.
 *
 * @throws {RequestProblem} 400 for a malformed request target or a JSON body that doesn't parse, 413 for a form of too
 *   many fields
 */
export function readRequest({ method, target, headers, body }: RawRequest): IHttpRequest {
  const { pathname, searchParams } = parseTarget(target);
  const repaired = repairHeaders(headers, body.length);
  const server = searchParams.get('__server');
  return {
    // Prism's type lists the methods that OpenAPI knows; its router answers any other with 405.
    method: method.toLowerCase() as IHttpRequest['method'],
    url: { path: pathname, query: groupValues(searchParams), ...(server ? { baseUrl: server } : {}) },
    headers: repaired,
    body: parseBody(body, repaired['content-type']),
  };
}

function parseTarget(target: string): URL {
  // Behind a host, a path such as `//` stays a path; `new URL('//', base)` takes it for a host and throws.
  const url = URL.parse(target.startsWith('/') ? `http://mock${target}` : target);
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
