import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseYaml } from '@redocly/openapi-core';
import { describe, expect, it } from 'vitest';
import { type OperationId, operations } from '../../generated/operations.ts';
import { specLint } from '../../scripts/check/gates.ts';
import { contextWithSpec } from '../check/changed-spec.ts';

interface Step {
  stepId: string;
  operationId: OperationId;
  parameters?: { name: string; in: string }[];
}

const source = readFileSync('openapi/nexudus-auth.arazzo.yaml', 'utf8');
const { workflows } = parseYaml(source) as { workflows: { workflowId: string; steps: Step[] }[] };
const steps = workflows.flatMap((workflow) => workflow.steps.map((step) => ({ ...workflow, ...step })));

describe('the workflows', () => {
  it('use every operation of the spec, and no other', () => {
    expect(new Set(steps.map(({ operationId }) => operationId))).toEqual(new Set(Object.keys(operations)));
  });

  it.each(steps)('give $operationId the query that the spec requires, in its order ($workflowId)', (step) => {
    const given = (step.parameters ?? [])
      .filter((parameter) => parameter.in === 'query')
      .map(({ name }) => name);
    const query = operations[step.operationId].query.filter(
      ({ name, required }) => required || given.includes(name),
    );
    expect(given).toEqual(query.map(({ name }) => name));
  });

  it.each(steps)(
    'give $operationId a bearer token if it needs one, and none if not ($workflowId)',
    (step) => {
      const isGiven = (step.parameters ?? []).some(({ name }) => name === 'Authorization');
      expect(isGiven).toBe(!operations[step.operationId].public);
    },
  );

  it('are linted with the spec', async () => {
    const context = await contextWithSpec();
    const file = join(dirname(context.spec.file), 'nexudus-auth.arazzo.yaml');
    writeFileSync(file, source.replace('stepId: sign-in', 'stepID: sign-in'));
    const findings = await specLint.run(context);
    expect(findings.map(({ at }) => at.file)).toContain(file);
  });
});
