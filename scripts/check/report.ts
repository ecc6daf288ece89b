import { formatFinding } from '../finding.ts';
import type { GateResult } from './run-gates.ts';

/**
 * Renders one gate as a line: verdict, name, what is held against what, and seconds.
 */
export function formatGate({ gate, findings, durationMs }: GateResult): string {
  const verdict = findings.length === 0 ? 'passed' : 'FAILED';
  return `${verdict}  ${gate.name.padEnd(18)}${gate.title.padEnd(30)}${(durationMs / 1000).toFixed(1).padStart(5)} s`;
}

/**
 * Renders the whole run: a line a gate, the findings, and the count of both.
 */
export function formatReport(results: readonly GateResult[]): string[] {
  const findings = results.flatMap((result) => result.findings);
  const failed = results.filter((result) => result.findings.length > 0).length;
  return [
    ...results.map(formatGate),
    ...(findings.length === 0 ? [] : ['', ...findings.map(formatFinding)]),
    '',
    `${results.length - failed} gates passed, ${failed} failed, ${findings.length} findings`,
  ];
}
