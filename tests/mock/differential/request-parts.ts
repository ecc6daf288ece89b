import type { WireRequest } from './exchange.ts';

const form: WireRequest['headers'] = [['content-type', 'application/x-www-form-urlencoded']];

/** The credentials of a signed-in customer. */
export const bearer: WireRequest['headers'] = [['authorization', 'Bearer access-token-1']];

/** The body of a sign-in. */
export const signInBody = 'grant_type=password&username=ada%40lovelace.dev&password=correct-horse';

/** Makes a sign-in, with further headers or another body. */
export function signIn(headers: WireRequest['headers'] = [], body: string = signInBody): WireRequest {
  const own = headers.some(([name]) => name === 'content-type') ? [] : form;
  return { method: 'POST', target: '/api/token', headers: [...own, ...headers], body };
}

/** The spec of another API, with what Prism finds hard to render. */
export const bookshop = 'tests/mock/fixtures/bookshop.yaml';

/** Makes a request to that API, with a body in JSON. */
export function addBook(book: string): WireRequest {
  const headers: WireRequest['headers'] = [
    ['content-type', 'application/json'],
    ['shop-key', 'key-1'],
    ['shelf', 'top'],
  ];
  return { method: 'POST', target: '/books', headers, body: Buffer.from(book).toString('latin1') };
}

/** Makes a request without a body. */
export function ask(target: string, headers: WireRequest['headers'] = [], method = 'GET'): WireRequest {
  return { method, target, headers, body: '' };
}

/** Reads a header, of several the first. */
export function readHeader({ headers }: WireRequest, name: string): string | undefined {
  return headers.find(([other]) => other === name)?.[1];
}

/** The path of a request, without its query. */
export function readPath({ target }: WireRequest): string {
  return target.split('?')[0] ?? '';
}

/**
 * Reads what was sent for a preference, from the header or else from the query: once each time, so that none is empty.
 */
export function readPreference(request: WireRequest, name: string): string[] {
  const header = request.headers.filter(([other]) => other === 'prefer').map(([, value]) => value);
  if (header.join('') === '') {
    return new URLSearchParams(request.target.split('?').slice(1).join('?')).getAll(`__${name}`);
  }
  return header
    .flatMap((value) => value.split(/[,;]/))
    .map((one) => one.trim().split('='))
    .filter(([other = '']) => other.toLowerCase() === name)
    .map(([, value = '']) => value.replaceAll('"', ''));
}
