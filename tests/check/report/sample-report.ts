import type { Artifact, Gate } from '../../../scripts/check/gate.ts';
import type { CheckReport } from '../../../scripts/check/report/report.ts';
import type { Finding } from '../../../scripts/finding.ts';

const gate = (name: string, subject: Artifact, standard: Artifact): Gate => ({
  name,
  subject,
  standard,
  run: async () => [],
});

/** A finding of the sample. */
export const finding: Finding = {
  code: 'pact.breaks-spec',
  severity: 'error',
  message: '"a <b>bold</b> request": & more',
  at: { file: 'contracts/pacts/pact.json', line: 3, column: 5, pointer: '#/interactions/0' },
};

/** A run of three gates: one passed, one failed, one not run. */
export const sampleReport: CheckReport = {
  results: [
    { gate: gate('spec-lint', 'spec', 'rules'), verdict: 'passed', findings: [], durationMs: 1234.5 },
    {
      gate: gate('pact-against-spec', 'pact', 'spec'),
      verdict: 'failed',
      findings: [finding],
      durationMs: 50,
    },
    { gate: gate('client-against-mock', 'client', 'mock'), verdict: 'not run', findings: [], durationMs: 0 },
  ],
  findings: [],
  durationMs: 1300.4,
};
