import type { Oas3_1Definition } from '@redocly/openapi-core';
import type { Finding } from '../../cli/finding.ts';
import { isJsonType } from '../../http/media-types.ts';
import type { Mock } from '../../mock/mock.ts';
import { resolveReference } from '../../openapi/document.ts';
import { listOperations, type OperationPlace, readParameters } from '../../openapi/operations.ts';
import { toRequestParts, writeRequest } from '../../openapi/request-parts.ts';
import { sampleSchema } from '../../openapi/sample.ts';
import type { SchemaNode } from '../../openapi/validator.ts';
import { sendProbe } from '../probes/calls.ts';
import { NotRunnable, type Step, toNotRun, type Workflow, type WorkflowDocument } from './document.ts';
import { type Exchange, fillIn, isMet, type Scope } from './expressions.ts';

/** What workflows are run with. */
export interface WorkflowRun extends WorkflowDocument {
  mock: Pick<Mock, 'url' | 'tokens'>;
  document: Oas3_1Definition;
}

/**
 * Runs a workflow step by step, until one fails. Findings: `workflow.breaks-mock`, `workflow.not-run`.
 */
export async function runWorkflow(run: WorkflowRun, workflow: Workflow): Promise<Finding[]> {
  const pointer = `#/workflows/${(run.root as { workflows: unknown[] }).workflows.indexOf(workflow)}`;
  let at = pointer;
  let name = workflow.workflowId;
  try {
    let scope: Scope = { inputs: makeInputs(run, workflow), steps: {} };
    for (const [index, step] of workflow.steps.entries()) {
      at = `${pointer}/steps/${index}`;
      name = `${workflow.workflowId}, step ${step.stepId}`;
      const { exchange, reason } = await send(run, workflow, step, scope);
      const own: Scope = { ...scope, exchange };
      const problem = findProblem(step, own, reason);
      if (problem !== undefined) {
        return [toBroken(`${name}: ${problem.message}`, run.locate(at + problem.at))];
      }
      const outputs = fillIn(step.outputs ?? {}, own) as Record<string, unknown>;
      scope = { ...scope, steps: { ...scope.steps, [step.stepId]: { outputs } } };
    }
    name = workflow.workflowId;
    at = pointer;
    const missing = findMissingOutput(workflow, scope);
    return missing === undefined
      ? []
      : [toBroken(`${name}: ${missing.message}`, run.locate(at + missing.at))];
  } catch (error) {
    if (error instanceof NotRunnable) {
      return [toNotRun(`${name}: ${error.message}`, run.locate(at))];
    }
    throw error;
  }
}

function toBroken(message: string, at: Finding['at']): Finding {
  return { code: 'workflow.breaks-mock', severity: 'error', message, at };
}

/**
 * Makes the inputs of a workflow: tokens of the simulation where a schema has `x-token-kind`, what a schema shows, and
 * for what is required the smallest value of the schema.
 */
function makeInputs({ mock, root }: WorkflowRun, { inputs = {} }: Workflow): Record<string, unknown> {
  const document = root as Oas3_1Definition;
  const { properties = {}, required = [] } = resolveReference<{
    properties?: Record<string, SchemaNode>;
    required?: string[];
  }>(document, inputs);
  return Object.fromEntries(
    Object.entries(properties).flatMap(([name, node]) => {
      const schema = resolveReference<object>(document, node);
      const { 'x-token-kind': kind } = schema as { 'x-token-kind'?: unknown };
      const isShown = ['const', 'default', 'example', 'examples'].some((key) => key in schema);
      if (kind !== undefined) {
        return [[name, issueToken(mock, name, String(kind))]];
      }
      return isShown || required.includes(name) ? [[name, sampleSchema(document, node)]] : [];
    }),
  );
}

function issueToken({ tokens }: Pick<Mock, 'tokens'>, name: string, kind: string): string {
  try {
    return tokens.issue({ kind }).token;
  } catch (cause) {
    throw new NotRunnable(`The input ${name} has no token: ${(cause as Error).message.replace(/\.$/, '')}`, {
      cause,
    });
  }
}

async function send(
  { mock, document }: WorkflowRun,
  { parameters = [] }: Workflow,
  step: Step,
  scope: Scope,
): Promise<{ exchange: Exchange; reason: string | undefined }> {
  const place = findOperation(document, step);
  const known = readParameters(document, place);
  const given = [...parameters, ...(step.parameters ?? [])].map(({ name, in: part, value }) => ({
    ...known.find((one) => one.name === name && one.in === part),
    name,
    in: part,
    value: fillIn(value, scope),
    isShown: true,
  }));
  const request = toRequestParts(place, { parameters: given, credentials: [] }, toBody(step, scope));
  const { target } = writeRequest(request);
  const { status, headers = new Headers(), body, reason } = await sendProbe(mock.url, request);
  const exchange = {
    url: mock.url + target,
    method: request.method,
    statusCode: status,
    request: {
      header: request.headers,
      query: request.query,
      path: request.pathValues,
      body: request.body,
    },
    response: { header: Object.fromEntries(headers), body: parse(body, headers.get('content-type') ?? '') },
  };
  return { exchange, reason };
}

function toBody({ requestBody }: Step, scope: Scope): { mediaType: string; value: unknown } | undefined {
  const { contentType: mediaType = 'application/json', payload } = requestBody ?? {};
  const value = fillIn(payload, scope);
  return value === undefined ? undefined : { mediaType, value };
}

function parse(body: string, mediaType: string): unknown {
  try {
    return isJsonType(mediaType) ? JSON.parse(body) : body;
  } catch {
    return body;
  }
}

function findOperation(document: Oas3_1Definition, { operationId, operationPath }: Step): OperationPlace {
  // As `$sourceDescriptions.shop.addItem` and `{$sourceDescriptions.shop.url}#/paths/~1items/post`.
  const id = operationId?.replace(/^\$sourceDescriptions\.[\w-]+\./, '');
  const pointer = operationPath === undefined ? undefined : `#${operationPath.split(/#(.*)/s)[1]}`;
  const found = listOperations(document).find(
    ({ operation, pointer: own }) => own === pointer || (id !== undefined && operation.operationId === id),
  );
  if (found === undefined) {
    throw new NotRunnable(`The spec has no operation ${id ?? operationPath ?? 'for a step that names none'}`);
  }
  return found;
}

interface Problem {
  message: string;
  /** From the step or the workflow on. */
  at: string;
}

function findProblem(
  { successCriteria = [], outputs = {} }: Step,
  scope: Scope,
  reason: string | undefined,
): Problem | undefined {
  const { statusCode = 0 } = scope.exchange ?? {};
  const found = `the mock responds with ${statusCode}${reason === undefined ? '' : ` (${reason.replace(/\.$/, '')})`}`;
  if (successCriteria.length === 0 && (statusCode === 0 || statusCode >= 400)) {
    return { message: `${found}, expected a success.`, at: '' };
  }
  const index = successCriteria.findIndex((criterion) => !isMet(criterion, scope));
  if (index !== -1) {
    return {
      message: `${found}, expected ${successCriteria[index]?.condition}.`,
      at: `/successCriteria/${index}`,
    };
  }
  return findMissingOutput({ outputs }, scope);
}

function findMissingOutput({ outputs = {} }: Pick<Step, 'outputs'>, scope: Scope): Problem | undefined {
  const missing = Object.entries(outputs).find(([, expression]) => fillIn(expression, scope) === undefined);
  return (
    missing && { message: `the output ${missing[0]} is empty: nothing is at ${missing[1]}.`, at: '/outputs' }
  );
}
