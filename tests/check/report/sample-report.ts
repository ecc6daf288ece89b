import type { Gate } from '../../../scripts/check/gates/gate.ts';
import type { CheckReport } from '../../../scripts/check/report/report.ts';
import type { Finding } from '../../../scripts/cli/finding.ts';

const gate = (name: string, subject: string, standard: string): Gate => ({
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

/** A finding about a whole file, of the other severity. */
export const fileFinding: Finding = {
  code: 'spec.lint',
  severity: 'warning',
  message: 'Found no licence, expected one.',
  at: { file: 'openapi/nexudus-auth.yaml' },
};

/** A finding in a document that no gate can be run on. */
export const documentFinding: Finding = {
  code: 'spec.unreadable',
  severity: 'error',
  message: 'Found an empty file, expected "openapi: 3.1.x".',
  at: { file: 'openapi/nexudus-auth.yaml', line: 1, column: 1 },
};

const passed = {
  gate: gate('spec-lint', 'spec', 'rules'),
  verdict: 'passed',
  findings: [],
  durationMs: 1234.5,
} as const;

/** A run of three gates: one passed, one failed, one not run. */
export const sampleReport: CheckReport = {
  results: [
    passed,
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

/** A run in which a gate did not end as a gate does. */
export const brokenReport: CheckReport = {
  results: [
    passed,
    {
      gate: gate('types', 'client', 'generated code'),
      verdict: 'broken',
      findings: [],
      problem: 'The compiler did not run:\n\u001b[31m<stack> & more\n\n::error::forged',
      durationMs: 20,
    },
  ],
  findings: [],
  durationMs: 1300.4,
};

/** A run in which everything is well. */
export const cleanReport: CheckReport = { results: [passed], findings: [], durationMs: 1240 };

/** A run that ended before the first of its two gates. */
export const unreadableReport: CheckReport = {
  results: ['spec-lint', 'pact-rules'].map((name) => ({
    gate: gate(name, 'spec', 'rules'),
    verdict: 'not run',
    findings: [],
    durationMs: 0,
  })),
  findings: [documentFinding],
  durationMs: 80,
};

/** A finding that may follow from `finding`. */
export const followingFinding: Finding = {
  code: 'pact.refused-by-mock',
  severity: 'error',
  message: 'The mock refuses the request.',
  at: { file: 'contracts/pacts/pact.json', line: 4, pointer: '#/interactions/0/request' },
  followsFrom: { gate: 'pact-against-spec', code: finding.code, at: finding.at },
};

/** A run of one gate that found what is given. */
export function reportOf(...findings: Finding[]): CheckReport {
  const result = { ...passed, verdict: 'failed', findings } as const;
  return { results: [result], findings: [], durationMs: 1240 };
}
