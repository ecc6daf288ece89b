import { describe, expect, it } from 'vitest';
import { formatJson } from '../../../scripts/check/report/report.ts';
import { brokenReport, finding, followingFinding, reportOf, sampleReport } from './sample-report.ts';

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

  it('has what may follow from another finding, and says from which', () => {
    const { gates } = JSON.parse(formatJson(reportOf(finding, followingFinding)));
    expect(gates[0].findings).toEqual([finding, followingFinding]);
    expect(gates[0].findings[1].followsFrom).toEqual({
      gate: 'pact-against-spec',
      code: 'pact.breaks-spec',
      at: finding.at,
    });
  });

  it('says what was checked, and when', () => {
    const subject = { startedAt: new Date(0), spec: 'shop.yaml', isConsumer: true };
    expect(JSON.parse(formatJson({ ...sampleReport, subject })).subject).toEqual({
      startedAt: '1970-01-01T00:00:00.000Z',
      spec: 'shop.yaml',
      isConsumer: true,
    });
  });
});
