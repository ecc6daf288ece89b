import { describe, expect, it } from 'vitest';
import {
  findSlowest,
  formatCounts,
  formatPosition,
  groupByFile,
  listCauses,
  listFindings,
} from '../../../scripts/check/report/report.ts';
import type { Finding } from '../../../scripts/cli/finding.ts';
import {
  brokenReport,
  cleanReport,
  documentFinding,
  fileFinding,
  finding,
  followingFinding,
  reportOf,
  sampleReport,
  unreadableReport,
} from './sample-report.ts';

const at = (file: string, line: number, column: number): Finding => ({
  ...finding,
  at: { file, line, column },
});

describe('a report', () => {
  it('lists what is wrong with documents before what gates found', () => {
    const report = { ...sampleReport, findings: [documentFinding] };
    expect(listFindings(report)).toEqual([documentFinding, finding]);
  });

  it('lists what may follow from other findings last', () => {
    const report = { ...reportOf(followingFinding, finding), findings: [documentFinding] };
    expect(listFindings(report)).toEqual([documentFinding, finding, followingFinding]);
    expect(listCauses(report)).toEqual([documentFinding, finding]);
  });

  it('groups findings by file, as they were found, and sorts a file by line and column', () => {
    const groups = groupByFile([
      at('b.yaml', 9, 1),
      at('a.yaml', 1, 1),
      at('b.yaml', 2, 7),
      at('b.yaml', 2, 3),
    ]);
    expect([...groups].map(([file, group]) => [file, group.map(formatPosition)])).toEqual([
      ['b.yaml', ['2:3', '2:7', '9:1']],
      ['a.yaml', ['1:1']],
    ]);
  });

  it('gives a finding about a whole file no position', () => {
    expect(formatPosition(fileFinding)).toBe('');
  });

  it('counts warnings and what is ignored only where there are some', () => {
    const [result] = cleanReport.results;
    const count = (findings: readonly Finding[], ignored = [] as { finding: Finding; reason: string }[]) =>
      result && formatCounts({ ...cleanReport, results: [{ ...result, findings, ignored }] });
    expect(count([finding, fileFinding])).toContain(', 2 findings (1 warning)');
    expect(count([fileFinding])).toContain(', 1 finding (a warning)');
    expect(count([finding, followingFinding])).toContain(', 2 findings (1 may follow from others)');
    expect(count([finding, followingFinding, fileFinding, fileFinding])).toContain(
      ', 4 findings (2 warnings; 1 may follow from others)',
    );
    expect(count([], [{ finding, reason: 'known' }])).toBe('1 gate passed, 0 failed, 0 findings, 1 ignored');
  });

  it('counts gates that are broken or were not run only where there are some', () => {
    expect(formatCounts(sampleReport)).toBe('1 gate passed, 1 failed, 1 finding, 1 not run');
    expect(formatCounts(brokenReport)).toBe('1 gate passed, 0 failed, 1 broken, 0 findings');
    expect(formatCounts(cleanReport)).toBe('1 gate passed, 0 failed, 0 findings');
    expect(formatCounts(unreadableReport)).toBe('2 gates not run, 1 finding');
    expect(formatCounts({ results: [], findings: [finding, finding], durationMs: 1 })).toBe(
      'no gate run, 2 findings',
    );
  });

  it('names the slowest gate, of those that were run', () => {
    expect(findSlowest(sampleReport)?.gate.name).toBe('spec-lint');
    expect(findSlowest({ ...sampleReport, results: sampleReport.results.slice(2) })).toBeUndefined();
    expect(findSlowest(unreadableReport)).toBeUndefined();
  });
});
