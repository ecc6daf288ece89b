import { isDeepStrictEqual } from 'node:util';
import type { Oas3_1Definition } from '@redocly/openapi-core';
import { operations } from '../../../generated/operations.ts';
import { CallError } from '../../../src/errors.ts';
import { createSender } from '../../../src/send.ts';
import type { Finding } from '../../finding.ts';
import { readExampleInput } from '../../spec/example-input.ts';
import { type DocumentedAnswer, formatPreference, listAnswers, nameAnswer } from '../../spec/list-answers.ts';
import type { Spec } from '../../spec/read-spec.ts';
import type { Gate } from '../gate.ts';

interface Result {
  status: number;
  body: unknown;
}

/**
 * Client and mock: the real client calls every operation, and reads each documented status and each named example
 * as the spec has it. Findings: `client.misreads-mock`.
 */
export const run: Gate['run'] = async ({ spec, mock }) => {
  const { url } = await mock();
  const findings: Finding[] = [];
  for (const answer of listAnswers(spec.document)) {
    const reason = await callAndCompare(url, answer, spec.document);
    if (reason !== undefined) {
      findings.push(toFinding(answer, reason, spec));
    }
  }
  return findings;
};

async function callAndCompare(
  baseUrl: string,
  answer: DocumentedAnswer,
  document: Oas3_1Definition,
): Promise<string | undefined> {
  const operationId = answer.place.operation.operationId as keyof typeof operations;
  if (!Object.hasOwn(operations, operationId)) {
    return 'the client has no such function; run `npm run generate`';
  }
  const send = createSender(operations, { baseUrl, headers: { Prefer: formatPreference(answer) } });
  try {
    const input = readExampleInput(document, answer.place);
    const result = await send<Result>(operationId, input);
    return describeMismatch(answer, { ...result, body: await readBlob(result.body) });
  } catch (error) {
    if (error instanceof CallError) {
      return error.message;
    }
    throw error;
  }
}

function describeMismatch({ status, example }: DocumentedAnswer, result: Result): string | undefined {
  if (String(result.status) !== status) {
    return `the client got ${result.status}, expected ${status}`;
  }
  return isDeepStrictEqual(result.body, example?.value)
    ? undefined
    : 'the client got another body than the example';
}

function readBlob(body: unknown): unknown {
  return body instanceof Blob ? body.text() : body;
}

function toFinding(answer: DocumentedAnswer, reason: string, spec: Spec): Finding {
  const message = `${nameAnswer(answer)}: ${reason}.`;
  return { code: 'client.misreads-mock', severity: 'error', message, at: spec.locate(answer.pointer) };
}
