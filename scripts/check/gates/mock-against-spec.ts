import type { Oas3_1Definition } from '@redocly/openapi-core';
import type { Finding } from '../../cli/finding.ts';
import {
  type AnswerCondition,
  type DocumentedAnswer,
  findFinalStatus,
  listAnswers,
  nameAnswer,
} from '../../openapi/answers.ts';
import { listPairs } from '../../openapi/example-pairs.ts';
import { listOperations } from '../../openapi/operations.ts';
import type { Spec } from '../../openapi/read-spec.ts';
import type { RequestParts } from '../../openapi/request-parts.ts';
import {
  explainInvalid,
  readCalls,
  readOtherCalls,
  readValidCalls,
  sendProbe,
  type ValidCall,
} from '../probes/calls.ts';
import { listCallProbes } from '../probes/probes.ts';
import type { Gate } from './gate.ts';

/**
 * Mock against spec: the mock accepts requests that are built from the spec, refuses each request that breaks the spec in
 * one place, and returns a response whose condition a request meets. Findings: `mock.refuses-valid`, `mock.unprobed`,
 * `mock.takes-invalid`, `mock.ignores-condition`.
 */
export const run: Gate['run'] = async ({ spec, mock }) => {
  // As of a document of webhooks: there is nothing to serve.
  if (listOperations(spec.document).length === 0) {
    return [];
  }
  const { url } = await mock();
  const findings = await probeServer(url, spec);
  // With examples that are refused, no condition can be tried.
  const isRefused = findings.some(({ code }) => code !== 'mock.unprobed');
  return isRefused ? findings : [...findings, ...(await findIgnoredConditions(url, spec))];
};

/**
 * Sends valid and invalid requests to a server, and returns a finding for each wrong response.
 */
export async function probeServer(baseUrl: string, spec: Spec): Promise<Finding[]> {
  const findings: Finding[] = [];
  const probed = new Set<string>();
  for (const call of readValidCalls(spec.document)) {
    const { accepted, finding } = await tryValid(baseUrl, spec, call);
    if (finding !== undefined) findings.push(finding);
    const { pointer } = call.place;
    // An operation that refuses what is valid says nothing by refusing what is not.
    const probes = accepted === undefined ? [] : listCallProbes(spec.document, accepted, probed.has(pointer));
    if (accepted !== undefined) probed.add(pointer);
    for (const { title, request } of probes) {
      const { status } = await sendProbe(baseUrl, request);
      if (status !== 0 && (status < 400 || status >= 500)) {
        const message = `${title}, but the mock responds with ${status}, expected 400 to 499.`;
        findings.push({ code: 'mock.takes-invalid', severity: 'error', message, at: spec.locate(pointer) });
      }
    }
  }
  return findings;
}

// A request example and the failure of its name belong together.
function isAskedFor({ document }: Spec, { place }: ValidCall, status: number): boolean {
  return listPairs(document).some(
    ({ answer }) => answer.place.pointer === place.pointer && findFinalStatus(answer) === status,
  );
}

interface Trial {
  /** The request that the server takes. */
  accepted?: ValidCall;
  finding?: Finding;
}

// An example that breaks its own schema is for spec-lint to report. In its place, a value is made up.
async function tryValid(baseUrl: string, spec: Spec, call: ValidCall): Promise<Trial> {
  const { status, reason } = await sendProbe(baseUrl, call.request);
  if (status !== 0 && status < 400) {
    return { accepted: call };
  }
  if (isAskedFor(spec, call, status)) {
    return {};
  }
  const invalid = explainInvalid(spec.document, call);
  const others = invalid === undefined && status !== 0 ? [] : readOtherCalls(spec.document, call.place);
  for (const other of others) {
    const answer = await sendProbe(baseUrl, other.request);
    if (answer.status !== 0 && answer.status < 400) return { accepted: other };
  }
  const at = spec.locate(call.place.pointer);
  const why = invalid ?? (status === 0 ? `the request cannot be sent: ${reason}` : undefined);
  if (why !== undefined && status < 500) {
    const message = `${call.operationId}: cannot build a valid request, and so the mock is not tried: ${why}. Correct the example, or add one.`;
    return { finding: { code: 'mock.unprobed', severity: 'warning', message, at } };
  }
  const said = reason === undefined ? '' : `: ${reason}`;
  const message = `${call.operationId}: the mock refuses a request built from the spec, with ${status}${said}.`;
  return {
    finding: { code: 'mock.refuses-valid', severity: 'error', message: message.replace(/\.\.$/, '.'), at },
  };
}

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
