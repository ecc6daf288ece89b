import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import type { Oas3_1Definition } from '@redocly/openapi-core';
import { CallError, createSender, UrlError } from '../../../src/runtime/index.ts';
import type { Project } from '../../cli/config.ts';
import { type Finding, formatPath } from '../../cli/finding.ts';
import { type DocumentedAnswer, formatPreference, listAnswers, nameAnswer } from '../../openapi/answers.ts';
import { readExampleInput } from '../../openapi/example-request.ts';
import type { Spec } from '../../openapi/read-spec.ts';
import { type Gate, requireProject } from './gate.ts';

interface Result {
  status: number;
  body: unknown;
}

/**
 * Client against mock: the client calls every operation, and must read each documented status and each named example as
 * the spec defines it. Findings: `client.misreads-mock`.
 */
export const run: Gate['run'] = async (context) => {
  const { spec, mock } = context;
  const project = requireProject(context);
  const client = { operations: await loadOperations(project), command: project.formatCommand('generate') };
  const { url } = await mock();
  const findings: Finding[] = [];
  for (const answer of listAnswers(spec.document)) {
    const reason = await callAndCompare(url, answer, spec.document, client);
    if (reason !== undefined) {
      findings.push(toFinding(answer, reason, spec));
    }
  }
  return findings;
};

type Operations = Parameters<typeof createSender>[0];

async function loadOperations(project: Project): Promise<Operations> {
  const file = join(project.generated, 'operations.ts');
  if (!existsSync(file)) {
    const command = project.formatCommand('generate');
    throw project.fail(`generated leads to no ${formatPath(file)}. Run \`${command}\`, or correct the path.`);
  }
  const { operations } = (await import(pathToFileURL(file).href)) as { operations: Operations };
  return operations;
}

async function callAndCompare(
  baseUrl: string,
  answer: DocumentedAnswer,
  document: Oas3_1Definition,
  { operations, command }: { operations: Operations; command: string },
): Promise<string | undefined> {
  const { operationId = '' } = answer.place.operation;
  if (!Object.hasOwn(operations, operationId)) {
    return `the client has no function for this operation. Run \`${command}\``;
  }
  const send = createSender(operations, { baseUrl, headers: { Prefer: formatPreference(answer) } });
  try {
    const input = readExampleInput(document, answer.place);
    const result = await send<Result>(operationId, input);
    return describeMismatch(answer, { ...result, body: await readBlob(result.body) });
  } catch (error) {
    // A `TypeError` says what can't be sent, such as a body with GET.
    if (error instanceof CallError || error instanceof UrlError || error instanceof TypeError) {
      return error.message.replace(/\.$/, '');
    }
    throw error;
  }
}

function describeMismatch({ status, example }: DocumentedAnswer, result: Result): string | undefined {
  if (String(result.status) !== status) {
    return `the client returned the status ${result.status}, expected ${status}`;
  }
  return isDeepStrictEqual(result.body, example?.value)
    ? undefined
    : 'the client returned another body than the example';
}

function readBlob(body: unknown): unknown {
  return body instanceof Blob ? body.text() : body;
}

function toFinding(answer: DocumentedAnswer, reason: string, spec: Spec): Finding {
  const message = `${nameAnswer(answer)}: ${reason}.`;
  return { code: 'client.misreads-mock', severity: 'error', message, at: spec.locate(answer.pointer) };
}
