import { describe, expect, it } from 'vitest';
import { formatJson } from '../../../scripts/check/report/report.ts';
import { brokenReport, finding, sampleReport } from './sample-report.ts';

describe('formatJson', () => {
  it('gives the reason why a gate is broken', () => {
    expect(JSON.parse(formatJson(brokenReport)).gates[1]).toMatchObject({
      verdict: 'broken',
      problem: expect.stringContaining('The compiler did not run:'),
    });
  });

  it('gives gates and findings as data', () => {
    expect(JSON.parse(formatJson(sampleReport))).toEqual({
      durationMs: 1300,
      gates: [
        { name: 'spec-lint', title: 'spec against rules', verdict: 'passed', durationMs: 1235, findings: [] },
        {
          name: 'pact-against-spec',
          title: 'pact against spec',
          verdict: 'failed',
          durationMs: 50,
          findings: [finding],
        },
        {
          name: 'client-against-mock',
          title: 'client against mock',
          verdict: 'not run',
          durationMs: 0,
          findings: [],
        },
      ],
      findings: [],
    });
  });
});
