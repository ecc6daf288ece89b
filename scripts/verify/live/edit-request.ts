import { formType } from '../../pact/read-interactions.ts';
import type { Replacement } from './live-states.ts';

/** A request on its way to the provider. */
export interface OutgoingRequest {
  /** Path and query. */
  target: string;
  /** Names in lower case. */
  headers: Record<string, string | string[] | undefined>;
  body: Buffer;
}

/**
 * Puts values into a request where the pact has values of the same names; adds none, and leaves all else as it is.
 */
export function editRequest(request: OutgoingRequest, replacement: Replacement): OutgoingRequest {
  const { target, headers, body } = request;
  const [path = '', query] = target.split(/\?(.*)/s);
  const search = query === undefined ? '' : `?${replacePairs(query, replacement.query)}`;
  return {
    target: (replacement.path ?? path) + search,
    headers: { ...headers, ...pickPresent(replacement.headers, headers) },
    body: isForm(headers) ? Buffer.from(replacePairs(body.toString(), replacement.form)) : body,
  };
}

/** Tells whether the body of a request is a form. */
export function isForm(headers: OutgoingRequest['headers']): boolean {
  return String(headers['content-type']).split(';')[0]?.trim().toLowerCase() === formType;
}

function pickPresent(values: Replacement['headers'] = {}, headers: object): Record<string, string> {
  return Object.fromEntries(Object.entries(values).filter(([name]) => name in headers));
}

function replacePairs(text: string, values: Readonly<Record<string, string>> = {}): string {
  return text
    .split('&')
    .map((pair) => {
      const [name = ''] = new URLSearchParams(pair).keys();
      return Object.hasOwn(values, name)
        ? `${pair.split('=')[0]}=${encodeURIComponent(values[name] ?? '')}`
        : pair;
    })
    .join('&');
}
