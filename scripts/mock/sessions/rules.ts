import type { IncomingHttpHeaders } from 'node:http';
import type { Oas3_1Definition } from '@redocly/openapi-core';
import { type DocumentedAnswer, isAnswer, listAnswers } from '../../openapi/answers.ts';
import { extensionSchemas } from '../../openapi/extensions.ts';
import { listOperations, nameOperation, type OperationPlace } from '../../openapi/operations.ts';
import { loadPrismBundle } from '../engine/library.ts';
import type { Call, Preference } from '../engine/request.ts';

const { Ajv2020 } = await loadPrismBundle();

/** Where a request has a value, by its name: `{ query: 't' }`. */
export interface RequestPart {
  query?: string;
  form?: string;
  header?: string;
}

/** What a document says of the sessions of an operation, or of one kind of its requests: an item of `x-session`. */
export interface SessionRule {
  /** Only requests with these fields. */
  when?: { form: Readonly<Record<string, string>> };
  /** Who signs in, with what takes no token. */
  subject?: RequestPart;
  /** The token that a request needs. */
  takes?: TakenToken;
  /** The subject who has 2FA on, and the only code that is right. */
  secondFactor?: { subject: string; code: string; from: RequestPart };
  /** The answer to a request without what it needs. */
  refusal: { status: number; example?: string };
  /** The properties of a successful answer that hold a fresh token. */
  issues?: Readonly<Record<string, IssuedKind>>;
  /** What `Location` repeats, where a request has it. */
  locationFrom?: RequestPart;
}

/** The token that an operation takes. */
export interface TakenToken {
  kind: string;
  from: RequestPart | 'bearer';
  /** It works once. */
  isSpent?: boolean;
  /** The header that names the client which the token belongs to. */
  client?: { header: string };
  /** How long it lives, where no operation issues it. */
  lifeSeconds?: number;
}

/** A token that an operation issues. Its text begins with the name of its kind. */
export interface IssuedKind {
  kind: string;
  /** Fixed, or as a property of the answer says, which can repeat a number of minutes that the request asks for. */
  life: { seconds: number } | { property: string; minutesFrom?: RequestPart };
  /** One token of this kind lives for each client and subject. */
  client?: { header: string; otherwise?: RequestPart };
}

/** The rules of an operation, and where it stands. */
export interface SessionOperation {
  place: OperationPlace;
  rules: readonly SessionRule[];
}

/**
 * Reads `x-session` of all operations that have it. What is malformed is left out.
 */
export function readSessions(document: Oas3_1Definition): SessionOperation[] {
  const isValid = new Ajv2020({ strict: false }).compile(extensionSchemas['x-session'] ?? {});
  return listDeclared(document).flatMap(({ place, declared }) =>
    isValid(declared) ? [{ place, rules: declared as SessionRule[] }] : [],
  );
}

function listDeclared(document: Oas3_1Definition): { place: OperationPlace; declared: unknown }[] {
  return listOperations(document).flatMap((place) => {
    const { 'x-session': declared } = place.operation as { 'x-session'?: unknown };
    return declared === undefined ? [] : [{ place, declared }];
  });
}

/**
 * Names what a simulation needs and a document doesn't have: any `x-session`, one that is well-formed, and the answers
 * that refuse.
 *
 * @returns as `x-session on any operation`, `a well-formed x-session of getToken` and `getToken 401`
 */
export function findMissing(document: Oas3_1Definition): string[] {
  const declared = listDeclared(document);
  if (declared.length === 0) {
    return ['x-session on any operation'];
  }
  const operations = readSessions(document);
  const malformed = declared
    .filter(({ place }) => !operations.some((one) => one.place.pointer === place.pointer))
    .map(({ place }) => `a well-formed x-session of ${nameOperation(place)}`);
  const answers = listAnswers(document);
  const undocumented = operations.flatMap(({ place, rules }) =>
    rules.flatMap(({ refusal }) =>
      isDocumented(answers, place, refusal) ? [] : [nameRefusal(place, refusal)],
    ),
  );
  return [...new Set([...malformed, ...undocumented])];
}

function isDocumented(
  answers: readonly DocumentedAnswer[],
  place: OperationPlace,
  refusal: SessionRule['refusal'],
): boolean {
  return answers.some((answer) => answer.place.pointer === place.pointer && isAnswer(answer, refusal));
}

function nameRefusal(place: OperationPlace, { status, example }: SessionRule['refusal']): string {
  return [nameOperation(place), status, example].filter(Boolean).join(' ');
}

/**
 * Finds the kind of token that operations take and none issues: the mock's control does, as an e-mail would.
 */
export function findOutsideToken(operations: readonly SessionOperation[]): TakenToken | undefined {
  const rules = operations.flatMap((operation) => operation.rules);
  const issued = new Set(rules.flatMap(({ issues = {} }) => Object.values(issues).map(({ kind }) => kind)));
  return rules.flatMap(({ takes }) => takes ?? []).find(({ kind }) => !issued.has(kind));
}

/** The parts of a request that a simulation reads. */
export interface SimulationInput {
  /** Without parameters that are given twice. */
  query: Readonly<Record<string, string | undefined>>;
  /** The fields of a form; empty for any other body. */
  form: Readonly<Record<string, string | undefined>>;
  headers: IncomingHttpHeaders;
  /** Whether a status or an example is preferred. */
  isAnswerPreferred: boolean;
}

/**
 * Reads a request as Prism does.
 *
 * @param preference the preference, which overrides the client's. Default: the client's
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
    headers: call.headers,
    isAnswerPreferred: Boolean(status || example),
  };
}

/**
 * Reads the part of a request that a rule names.
 */
export function readPart(
  { query, form, headers }: SimulationInput,
  part: RequestPart = {},
): string | undefined {
  if (part.header !== undefined) {
    const { [part.header.toLowerCase()]: value } = headers;
    return value === undefined ? undefined : String(value);
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
