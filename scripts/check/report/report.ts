import type { Finding } from '../../finding.ts';
import type { GateResult } from '../run-gates.ts';

/** A run of the gates: what every format of the report is rendered from. */
export interface CheckReport {
  /** In the order of the gates, from the source of the data to its end. */
  results: readonly GateResult[];
  /** What is wrong with a document that no gate could be run on. */
  findings: readonly Finding[];
  /** Of the whole run, in milliseconds; the gates run side by side. */
  durationMs: number;
}

/**
 * Lists everything that was found: in the documents first, then gate by gate.
 */
export function listFindings({ findings, results }: CheckReport): Finding[] {
  return [...findings, ...results.flatMap((result) => result.findings)];
}

/**
 * Groups findings by file. The files keep the order in which they were found; within a file, lines count.
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
 * Renders the place of a finding in its file as `line:column`, or as nothing where the whole file is meant.
 */
export function formatPosition({ at: { line, column } }: Finding): string {
  return [line, column].filter((part) => part !== undefined).join(':');
}

/**
 * Lists the gates that did not end as a gate does, with the reason.
 */
export function listProblems({ results }: CheckReport): { gate: string; problem: string }[] {
  return results.flatMap(({ gate, problem }) =>
    problem === undefined ? [] : [{ gate: gate.name, problem }],
  );
}

/**
 * Says how a run ended, as `12 gates passed, 0 failed, 0 findings`, and how many gates are broken or were not run, if
 * any.
 */
export function formatCounts(report: CheckReport): string {
  const count = (wanted: GateResult['verdict']): number =>
    report.results.filter(({ verdict }) => verdict === wanted).length;
  const [passed, broken, notRun] = [count('passed'), count('broken'), count('not run')];
  const findings = listFindings(report).length;
  return [
    `${passed} ${passed === 1 ? 'gate' : 'gates'} passed`,
    `${count('failed')} failed`,
    ...(broken > 0 ? [`${broken} broken`] : []),
    `${findings} ${findings === 1 ? 'finding' : 'findings'}`,
    ...(notRun > 0 ? [`${notRun} not run`] : []),
  ].join(', ');
}

/**
 * Finds the gate that took longest, of those that were run.
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
