import type { Oas3_1Definition } from '@redocly/openapi-core';
import type { Finding } from '../../cli/finding.ts';
import {
  type AnswerCondition,
  type DocumentedAnswer,
  listAnswers,
  nameAnswer,
} from '../../openapi/answers.ts';
import { listPairs } from '../../openapi/example-pairs.ts';
import type { Spec } from '../../openapi/read-spec.ts';
import type { RequestParts } from '../../openapi/request-parts.ts';
import { explainInvalid, readCalls, readOtherCalls, sendProbe, type ValidCall } from './calls.ts';

/**
 * Tries each `x-match` of a spec, and each pair of a request example and a response example of one name, and returns a
 * finding for each that gets another response.
 */
export async function findIgnoredConditions(baseUrl: string, { document, locate }: Spec): Promise<Finding[]> {
  const conditional = listAnswers(document).filter(({ condition }) => condition !== undefined);
  const ofConditions = conditional.map(async (answer) => ({
    answer,
    found: await tryCondition(baseUrl, document, answer),
    what: 'meets its x-match',
  }));
  const ofPairs = listPairs(document)
    .filter(({ isUsual }) => !isUsual)
    .map(async ({ answer, name }) => ({
      answer,
      found: await tryPair(baseUrl, document, answer, name),
      what: 'has the values of the examples of its name',
    }));
  const tried = await Promise.all([...ofConditions, ...ofPairs]);
  return tried.flatMap(({ answer, found, what }) =>
    found === undefined
      ? []
      : [
          {
            code: 'mock.ignores-condition',
            severity: 'error',
            message: `${nameAnswer(answer)}: a request that ${what} gets another response (${found}).`,
            at: locate(answer.pointer),
          } satisfies Finding,
        ],
  );
}

/**
 * Sends the valid requests of an operation with the values of an answer's `x-match` put in.
 *
 * @returns the statuses of other responses, or `undefined` where one of them gets the answer
 */
async function tryCondition(
  baseUrl: string,
  document: Oas3_1Definition,
  answer: DocumentedAnswer,
): Promise<string | undefined> {
  const { condition = {}, place } = answer;
  const isValid = (call: ValidCall): boolean => explainInvalid(document, call) === undefined;
  const own = readCalls(document, place).filter(isValid);
  const calls = own.length > 0 ? own : readOtherCalls(document, place).filter(isValid);
  return send(
    baseUrl,
    answer,
    calls.map(({ request }) => putIn(request, condition)),
  );
}

async function tryPair(
  baseUrl: string,
  document: Oas3_1Definition,
  answer: DocumentedAnswer,
  name: string,
): Promise<string | undefined> {
  const [call] = readCalls(document, answer.place, { name });
  // An invalid example gets an error, which spec-lint has a word for.
  return call === undefined || explainInvalid(document, call) !== undefined
    ? undefined
    : send(baseUrl, answer, [call.request]);
}

async function send(
  baseUrl: string,
  { status, example }: DocumentedAnswer,
  requests: readonly RequestParts[],
): Promise<string | undefined> {
  const expected = example?.value === undefined ? undefined : JSON.stringify(example.value);
  const answers = await Promise.all(requests.map((request) => sendProbe(baseUrl, request)));
  const isGiven = answers.some(
    (answer) => String(answer.status) === status && (expected === undefined || answer.body === expected),
  );
  return isGiven ? undefined : answers.map((answer) => answer.status).join(', ');
}

function putIn(request: RequestParts, { body, query, header, path }: AnswerCondition): RequestParts {
  const headers = Object.entries(header ?? {}).map(([name, value]) => [name.toLowerCase(), value] as const);
  return {
    ...request,
    pathValues: merge(request.pathValues, path),
    query: merge(request.query, query),
    headers: merge(request.headers, Object.fromEntries(headers)) as RequestParts['headers'],
    ...(request.body === undefined ? {} : { body: merge(request.body as object, body) }),
  };
}

function merge(values: object, changes: AnswerCondition['body'] = {}): Record<string, unknown> {
  const merged = Object.entries({ ...values, ...changes }).filter(([, value]) => value !== null);
  return Object.fromEntries(merged);
}
