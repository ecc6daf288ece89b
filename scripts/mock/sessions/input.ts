import type { IncomingHttpHeaders } from 'node:http';
import { isPlainObject } from '../../openapi/document.ts';
import type { Call, Preference } from '../engine/request.ts';
import type { RequestPart, TakenToken } from './rules.ts';

/** What a simulation looks at in a request. */
export interface SimulationInput {
  /** Without parameters that are given twice. */
  query: Readonly<Record<string, string | undefined>>;
  /** The fields of a form; empty for any other body. */
  form: Readonly<Record<string, string | undefined>>;
  /** The properties of a JSON object; empty for any other body. */
  body: Readonly<Record<string, unknown>>;
  headers: IncomingHttpHeaders;
  /** Whether a status or an example is preferred. */
  isAnswerPreferred: boolean;
}

/**
 * Reads a request as Prism does.
 *
 * @param preference what is preferred, whatever the client does. Default: what the client prefers
 * @throws {RequestProblem} 400 for what `readRequest` refuses
 */
export function readInput(call: Call, preference?: Preference): SimulationInput {
  const request = call.read();
  const { status, example } = preference ?? request.preference;
  const query = Object.entries(request.url.query ?? {});
  return {
    query: Object.fromEntries(
      query.flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
    ),
    form: request.form(),
    body: isPlainObject(request.body) ? request.body : {},
    headers: call.headers,
    isAnswerPreferred: Boolean(status || example),
  };
}

/**
 * Reads the part of a request that a rule names.
 */
export function readPart(
  { query, form, body, headers }: SimulationInput,
  part: RequestPart = {},
): string | undefined {
  if (part.header !== undefined) {
    const { [part.header.toLowerCase()]: value } = headers;
    return value === undefined ? undefined : String(value);
  }
  if (part.body !== undefined) {
    const value = Object.hasOwn(body, part.body) ? body[part.body] : undefined;
    return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
  }
  return part.query === undefined ? form[part.form ?? ''] : query[part.query];
}

/**
 * Reads the token that an operation takes, or an empty text.
 */
export function readToken(input: SimulationInput, from: TakenToken['from']): string {
  return from === 'bearer'
    ? // RFC 9110, section 11.1: the scheme is in any case.
      (/^bearer +(.*)$/i.exec(input.headers.authorization ?? '')?.[1] ?? '')
    : (readPart(input, from) ?? '');
}
