import type { Finding } from '../../cli/finding.ts';
import { serveSpec } from '../../mock/serve.ts';
import { readSessions } from '../../mock/sessions/rules.ts';
import { readWorkflows } from '../workflows/document.ts';
import { runWorkflow } from '../workflows/run.ts';
import { type Gate, requireProject } from './gate.ts';

/**
 * Workflows against mock: each step of each workflow succeeds at the mock, which simulates the sessions that the spec
 * describes. Findings: `workflow.breaks-mock`, `workflow.not-run`.
 */
export const run: Gate['run'] = async (context) => {
  const { spec } = context;
  const { workflows: files } = requireProject(context);
  const simulate = readSessions(spec.document).length > 0;
  await using mock = await serveSpec(spec, { simulate });
  const findings: Finding[] = [];
  for (const file of files) {
    const document = await readWorkflows(file);
    findings.push(...document.findings);
    for (const workflow of document.workflows) {
      mock.reset();
      findings.push(...(await runWorkflow({ ...document, mock, document: spec.document }, workflow)));
    }
  }
  return findings;
};
