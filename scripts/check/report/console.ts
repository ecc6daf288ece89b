import { formatFinding } from '../../finding.ts';
import { formatTitle } from '../gate.ts';
import type { GateResult } from '../run-gates.ts';
import { type CheckReport, listFindings } from './report.ts';

/**
 * Renders a run for people: a line a gate, the findings with their places, and the count of both.
 */
export function formatConsole(report: CheckReport): string {
  const findings = listFindings(report);
  const failed = report.results.filter(({ verdict }) => verdict === 'failed').length;
  return [
    ...report.results.map(formatGate),
    ...(findings.length === 0 ? [] : ['', ...findings.map(formatFinding)]),
    '',
    `${report.results.length - failed} gates passed, ${failed} failed, ${findings.length} findings`,
  ].join('\n');
}

function formatGate({ gate, verdict, durationMs }: GateResult): string {
  const shown = verdict === 'passed' ? verdict : verdict.toUpperCase();
  return `${shown.padEnd(8)}${gate.name.padEnd(20)}${formatTitle(gate).padEnd(30)}${(durationMs / 1000).toFixed(1).padStart(5)} s`;
}
