import type { AnswerCondition, DocumentedAnswer } from '../../spec/list-answers.ts';
import type { ProbeRequest, ValidCall } from './probe.ts';
import { sendProbe } from './send-probe.ts';

/**
 * Sends the valid requests of an operation with the values of an answer's `x-match` put in, and says why none of them
 * gets that answer, or gives `undefined`.
 */
export async function explainCondition(
  baseUrl: string,
  { status, example, condition = {}, place }: DocumentedAnswer,
  calls: readonly ValidCall[],
): Promise<string | undefined> {
  const expected = example?.value === undefined ? undefined : JSON.stringify(example.value);
  const own = calls.filter(({ pointer }) => pointer === place.pointer);
  const answers = await Promise.all(own.map(({ request }) => sendProbe(baseUrl, putIn(request, condition))));
  const isGiven = answers.some(
    (answer) => String(answer.status) === status && (expected === undefined || answer.body === expected),
  );
  const found = answers.map((answer) => answer.status).join(', ');
  return isGiven ? undefined : `a request that meets its x-match is answered with another answer (${found})`;
}

function putIn(request: ProbeRequest, { body, query, header, path }: AnswerCondition): ProbeRequest {
  const headers = Object.entries(header ?? {}).map(([name, value]) => [name.toLowerCase(), value] as const);
  return {
    ...request,
    pathValues: merge(request.pathValues, path),
    query: merge(request.query, query),
    headers: merge(request.headers, Object.fromEntries(headers)),
    ...(request.form === undefined ? {} : { form: merge(request.form, body) }),
  };
}

function merge(
  values: Record<string, string>,
  changes: AnswerCondition['body'] = {},
): Record<string, string> {
  const merged = Object.entries({ ...values, ...changes }).filter(([, value]) => value !== null);
  return Object.fromEntries(merged.map(([name, value]) => [name, String(value)]));
}
