import { describe, expect, it } from 'vitest';
import type { Gate, GateContext } from '../../scripts/check/gate.ts';
import { formatReport } from '../../scripts/check/report.ts';
import { runGates } from '../../scripts/check/run-gates.ts';
import { SetupError } from '../../scripts/command.ts';
import type { Finding } from '../../scripts/finding.ts';

const context = {} as GateContext;
const finding: Finding = {
  code: 'spec.lint',
  severity: 'error',
  message: 'Something is wrong.',
  at: { file: 'openapi/nexudus-auth.yaml', line: 3, column: 5 },
};

const gate = (name: string, run: Gate['run']): Gate => ({ name, title: `${name} against itself`, run });
const endAfter =
  (durationMs: number, findings: Finding[] = []) =>
  () =>
    new Promise<Finding[]>((resolve) => setTimeout(resolve, durationMs, findings));

describe('runGates', () => {
  it('runs the gates side by side, and keeps their order', async () => {
    const ended: string[] = [];
    const gates = [gate('slow', endAfter(40)), gate('fast', endAfter(1, [finding]))];
    const results = await runGates(gates, context, (result) => ended.push(result.gate.name));
    expect(ended).toEqual(['fast', 'slow']);
    expect(results.map((result) => [result.gate.name, result.findings])).toEqual([
      ['slow', []],
      ['fast', [finding]],
    ]);
  });

  it('keeps one of the findings that say the same of one place', async () => {
    const elsewhere = { ...finding, at: { ...finding.at, line: 4 } };
    const repeating = gate('repeating', endAfter(0, [finding, elsewhere, { ...finding }]));
    const [result] = await runGates([repeating], context, () => {});
    expect(result?.findings).toEqual([finding, elsewhere]);
  });

  it('throws what a gate throws for a broken setup, when the others have ended', async () => {
    const ended: string[] = [];
    const broken = gate('broken', () => Promise.reject(new SetupError('nothing is installed')));
    const run = runGates([broken, gate('slow', endAfter(20))], context, (result) =>
      ended.push(result.gate.name),
    );
    await expect(run).rejects.toThrow('nothing is installed');
    expect(ended).toEqual(['slow']);
  });
});

describe('formatReport', () => {
  it('gives each gate a line, then each finding with its place, then the count', () => {
    const lines = formatReport([
      { gate: gate('one', endAfter(0)), findings: [], durationMs: 1234 },
      { gate: gate('two', endAfter(0)), findings: [finding], durationMs: 50 },
    ]);
    expect(lines).toEqual([
      'passed  one               one against itself              1.2 s',
      'FAILED  two               two against itself              0.1 s',
      '',
      'openapi/nexudus-auth.yaml:3:5 error spec.lint: Something is wrong.',
      '',
      '1 gates passed, 1 failed, 1 findings',
    ]);
  });
});
