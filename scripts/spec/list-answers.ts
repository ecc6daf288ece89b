import type { Oas3_1Definition, Oas3_1Schema, Oas3Response } from '@redocly/openapi-core';
import { isPlainObject } from './is-plain-object.ts';
import { listOperations, type OperationPlace } from './list-operations.ts';
import { readExamples } from './read-examples.ts';
import { resolveReference } from './resolve-reference.ts';

/**
 * What a request must hold for the mock to answer so, by part: exact values, and `null` for what it must not hold.
 */
export type AnswerCondition = Partial<
  Record<'body' | 'query' | 'header' | 'path', Readonly<Record<string, string | number | boolean | null>>>
>;

/** One answer that a spec documents: a named example of a response, or a response without a body. */
export interface DocumentedAnswer {
  place: OperationPlace;
  status: string;
  /** Missing where the response has no body. */
  example?: { name: string; value: unknown };
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
 * Names an answer, as `getOneTimeToken 200 issued`.
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
  return `code=${status}${example === undefined ? '' : `, example=${example.name}`}`;
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
  return Object.entries(place.operation.responses ?? {}).flatMap(([status, reference]) => {
    const response = resolveReference<Oas3Response<Oas3_1Schema>>(document, reference);
    const answer = { place, status, pointer: `${place.pointer}/responses/${status}` };
    if (response.content === undefined) {
      return [{ ...answer, ...stateOf(response) }];
    }
    return Object.values(response.content)
      .flatMap(({ examples }) => readExamples(document, examples))
      .map(({ name, example }) => ({
        ...answer,
        example: { name, value: example.value },
        ...stateOf(example),
      }));
  });
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
