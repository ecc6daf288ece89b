import type {
  Oas3_1Definition,
  Oas3_1Schema,
  Oas3Example,
  Oas3MediaType,
  Oas3Response,
  Referenced,
} from '@redocly/openapi-core';
import { isJsonType } from '../http/media-types.ts';
import { isPlainObject, resolveReference } from './document.ts';
import { listOperations, type OperationPlace } from './operations.ts';

/**
 * What a request must hold for the mock to answer so, by part: exact values, and `null` for what it must not hold.
 */
export type AnswerCondition = Partial<
  Record<'body' | 'query' | 'header' | 'path', Readonly<Record<string, string | number | boolean | null>>>
>;

/**
 * One answer that a spec documents: a named example of a response; where it has none, its single `example`; where it has
 * neither, the response itself, with a body or without.
 */
export interface DocumentedAnswer {
  place: OperationPlace;
  status: string;
  /** The media type of its body. Missing where the response has none. */
  mediaType?: string;
  /** Missing where the spec shows no body. A single `example` has no name. */
  example?: { name?: string; value: unknown };
  /** `x-provider-state`, where the answer has one. */
  state?: string;
  /** `x-invalid-request`: the provider answers so because the request is invalid. */
  isRequestInvalid?: boolean;
  /** `x-match`, where the answer has one. */
  condition?: AnswerCondition;
  /** JSON pointer to the response. */
  pointer: string;
}

/**
 * Lists all answers that a spec documents, in its order.
 */
export function listAnswers(document: Oas3_1Definition): DocumentedAnswer[] {
  return listOperations(document).flatMap((place) => answersOf(document, place));
}

/**
 * Names an answer, as `getItem 200 found`.
 */
export function nameAnswer({ place, status, example }: DocumentedAnswer): string {
  return [place.operation.operationId ?? '', status, example?.name]
    .filter((part) => part !== undefined)
    .join(' ');
}

/**
 * Renders the `Prefer` header that makes the mock answer so.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7240
 */
export function formatPreference({ status, example }: DocumentedAnswer): string {
  return `code=${status}${example?.name === undefined ? '' : `, example=${quoteToken(example.name)}`}`;
}

// RFC 7240, section 2: a value that is not a token is a quoted string.
function quoteToken(name: string): string {
  return /^[^\s=,;"\\]+$/.test(name) ? name : JSON.stringify(name);
}

/**
 * Tells whether an answer is the one that is asked for, by its status, its example or both. Each answer is, where
 * neither is given.
 */
export function isAnswer(
  { status, example }: DocumentedAnswer,
  asked: { status?: number; example?: string },
): boolean {
  return (
    (asked.status === undefined || status === String(asked.status)) &&
    (asked.example === undefined || example?.name === asked.example)
  );
}

function answersOf(document: Oas3_1Definition, place: OperationPlace): DocumentedAnswer[] {
  return Object.entries(place.operation.responses ?? {})
    .filter(([status]) => !status.startsWith('x-'))
    .flatMap(([status, reference]) => {
      const response = resolveReference<Oas3Response<Oas3_1Schema>>(document, reference);
      const answer = { place, status, pointer: `${place.pointer}/responses/${status}` };
      const contents = Object.entries(response.content ?? {});
      const named = contents.flatMap(([mediaType, { examples }]) =>
        readExamples(document, examples).map(({ name, example }) => ({
          ...answer,
          mediaType,
          example: { name, value: example.value },
          ...stateOf(example),
        })),
      );
      // The same name in several media types is the same answer.
      const distinct = named.filter(
        (one, index) => named.findIndex(({ example }) => example.name === one.example.name) === index,
      );
      return distinct.length > 0
        ? distinct
        : [{ ...answer, ...readUnnamed(document, contents), ...stateOf(response) }];
    });
}

type Contents = [mediaType: string, content: Oas3MediaType<Oas3_1Schema>][];

function readUnnamed(
  document: Oas3_1Definition,
  contents: Contents,
): Pick<DocumentedAnswer, 'mediaType' | 'example'> {
  const shown = contents.flatMap(([mediaType, { example, schema }]) => {
    const value = example ?? (schema && resolveReference<Oas3_1Schema>(document, schema).example);
    return value === undefined ? [] : [{ mediaType, example: { value } }];
  });
  const findJson = <One extends { mediaType: string }>(list: readonly One[]): One | undefined =>
    list.find(({ mediaType }) => isJsonType(mediaType)) ?? list[0];
  const first = findJson(contents.map(([mediaType]) => ({ mediaType })));
  return findJson(shown) ?? first ?? {};
}

function stateOf(node: object): Pick<DocumentedAnswer, 'state' | 'isRequestInvalid' | 'condition'> {
  const {
    'x-provider-state': state,
    'x-invalid-request': isRequestInvalid,
    'x-match': condition,
  } = node as Record<string, unknown>;
  return {
    ...(typeof state === 'string' ? { state } : {}),
    ...(isRequestInvalid === true ? { isRequestInvalid } : {}),
    ...(isPlainObject(condition) ? { condition } : {}),
  };
}

/**
 * Finds what an operation documents of a status: its code, its range or the default, references resolved.
 */
export function findResponse(
  document: Oas3_1Definition,
  { responses = {} }: OperationPlace['operation'],
  status: number,
): Oas3Response<Oas3_1Schema> | undefined {
  const [reference] = nameStatuses(status).flatMap((name) => responses[name] ?? []);
  return reference && resolveReference<Oas3Response<Oas3_1Schema>>(document, reference);
}

/**
 * Lists the names that a spec can document a status by, the one that counts first: a code wins over its range, and
 * both over `default`.
 *
 * @see https://spec.openapis.org/oas/v3.1.0#responses-object
 */
export function nameStatuses(status: number | string): string[] {
  return [String(status), `${String(status).charAt(0)}XX`, 'default'];
}

/**
 * Lists named examples, references resolved, in the order of the document.
 */
export function readExamples(
  document: Oas3_1Definition,
  examples: Readonly<Record<string, Referenced<Oas3Example>>> = {},
): { name: string; example: Oas3Example }[] {
  return Object.entries(examples).map(([name, reference]) => ({
    name,
    example: resolveReference<Oas3Example>(document, reference),
  }));
}

// Of `default`, a failure first, unless it is the only success that there is.
const failuresFirst = listStatuses([5, 4, 2, 3]);
const successesFirst = listStatuses([2, 3, 4, 5]);

function listStatuses(hundreds: readonly number[]): number[] {
  return hundreds.flatMap((hundred) => Array.from({ length: 100 }, (_, index) => hundred * 100 + index));
}

/**
 * Finds the status that the mock sends a documented answer with: the code itself, or of a range such as `4XX`, or of
 * `default`, the first code that the operation documents by no other name: a success
 * where it documents no other, and a failure otherwise.
 *
 * @returns `undefined` where there is none, as for 103, which ends no request
 */
export function findFinalStatus(answer: DocumentedAnswer): number | undefined {
  const names = Object.keys(answer.place.operation.responses ?? {});
  const statuses = names.some((name) => /^[23]/.test(name)) ? failuresFirst : successesFirst;
  return statuses.find((status) => isSentWith(answer, status));
}

/**
 * Tells whether a documented answer is the one, or one of those, that the operation has for a status.
 */
export function isSentWith({ place, status: name }: DocumentedAnswer, status: number): boolean {
  const { responses = {} } = place.operation;
  return nameStatuses(status).find((one) => Object.hasOwn(responses, one)) === name;
}
