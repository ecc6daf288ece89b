import { type Document, YamlParseError } from '@redocly/openapi-core';
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import { SetupError } from '../../cli/command.ts';
import { type Finding, formatPath, type Place } from '../../cli/finding.ts';
import { SpecResolver } from '../../openapi/resolver.ts';
import type { SchemaNode } from '../../openapi/validator.ts';

/** A workflow of an Arazzo document, as far as it can be run here. */
export interface Workflow {
  workflowId: string;
  inputs?: SchemaNode;
  parameters?: readonly Parameter[];
  steps: readonly Step[];
  outputs?: Readonly<Record<string, string>>;
}

/** A request, what makes it a success, and what is kept of it. */
export interface Step {
  stepId: string;
  operationId?: string;
  operationPath?: string;
  parameters?: readonly Parameter[];
  requestBody?: { contentType?: string; payload?: unknown };
  successCriteria?: readonly Criterion[];
  outputs?: Readonly<Record<string, string>>;
}

/** A value of a request. */
export interface Parameter {
  name: string;
  in: 'path' | 'query' | 'header' | 'cookie';
  value: unknown;
}

/** A condition, about the whole exchange or the part of it that `context` names. */
export interface Criterion {
  condition: string;
  context?: string;
  type?: string | { type: string };
}

/** The workflows of a document, and where their parts are written. */
export interface WorkflowDocument {
  workflows: readonly Workflow[];
  /** What references of `inputs` lead into. */
  root: object;
  locate: (pointer: string) => Place;
}

/** Says that a workflow can't be run as it is written. */
export class NotRunnable extends Error {}

const text = { type: 'string', minLength: 1 };
const texts = { type: 'object', additionalProperties: text };

/** Describes an object of which no other properties are known. */
const only = (properties: object, ...required: string[]): object => ({
  type: 'object',
  properties: { summary: text, description: text, ...properties },
  required,
  patternProperties: { '^x-': true },
  additionalProperties: false,
});

const parameters = {
  type: 'array',
  items: only(
    { name: text, in: { enum: ['path', 'query', 'header', 'cookie'] }, value: true },
    'name',
    'in',
    'value',
  ),
};
const kinds = { enum: ['simple', 'regex', 'jsonpath'] };
const criterion = only(
  { condition: text, context: text, type: { anyOf: [kinds, only({ type: kinds, version: text }, 'type')] } },
  'condition',
);
const step = only(
  {
    stepId: text,
    operationId: text,
    operationPath: text,
    parameters,
    requestBody: only({ contentType: text, payload: true }),
    successCriteria: { type: 'array', items: criterion },
    outputs: texts,
  },
  'stepId',
);
const workflow = only(
  {
    workflowId: text,
    inputs: { type: 'object' },
    parameters,
    steps: { type: 'array', minItems: 1, items: step },
    outputs: texts,
  },
  'workflowId',
  'steps',
);

const ajv = new Ajv2020({ strict: false });
const isDocument = ajv.compile({
  type: 'object',
  properties: {
    arazzo: { type: 'string', pattern: '^1\\.' },
    workflows: { type: 'array', minItems: 1, items: { type: 'object', properties: { workflowId: text } } },
  },
  required: ['arazzo', 'workflows'],
});
const isWorkflow = ajv.compile<Workflow>(workflow);

/**
 * Reads the workflows of an Arazzo document, YAML or JSON.
 *
 * Findings: `workflow.not-run`, for what is malformed, and for what is part of Arazzo and not run here.
 *
 * @throws {SetupError} for a file that can't be read
 */
export async function readWorkflows(file: string): Promise<WorkflowDocument & { findings: Finding[] }> {
  const resolver = new SpecResolver();
  const read = await resolver.resolveDocument(null, file, true).catch((error: unknown) => error);
  if (read instanceof Error && !(read instanceof YamlParseError)) {
    const reason = read.message.replace(/\.$/, '');
    throw new SetupError(`Cannot read the workflows ${formatPath(file)}: ${reason}. Correct workflows.`);
  }
  if (read instanceof YamlParseError) {
    const at = { file: formatPath(file), line: read.line || 1, column: read.col || 1 };
    return { workflows: [], root: {}, locate: () => at, findings: [toNotRun('Not valid YAML', at)] };
  }
  const root: unknown = (read as Document).parsed;
  const locate = (pointer: string): Place => resolver.places.locate(root as object, pointer);
  if (!isDocument(root)) {
    const finding = toNotRun(describe(isDocument.errors ?? []), {
      file: formatPath(file),
      line: 1,
      column: 1,
    });
    return { workflows: [], root: {}, locate, findings: [finding] };
  }
  const workflows: Workflow[] = [];
  const findings = (root as { workflows: unknown[] }).workflows.flatMap((one, index) => {
    if (isWorkflow(one)) {
      workflows.push(one);
      return [];
    }
    const [error] = rank(isWorkflow.errors ?? []);
    const at = locate(`#/workflows/${index}${error?.instancePath ?? ''}`);
    const { workflowId = index } = one as { workflowId?: string };
    return [toNotRun(`${workflowId}: ${describe(isWorkflow.errors ?? [])}`, at)];
  });
  return { workflows, root: root as object, locate, findings };
}

/** Makes the finding for what is not run. */
export function toNotRun(problem: string, at: Place): Finding {
  const message = `${problem}. The workflow is not run.`;
  return { code: 'workflow.not-run', severity: 'error', message, at };
}

function describe(errors: readonly ErrorObject[]): string {
  const [error] = rank(errors);
  const { instancePath = '', message = 'is malformed', params = {} } = error ?? {};
  const place = instancePath.slice(1) || 'the document';
  return 'additionalProperty' in params
    ? `Found "${params.additionalProperty}" in ${place}, which is not supported here`
    : `${place} ${message}`;
}

// The deepest error says most.
function rank(errors: readonly ErrorObject[]): ErrorObject[] {
  return [...errors].sort((one, other) => other.instancePath.length - one.instancePath.length);
}
