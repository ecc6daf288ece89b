import { type Finding, formatFinding } from '../finding.ts';
import type { GateResult } from './run-gates.ts';

/**
 * Renders a run for people: a line a gate, the findings with their places, and the count of both.
 */
export function formatReport(results: readonly GateResult[]): string {
  const findings = results.flatMap((result) => result.findings);
  const failed = results.filter((result) => result.findings.length > 0).length;
  return [
    ...results.map(formatGate),
    ...(findings.length === 0 ? [] : ['', ...findings.map(formatFinding)]),
    '',
    `${results.length - failed} gates passed, ${failed} failed, ${findings.length} findings`,
  ].join('\n');
}

/**
 * Renders a run for programs: `{ gates: [{ name, title, passed, durationMs, findings }], findings }`, where the
 * outer findings are those of a document that no gate could be run on.
 */
export function formatJson(results: readonly GateResult[], findings: readonly Finding[] = []): string {
  const gates = results.map(({ gate: { name, title }, durationMs, findings }) => ({
    name,
    title,
    passed: findings.length === 0,
    durationMs: Math.round(durationMs),
    findings,
  }));
  return JSON.stringify({ gates, findings }, null, 2);
}

function formatGate({ gate, findings, durationMs }: GateResult): string {
  const verdict = findings.length === 0 ? 'passed' : 'FAILED';
  return `${verdict}  ${gate.name.padEnd(20)}${gate.title.padEnd(30)}${(durationMs / 1000).toFixed(1).padStart(5)} s`;
}
