import type { Oas3_1Definition } from '@redocly/openapi-core';
import type { IHttpRequest } from '@stoplight/prism-http';
import { type AnswerCondition, type DocumentedAnswer, listAnswers } from '../spec/list-answers.ts';
import { findFinalStatus } from './final-status.ts';
import { isFormType } from './parse-body.ts';
import type { Preference } from './preference.ts';
import type { Operation } from './prism.ts';

/** Finds the answer whose `x-match` a request meets. */
export type MatchAnswer = (operation: Operation, request: IHttpRequest) => Preference | undefined;

/**
 * Reads the conditions of a document's answers. Failures are tried before successes, each in the document's order,
 * and the first that is met wins: so a success can have the broader condition.
 */
export function createAnswerMatcher(document: Oas3_1Definition): MatchAnswer {
  const conditional = listAnswers(document).flatMap((answer) => {
    const status = answer.condition === undefined ? undefined : findFinalStatus(answer);
    return status === undefined ? [] : [{ ...answer, status: String(status) }];
  });
  const inOrder = [...conditional.filter(isFailure), ...conditional.filter((answer) => !isFailure(answer))];
  const ofOperations = Map.groupBy(inOrder, ({ place }) => nameOperation(place));
  return (operation, request) => {
    const answers = ofOperations.get(nameOperation(operation)) ?? [];
    const given = answers.length === 0 ? {} : readValues(request, operation.path);
    const answer = answers.find(({ condition = {} }) => isMet(condition, given));
    return answer && { code: answer.status, ...(answer.example ? { example: answer.example.name } : {}) };
  };
}

function nameOperation({ method, path }: Pick<Operation, 'method' | 'path'>): string {
  return `${method} ${path}`;
}

function isFailure({ status }: DocumentedAnswer): boolean {
  return Number(status) >= 400;
}

type Values = Partial<Record<keyof AnswerCondition, Record<string, unknown>>>;

function readValues(request: IHttpRequest, template: string): Values {
  return {
    body: readFields(request),
    query: request.url.query ?? {},
    header: request.headers ?? {},
    path: readPathValues(template, request.url.path),
  };
}

function isMet(condition: AnswerCondition, given: Values): boolean {
  return Object.entries(condition).every(([part, values]) =>
    Object.entries(values).every(([name, expected]) => {
      const key = part === 'header' ? name.toLowerCase() : name;
      const found = given[part as keyof AnswerCondition]?.[key];
      return expected === null ? found === undefined : String(found) === String(expected);
    }),
  );
}

function readFields({ body, headers = {} }: IHttpRequest): Record<string, unknown> {
  if (typeof body === 'string') {
    return isFormType(headers['content-type'] ?? '') ? Object.fromEntries(new URLSearchParams(body)) : {};
  }
  return typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
}

function readPathValues(template: string, path: string): Record<string, string> {
  const segments = path.split('/');
  const named = template.split('/').map((part, at) => [/^\{(.+)\}$/.exec(part)?.[1], segments[at]] as const);
  return Object.fromEntries(
    named.flatMap(([name, value]) =>
      name === undefined || value === undefined ? [] : [[name, decodeURIComponent(value)]],
    ),
  );
}
