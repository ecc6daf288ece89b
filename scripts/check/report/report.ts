import type { Finding } from '../../cli/finding.ts';
import { formatTitle, type GateResult, type IgnoredFinding } from '../gates/gate.ts';

/** A run of the gates. Every format of the report is rendered from it. */
export interface CheckReport {
  /** In the order of the gates, from the source of the data to its end. */
  results: readonly GateResult[];
  /** Findings in the documents and the config. If those in the documents are errors, no gate ran. */
  findings: readonly Finding[];
  /** Of the whole run, in milliseconds. The gates run in parallel. */
  durationMs: number;
}

/**
 * Returns all findings: those in the documents first, then gate by gate.
 */
export function listFindings({ findings, results }: CheckReport): Finding[] {
  return [...findings, ...results.flatMap((result) => result.findings)];
}

/**
 * Returns the findings that the config ignores, gate by gate, each with the reason.
 */
export function listIgnored({ results }: CheckReport): IgnoredFinding[] {
  return results.flatMap(({ ignored = [] }) => ignored);
}

/**
 * Groups findings by file. The files keep their order; within a file, findings are sorted by line.
 */
export function groupByFile(findings: readonly Finding[]): Map<string, Finding[]> {
  const groups = Map.groupBy(findings, ({ at }) => at.file);
  for (const group of groups.values()) {
    group.sort(
      ({ at: one }, { at: other }) =>
        (one.line ?? 0) - (other.line ?? 0) || (one.column ?? 0) - (other.column ?? 0),
    );
  }
  return groups;
}

/**
 * Renders the place of a finding in its file as `line:column`, or as an empty text for the whole file.
 */
export function formatPosition({ at: { line, column } }: Finding): string {
  return [line, column].filter((part) => part !== undefined).join(':');
}

/**
 * Returns the broken gates with the reason.
 */
export function listProblems({ results }: CheckReport): { gate: string; problem: string }[] {
  return results.flatMap(({ gate, problem }) =>
    problem === undefined ? [] : [{ gate: gate.name, problem }],
  );
}

/**
 * Summarizes a run, such as `12 gates passed, 0 failed, 0 findings`, and counts broken gates and gates that were not run.
 */
export function formatCounts(report: CheckReport): string {
  const count = (wanted: GateResult['verdict']): number =>
    report.results.filter(({ verdict }) => verdict === wanted).length;
  const [passed, broken, notRun] = [count('passed'), count('broken'), count('not run')];
  const findings = listFindings(report);
  const warnings = findings.filter(({ severity }) => severity === 'warning').length;
  const ignored = listIgnored(report).length;
  return [
    `${passed} ${passed === 1 ? 'gate' : 'gates'} passed`,
    `${count('failed')} failed`,
    ...(broken > 0 ? [`${broken} broken`] : []),
    `${findings.length} ${findings.length === 1 ? 'finding' : 'findings'}${describeWarnings(warnings, findings.length)}`,
    ...(ignored > 0 ? [`${ignored} ignored`] : []),
    ...(notRun > 0 ? [`${notRun} not run`] : []),
  ].join(', ');
}

function describeWarnings(warnings: number, findings: number): string {
  if (warnings === 0) {
    return '';
  }
  const noun = warnings === 1 ? 'warning' : 'warnings';
  return warnings === findings ? ` (${warnings === 1 ? 'a' : 'all'} ${noun})` : ` (${warnings} ${noun})`;
}

/**
 * Returns the slowest of the gates that ran.
 */
export function findSlowest({ results }: CheckReport): GateResult | undefined {
  return results
    .filter(({ verdict }) => verdict !== 'not run')
    .reduce<GateResult | undefined>(
      (slowest, result) =>
        slowest === undefined || result.durationMs > slowest.durationMs ? result : slowest,
      undefined,
    );
}

/**
 * Renders milliseconds as seconds, with one decimal.
 */
export function formatSeconds(durationMs: number): string {
  return `${(durationMs / 1000).toFixed(1)} s`;
}

/**
 * Renders a run for programs: `{ durationMs, gates: [{ name, title, verdict, durationMs, findings, ignored, problem }],
 * findings }`. `problem` says why a gate is broken; `ignored` has what the config ignores, each `{ finding, reason }`. The
 * outer `findings` are those in the documents and the config.
 */
export function formatJson({ results, findings, durationMs }: CheckReport): string {
  const gates = results.map(({ gate, verdict, findings, ignored = [], problem, durationMs }) => ({
    name: gate.name,
    title: formatTitle(gate),
    verdict,
    durationMs: Math.round(durationMs),
    findings,
    ...(ignored.length === 0 ? {} : { ignored }),
    ...(problem === undefined ? {} : { problem }),
  }));
  return JSON.stringify({ durationMs: Math.round(durationMs), gates, findings }, null, 2);
}
