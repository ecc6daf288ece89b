import type { Oas3_1Definition } from '@redocly/openapi-core';
import { loadAjv } from '../../openapi/ajv.ts';
import { type DocumentedAnswer, isAnswer, listAnswers } from '../../openapi/answers.ts';
import { extensionSchemas } from '../../openapi/extensions.ts';
import { listOperations, nameOperation, type OperationPlace } from '../../openapi/operations.ts';

/** Where a request has a value, by its name: `{ query: 't' }`. Of a JSON body, a property of its own. */
export interface RequestPart {
  query?: string;
  form?: string;
  header?: string;
  body?: string;
}

/** What a document says of the sessions of an operation, or of one kind of its requests: an item of `x-session`. */
export interface SessionRule {
  /** Only requests with these fields of a form or properties of a JSON body. */
  when?: { form?: Readonly<Record<string, string>>; body?: Readonly<Record<string, string>> };
  /** Who signs in, with what takes no token. */
  subject?: RequestPart;
  /** The token that a request needs. */
  takes?: TakenToken;
  /** The subject who has 2FA on, and the only code that is right. */
  secondFactor?: { subject: string; code: string; from: RequestPart };
  /** The token that a request revokes, where the mock issued it. */
  revokes?: { from: RequestPart; isWholeFamily?: boolean };
  /** The answer to a request without what it needs: a failure, or a success that says so, as of an introspection. */
  refusal: { status: number; example?: string };
  /** The properties of a successful answer that hold a fresh token. */
  issues?: Readonly<Record<string, IssuedKind>>;
  /** What `Location` repeats, where a request has it. */
  locationFrom?: RequestPart;
}

/** The token that an operation takes. */
export interface TakenToken {
  /** One kind, or several of which each is taken. */
  kind: string | readonly string[];
  from: RequestPart | 'bearer';
  /** It works once. */
  isSpent?: boolean;
  /** The kinds of tokens of its family that are revoked when a token comes that is spent. Default: none. */
  reuseRevokes?: readonly string[];
  /** The part of the request that names the client which the token belongs to. */
  client?: RequestPart;
  /** How long it lives, where no operation issues it. */
  lifeSeconds?: number;
}

/** A token that an operation issues. Its text begins with the name of its kind. */
export interface IssuedKind {
  kind: string;
  /** Fixed, or as a property of the answer says, which can repeat a number of minutes that the request asks for. */
  life: { seconds: number } | { property: string; minutesFrom?: RequestPart };
  /** The client that the token belongs to. One token of this kind lives for each client and subject, or any number. */
  client?: RequestPart & { otherwise?: RequestPart; isShared?: boolean };
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
  const isValid = new (loadAjv().Ajv2020)({ strict: false }).compile(extensionSchemas['x-session'] ?? {});
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

/** A kind of token that the mock's control can issue. */
export interface TokenKind {
  kind: string;
  /** How long such a token lives. */
  lifeSeconds: number;
  /** Operations take it and none issues it: it comes from outside, as by e-mail. */
  isOutside: boolean;
}

// Where the spec does not say how long a token lives.
const defaultLifeSeconds = 15 * 60;

/**
 * Lists the kinds of tokens that operations take or issue, in the order of the document.
 */
export function listTokenKinds(operations: readonly SessionOperation[]): TokenKind[] {
  const rules = operations.flatMap((operation) => operation.rules);
  const issued = rules.flatMap(({ issues = {} }) => Object.values(issues));
  const taken = rules.flatMap(({ takes }) =>
    takes === undefined ? [] : [takes.kind].flat().map((kind) => ({ kind, lifeSeconds: takes.lifeSeconds })),
  );
  const kinds = new Set([...issued, ...taken].map(({ kind }) => kind));
  return [...kinds].map((kind) => {
    const makers = issued.filter((one) => one.kind === kind);
    const lives = makers.flatMap(({ life }) => ('seconds' in life ? life.seconds : []));
    const [lifeSeconds = defaultLifeSeconds] = [
      ...taken.flatMap((one) => (one.kind === kind ? (one.lifeSeconds ?? []) : [])),
      ...lives,
    ];
    return { kind, lifeSeconds, isOutside: makers.length === 0 };
  });
}
