import type { IncomingHttpHeaders } from 'node:http';
import { isFormType } from '../parse-body.ts';
import { readPreference } from '../preference.ts';
import type { RawRequest } from '../raw-request.ts';
import { readRequest } from '../read-request.ts';
import type { TakenToken } from './rules.ts';

/** What a simulation looks at in a request. */
export interface SimulationInput {
  /** Without parameters that are given twice. */
  query: Readonly<Record<string, string | undefined>>;
  /** The fields of a form; empty for any other body. */
  form: Readonly<Record<string, string | undefined>>;
  headers: IncomingHttpHeaders;
  /** Whether the client prefers a status or an example. */
  isAnswerPreferred: boolean;
}

/**
 * Reads a request as Prism does.
 *
 * @throws {RequestProblem} 400 for what `readRequest` refuses
 */
export function readInput(raw: RawRequest): SimulationInput {
  const request = readRequest(raw);
  const { code, example } = readPreference(request);
  const { body, headers = {} } = request;
  const isForm = typeof body === 'string' && isFormType(headers['content-type'] ?? '');
  const query = Object.entries(request.url.query ?? {});
  return {
    query: Object.fromEntries(
      query.flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
    ),
    form: isForm ? Object.fromEntries(new URLSearchParams(body)) : {},
    headers: raw.headers,
    isAnswerPreferred: Boolean(code || example),
  };
}

/**
 * Reads the token that an operation takes, or an empty text.
 */
export function readToken({ query, form, headers }: SimulationInput, from: TakenToken['from']): string {
  if (from === 'bearer') {
    // RFC 9110, section 11.1: the scheme is in any case.
    return /^bearer +(.*)$/i.exec(headers.authorization ?? '')?.[1] ?? '';
  }
  return ('query' in from ? query[from.query] : form[from.form]) ?? '';
}

/**
 * Reads the client that a request names: without the header it is the customer of the form.
 */
export function readClientId({ form, headers }: SimulationInput): string | undefined {
  const { client_id: clientId } = headers;
  return clientId === undefined ? form.username : String(clientId);
}
