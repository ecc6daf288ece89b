import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { CallError, createSender, UrlError } from '../../../src/runtime/index.ts';
import type { Project } from '../../cli/config.ts';
import { type Finding, formatPath } from '../../cli/finding.ts';
import { isJsonType } from '../../http/media-types.ts';
import {
  type DocumentedAnswer,
  findFinalStatus,
  formatPreference,
  listAnswers,
  nameAnswer,
} from '../../openapi/answers.ts';
import { toClientInput } from '../../openapi/example-request.ts';
import type { Spec } from '../../openapi/read-spec.ts';
import { findValidCall } from '../probes/calls.ts';
import { type Gate, requireProject } from './gate.ts';

interface Result {
  status: number;
  body: unknown;
}

/**
 * Client against mock: the client calls every operation, and must read each documented status and each example as the
 * spec defines it. Findings: `client.misreads-mock`. An operation without a valid request is left out, since
 * `mock-against-spec` says so.
 */
export const run: Gate['run'] = async (context) => {
  const { spec, mock } = context;
  const project = requireProject(context);
  const operations = await loadOperations(project);
  const { url } = await mock();
  const findings: Finding[] = [];
  const ofOperations = Map.groupBy(listAnswers(spec.document), ({ place }) => place.pointer);
  for (const answers of ofOperations.values()) {
    const [{ place } = expectAnswer()] = answers;
    const call = findValidCall(spec.document, place);
    const input = call && toClientInput(call.example, call.body);
    for (const answer of input === undefined ? [] : answers) {
      const reason = await callAndCompare(
        { url, answer, input, operations },
        project.formatCommand('generate'),
      );
      if (reason !== undefined) {
        findings.push(toFinding(answer, reason, spec));
      }
    }
  }
  return findings;
};

function expectAnswer(): never {
  throw new Error('A group of answers is never empty.');
}

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

interface Comparison {
  url: string;
  answer: DocumentedAnswer;
  input: object | undefined;
  operations: Operations;
}

async function callAndCompare(
  { url, answer, input, operations }: Comparison,
  command: string,
): Promise<string | undefined> {
  const { method, path } = answer.place;
  const status = findFinalStatus(answer);
  const [operationId] =
    Object.entries(operations).find(([, one]) => one.path === path && one.method.toLowerCase() === method) ??
    [];
  if (operationId === undefined) {
    return `the client has no function for this operation. Run \`${command}\``;
  }
  if (status === undefined) {
    // Of 103 and the like, which end no request.
    return undefined;
  }
  const headers = { Prefer: formatPreference({ ...answer, status: String(status) }), ...toAccept(answer) };
  const send = createSender(operations, { baseUrl: url, headers });
  try {
    const result = await send<Result>(operationId, input);
    return describeMismatch(answer, status, { ...result, body: await readBlob(result.body) });
  } catch (error) {
    // A `TypeError` says what can't be sent, such as a body with GET.
    if (error instanceof CallError || error instanceof UrlError || error instanceof TypeError) {
      return error.message.replace(/\.$/, '');
    }
    throw error;
  }
}

// Each example is requested in its own media type.
function toAccept({ mediaType }: DocumentedAnswer): { Accept?: string } {
  return mediaType === undefined || mediaType.includes('*') ? {} : { Accept: mediaType };
}

function describeMismatch(
  { example, mediaType = '' }: DocumentedAnswer,
  status: number,
  result: Result,
): string | undefined {
  if (result.status !== status) {
    return `the client returned the status ${result.status}, expected ${status}`;
  }
  // A made-up value, or one that is not written as JSON, has no value to compare with.
  const isComparable = isJsonType(mediaType) || mediaType === '' || typeof example?.value === 'string';
  const isRead =
    example === undefined
      ? mediaType !== '' || result.body === undefined
      : isDeepStrictEqual(result.body, example.value);
  return !isComparable || isRead ? undefined : 'the client returned another body than the example';
}

function readBlob(body: unknown): unknown {
  return body instanceof Blob ? body.text() : body;
}

function toFinding(answer: DocumentedAnswer, reason: string, spec: Spec): Finding {
  const message = `${nameAnswer(answer)}: ${reason}.`;
  return { code: 'client.misreads-mock', severity: 'error', message, at: spec.locate(answer.pointer) };
}
