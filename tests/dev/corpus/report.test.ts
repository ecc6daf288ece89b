import { describe, expect, it } from 'vitest';
import { classify, type DocumentResult, outcomeOf } from '../../../scripts/dev/corpus/problem.ts';
import { formatProblems, groupByCause, renderReport } from '../../../scripts/dev/corpus/report.ts';

function result(name: string, ...problems: DocumentResult['problems']): DocumentResult {
  const durations = { read: 10, call: 30 };
  return { name, file: `${name}.json`, operations: 2, problems, durations };
}

const refused = (id: string) => ({
  step: 'call' as const,
  message: `${id}: the mock refuses the request with 422: Invalid request body must be object\n{}`,
  operation: id,
});
const ownFault = { ...refused('getTrain'), evidence: 'the example of query day breaks its schema' };
const passing = result('shop');
const broken = result('trains', refused('listTrains'), refused('getTrain'));
const faulty = result('planes', ownFault);

describe('the cause of a problem', () => {
  it('is the same for two operations, and another one for another status', () => {
    const causes = [refused('listTrains'), refused('getTrain')].map((problem) => classify(problem).cause);
    expect(new Set(causes)).toEqual(
      new Set(['the mock refuses the request with 422: Invalid request body must be object']),
    );
    const other = { ...refused('getTrain'), message: 'getTrain: the mock refuses the request with 500: ' };
    expect(classify(other).cause).not.toBe(causes[0]);
  });

  it('is the rule of the linter where that found it, and the place in the code for a crash', () => {
    const lint = { step: 'check', code: 'spec.lint', message: 'Found none. (no-empty-servers)' } as const;
    expect(classify(lint).cause).toBe('spec.lint: no-empty-servers');
    const crash = { step: 'read', crash: 'scripts/openapi/upgrade.ts', message: 'x is undefined' } as const;
    expect(classify(crash).cause).toBe('crash at scripts/openapi/upgrade.ts: x is undefined');
  });

  it('is the toolkit’s fault, unless there is evidence that it is the document’s', () => {
    expect(classify(refused('getTrain')).fault).toBe('toolkit');
    expect(classify(ownFault).fault).toBe('document');
  });
});

describe('the outcome of a document', () => {
  it('is the toolkit’s fault with one problem of the toolkit among others', () => {
    expect([passing, broken, faulty].map(outcomeOf)).toEqual(['passed', 'toolkit', 'document']);
    expect(outcomeOf(result('both', ownFault, refused('getTrain')))).toBe('toolkit');
  });
});

describe('the report', () => {
  const report = renderReport([passing, broken, faulty, result('buses', refused('listBuses'))], {
    seed: '7',
    durationMs: 61_000,
    leftOut: [{ name: 'graph', reason: 'over 16 MB' }],
  });

  it('gives the share of all, and of those without a fault of their own', () => {
    expect(report).toContain('4 documents with 8 operations, seed 7, 61 s.');
    expect(report).toContain('- pass all steps: 1 of 4 (25.0 %)');
    expect(report).toContain('- fail by what is shown to be a fault of their own: 1 of 4 (25.0 %)');
    expect(report).toContain("- fail by the toolkit's fault: 2 of 4 (50.0 %)");
    expect(report).toContain('of those without a fault of their own: 1 of 3 (33.3 %); goal 98 %');
    expect(report).toContain('- left out: graph, over 16 MB');
  });

  it('counts documents and problems by cause, and names each document that has some', () => {
    expect(report).toMatch(/\| call \| the mock refuses the request with 422.* \| 2 \| 3 \| trains \|/);
    expect(report).toMatch(/\| call \| 4 \| 2 \| 1 \| 30 \| 30 \|/);
    expect(report).toMatch(/^- buses \(toolkit\), call: .*listBuses: the mock refuses/m);
    expect(report).toMatch(/^- planes \(document\).*the example of query day breaks its schema/m);
    expect(report).not.toMatch(/^- shop/m);
  });

  it('puts the cause of most documents first', () => {
    const once = result('boats', { step: 'read', message: 'boats: odd' });
    const causes = groupByCause([once, broken, result('buses', refused('listBuses'))], 'toolkit');
    expect(causes.map(({ documents }) => documents.length)).toEqual([2, 1]);
  });

  it('shows each message of one document, whole', () => {
    expect(formatProblems(broken)).toContain('getTrain: the mock refuses the request with 422');
    expect(formatProblems(broken)).toContain('    {}');
  });
});
