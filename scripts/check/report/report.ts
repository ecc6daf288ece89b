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
  /** Default: unknown, and no report names it. */
  subject?: ReportSubject;
}

/** What was checked, and when. */
export interface ReportSubject {
  startedAt: Date;
  /** The commit of the working directory. Missing outside of a git repository. */
  commit?: string | undefined;
  /** A path or a URL. */
  spec: string;
  /** What the spec calls itself. Missing if it cannot be read. */
  info?: { title: string; version: string } | undefined;
  /** The pact, the folder of pacts, or the broker. Missing if no pact was checked. */
  pact?: string | undefined;
  /** The earlier version of the spec. */
  base?: string | undefined;
  /** Whether somebody checks a pact against a spec that may belong to others: they cannot change the spec. */
  isConsumer: boolean;
}

/**
 * Returns all findings: those in the documents first, then gate by gate. Those that may follow from others are last.
 */
export function listFindings({ findings, results }: CheckReport): Finding[] {
  const all = [...findings, ...results.flatMap((result) => result.findings)];
  return [...all.filter(isCause), ...all.filter((finding) => !isCause(finding))];
}

/**
 * Returns the findings that follow from no other: those to fix first.
 */
export function listCauses(report: CheckReport): Finding[] {
  return listFindings(report).filter(isCause);
}

function isCause({ followsFrom }: Finding): boolean {
  return followsFrom === undefined;
}

/**
 * Says how many findings may follow from which others, a sentence for each code, such as `28 findings may follow from
 * generated.stale.`
 */
export function describeFollowing(report: CheckReport): string[] {
  const codes = listFindings(report).flatMap(({ followsFrom }) => followsFrom?.code ?? []);
  return [...Map.groupBy(codes, (code) => code)].map(
    ([code, { length }]) => `${length} ${length === 1 ? 'finding' : 'findings'} may follow from ${code}.`,
  );
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
  const ignored = listIgnored(report).length;
  return [
    ...(hasRun(report)
      ? [formatCount(passed, 'gate passed', 'gates passed'), `${count('failed')} failed`]
      : [notRun === 0 ? 'no gate run' : formatCount(notRun, 'gate not run', 'gates not run')]),
    ...(broken > 0 ? [`${broken} broken`] : []),
    countFindings(listFindings(report)),
    ...(ignored > 0 ? [`${ignored} ignored`] : []),
    ...(hasRun(report) && notRun > 0 ? [`${notRun} not run`] : []),
  ].join(', ');
}

/** Tells whether any gate was run. None is, where the documents have errors. */
export function hasRun({ results }: CheckReport): boolean {
  return results.some(({ verdict }) => verdict !== 'not run');
}

function formatCount(count: number, one: string, several: string): string {
  return `${count} ${count === 1 ? one : several}`;
}

function countFindings(findings: readonly Finding[]): string {
  const warnings = findings.filter(({ severity }) => severity === 'warning').length;
  const following = findings.filter((finding) => !isCause(finding)).length;
  const notes = [
    ...(warnings > 0 ? [describeWarnings(warnings, findings.length)] : []),
    ...(following > 0 ? [`${following} may follow from others`] : []),
  ];
  const count = formatCount(findings.length, 'finding', 'findings');
  return notes.length === 0 ? count : `${count} (${notes.join('; ')})`;
}

function describeWarnings(warnings: number, findings: number): string {
  if (warnings === findings) {
    return warnings === 1 ? 'a warning' : 'all warnings';
  }
  return formatCount(warnings, 'warning', 'warnings');
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
 * Renders a run for programs: `{ durationMs, subject, gates: [{ name, title, verdict, durationMs, findings, ignored, problem
 * }], findings }`. `problem` says why a gate is broken; `ignored` has what the config ignores, each `{ finding, reason }`.
 * The outer `findings` are those in the documents and the config. A finding that may follow from another one names that in
 * `followsFrom: { gate, code, at }`.
 */
export function formatJson({ results, findings, durationMs, subject }: CheckReport): string {
  const gates = results.map(({ gate, verdict, findings, ignored = [], problem, durationMs }) => ({
    name: gate.name,
    title: formatTitle(gate),
    verdict,
    durationMs: Math.round(durationMs),
    findings,
    ...(ignored.length === 0 ? {} : { ignored }),
    ...(problem === undefined ? {} : { problem }),
  }));
  return JSON.stringify({ durationMs: Math.round(durationMs), subject, gates, findings }, null, 2);
}
