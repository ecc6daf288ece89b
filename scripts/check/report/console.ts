import { type Finding, toLine } from '../../cli/finding.ts';
import { alignRows, type Cell, paint } from '../../cli/output.ts';
import { programName } from '../../cli/toolkit.ts';
import { formatTitle, type GateResult } from '../gates/gate.ts';
import {
  type CheckReport,
  describeFollowing,
  findSlowest,
  formatCounts,
  formatPosition,
  formatSeconds,
  groupByFile,
  hasRun,
  listCauses,
  listFindings,
  listProblems,
} from './report.ts';

export { toLine };

const styleOfVerdict = { passed: 'green', failed: 'red', broken: 'red', 'not run': 'yellow' } as const;
const styleOfSeverity = { error: 'red', warning: 'yellow' } as const;

/** How a run is rendered for people. */
export interface ConsoleSettings {
  /** Default: false. */
  useColors?: boolean;
  /** Also list the findings that may follow from others, and every warning. Default: false. */
  listsAll?: boolean;
}

/**
 * Renders a run for people: one line for each gate, the findings by file, why a gate is broken, and the counts.
 */
export function formatConsole(
  report: CheckReport,
  { useColors = false, listsAll = false }: ConsoleSettings = {},
): string {
  const causes = listCauses(report);
  const following = listFindings(report).filter(({ followsFrom }) => followsFrom !== undefined);
  const shown = listsAll ? causes : shortenWarnings(causes);
  const notes = describeFollowing(report).join('\n');
  const parts = [
    hasRun(report) ? alignRows(report.results.map(toGateCells), useColors).join('\n') : '',
    ...formatFindings(shown, useColors),
    listsAll ? '' : describeLeftOut(causes),
    notes !== '' && !listsAll
      ? `${notes}\nFix the findings above first, or pass --all to list those as well.`
      : notes,
    ...(listsAll ? formatFindings(following, useColors) : []),
    causes.length > 0
      ? `Run npx ${programName} explain <code> to see what a finding means and how to fix it.`
      : '',
    ...listProblems(report).map(({ gate, problem }) => formatProblem(gate, problem, useColors)),
    formatEnd(report),
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

function toGateCells({ gate, verdict, durationMs }: GateResult): Cell[] {
  return [
    { text: verdict === 'passed' ? verdict : verdict.toUpperCase(), style: styleOfVerdict[verdict] },
    { text: gate.name },
    { text: formatTitle(gate) },
    { text: verdict === 'not run' ? '' : formatSeconds(durationMs), isRightAligned: true },
  ];
}

// A large document of somebody else can have a thousand warnings of a kind, and the errors are to be seen.
const maxWarnings = 20;

/** Leaves out warnings of which there are many of one code. Errors stay. */
function shortenWarnings(findings: readonly Finding[]): Finding[] {
  const told = new Map<string, number>();
  return findings.filter(({ code, severity }) => {
    const count = (told.get(code) ?? 0) + 1;
    if (severity === 'warning') told.set(code, count);
    return severity === 'error' || count <= maxWarnings;
  });
}

function describeLeftOut(findings: readonly Finding[]): string {
  const warnings = findings.filter(({ severity }) => severity === 'warning');
  const lines = [...Map.groupBy(warnings, ({ code }) => code)].flatMap(([code, { length }]) =>
    length > maxWarnings ? [`… and ${length - maxWarnings} more warnings of ${code}.`] : [],
  );
  return lines.length === 0 ? '' : [...lines, 'Pass --all to list them.'].join('\n');
}

// The columns are aligned over all files, so that the messages begin below each other.
function formatFindings(findings: readonly Finding[], useColors: boolean): string[] {
  const groups = [...groupByFile(findings)];
  const lines = alignRows(groups.flatMap(([, group]) => group).map(toFindingCells), useColors);
  return groups.map(([file, group]) =>
    [
      paint('bold', toLine(file), useColors),
      ...lines.splice(0, group.length).map((line) => `  ${line}`),
    ].join('\n'),
  );
}

function toFindingCells(finding: Finding): Cell[] {
  const { severity, code, message } = finding;
  return [
    { text: formatPosition(finding), isRightAligned: true },
    { text: severity, style: styleOfSeverity[severity] },
    { text: code },
    { text: toLine(message) },
  ];
}

// A tool's own words can have several lines.
function formatProblem(gate: string, problem: string, useColors: boolean): string {
  const lines = problem.split(/\r?\n/).map((line) => `  ${toLine(line)}`.trimEnd());
  return [paint('red', `The gate ${gate} is broken:`, useColors), ...lines].join('\n');
}

// CI reads this line, so it stays without colours and begins as it always did.
function formatEnd(report: CheckReport): string {
  const slowest = findSlowest(report);
  const end = `${formatCounts(report)} in ${formatSeconds(report.durationMs)}`;
  return slowest === undefined
    ? end
    : `${end}; slowest: ${slowest.gate.name} (${formatSeconds(slowest.durationMs)})`;
}
