import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseYaml } from '@redocly/openapi-core';
import { toolkitFile } from '../../cli/toolkit.ts';
import { listOperations } from '../../openapi/operations.ts';
import { readSpec } from '../../openapi/read-spec.ts';
import { escapeText, joinBlocks, origin } from './render.ts';

/** What a diagram shows of an Arazzo document. */
interface Workflows {
  info: { summary: string; description: string };
  sourceDescriptions: { url: string }[];
  workflows: { workflowId: string; summary: string; description: string; steps: Step[] }[];
}

interface Step {
  description: string;
  operationId: string;
  parameters?: { name: string; in: string }[];
  requestBody?: { payload: Record<string, string> };
  successCriteria: { condition: string }[];
  outputs?: Record<string, string>;
}

/**
 * Renders each workflow of an Arazzo document as a sequence diagram in Mermaid.
 */
export async function renderSignInFlow(file: string): Promise<string> {
  const text = readFileSync(toolkitFile(file), 'utf8');
  const { info, sourceDescriptions, workflows } = parseYaml(text) as Workflows;
  const paths = await readPaths(join(dirname(file), sourceDescriptions[0]?.url ?? ''));
  return joinBlocks([
    origin,
    '# The sign-in flow',
    `${escapeText(info.summary)} The diagrams are drawn from [the Arazzo workflows](../../${file}), which \`check\` runs on the mock.`,
    ...workflows.flatMap(({ summary, description, steps }) => [
      `## ${escapeText(summary)}`,
      escapeText(description.trim()),
      [
        '```mermaid',
        'sequenceDiagram',
        ...participants(steps),
        ...steps.flatMap((step) => drawStep(step, paths)),
        '```',
      ].join('\n'),
      steps.map(({ description }, index) => `${index + 1}. ${escapeText(description)}`).join('\n'),
    ]),
  ]);
}

async function readPaths(specFile: string): Promise<Map<string, string>> {
  const { spec } = await readSpec(toolkitFile(specFile));
  if (spec === undefined) throw new Error(`Cannot read ${specFile}, which the workflows call.`);
  const operations = listOperations(spec.document);
  return new Map(
    operations.map(({ method, path, operation }) => [
      operation.operationId ?? '',
      `${method.toUpperCase()} ${path}`,
    ]),
  );
}

/** The last step of a workflow can be a URL that the browser navigates to. */
function isNavigation({ description }: Step): boolean {
  return description.startsWith('Navigate');
}

function participants(steps: readonly Step[]): string[] {
  const browser = steps.some(isNavigation) ? ['  participant browser as Browser'] : [];
  return ['  participant app as Your app', '  participant api as Nexudus', ...browser, '  autonumber'];
}

function drawStep(step: Step, paths: ReadonlyMap<string, string>): string[] {
  const call = paths.get(step.operationId) ?? step.operationId;
  const sent = [
    ...(step.parameters ?? []).map(({ name }) => name),
    ...Object.entries(step.requestBody?.payload ?? {}).map(([name, value]) =>
      value.startsWith('$') ? name : `${name}=${value}`,
    ),
  ];
  const criteria = step.successCriteria.map(({ condition }) => toWords(condition)).join(', ');
  const received = Object.values(step.outputs ?? {}).map(toWords);
  const answer = [criteria, ...received].join(', ');
  const request = `${call}<br/>${sent.join(', ')}`;
  return isNavigation(step)
    ? [`  app->>browser: open the URL`, `  browser->>api: ${request}`, `  api-->>browser: ${answer}`]
    : [`  app->>api: ${request}`, `  api-->>app: ${answer}`];
}

function toWords(expression: string): string {
  return expression.replace('$statusCode == ', '').replace('$response.body#/', '').replace(' == ', ' is ');
}
