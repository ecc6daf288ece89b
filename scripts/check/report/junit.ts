import { type Finding, fails, formatFinding, formatPlace } from '../../cli/finding.ts';
import { programName } from '../../cli/toolkit.ts';
import { type Markup, markup } from './markup.ts';
import { type CheckReport, listProblems } from './report.ts';

interface TestCase {
  name: string;
  durationMs: number;
  isSkipped: boolean;
  /** The lowest severity that fails it. */
  failOn: Finding['severity'];
  problem?: string | undefined;
  findings: readonly Finding[];
}

/**
 * Renders a run as JUnit XML for CI servers: a gate is a test case, its errors are one failure, and a broken gate is an error.
 * JUnit has no warnings: those are in the output of the test case, unless they failed the gate. Findings in the documents
 * and the config are in a test case named `documents`.
 *
 * @see https://github.com/jenkinsci/xunit-plugin/blob/master/src/main/resources/org/jenkinsci/plugins/xunit/types/model/xsd/junit-10.xsd
 */
export function formatJunit(report: CheckReport): string {
  const cases = listCases(report);
  const suiteName = `${programName} check`;
  const tests = cases.length;
  const failures = cases.filter((one) => listFailures(one).length > 0).length;
  const errors = listProblems(report).length;
  const skipped = cases.filter(({ isSkipped }) => isSkipped).length;
  const time = toSeconds(report.durationMs);
  return markup`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="${suiteName}" tests="${tests}" failures="${failures}" errors="${errors}" time="${time}">
  <testsuite name="${suiteName}" tests="${tests}" failures="${failures}" errors="${errors}" skipped="${skipped}" time="${time}">
${cases.map(renderCase)}  </testsuite>
</testsuites>
`.markup;
}

function listCases({ findings, results }: CheckReport): TestCase[] {
  const gates = results.map(({ gate, verdict, findings, problem, durationMs }) => ({
    name: gate.name,
    durationMs,
    isSkipped: verdict === 'not run',
    failOn: verdict === 'failed' && !fails(findings, 'error') ? ('warning' as const) : ('error' as const),
    problem,
    findings,
  }));
  const documents = {
    name: 'documents',
    durationMs: 0,
    isSkipped: false,
    failOn: 'error' as const,
    findings,
  };
  return findings.length === 0 ? gates : [documents, ...gates];
}

function listFailures({ findings, failOn }: TestCase): Finding[] {
  return findings.filter((finding) => fails([finding], failOn));
}

function renderCase(testCase: TestCase): Markup {
  const { name, durationMs, isSkipped, problem, findings } = testCase;
  const failures = listFailures(testCase);
  const others = findings.filter((finding) => !failures.includes(finding));
  const children = [
    ...(isSkipped ? [markup`      <skipped/>\n`] : []),
    ...(problem === undefined ? [] : [markup`      <error message="${problem}"/>\n`]),
    ...(failures.length === 0 ? [] : [renderFailures(failures)]),
    ...(others.length === 0
      ? []
      : [markup`      <system-out>${others.map(formatFinding).join('\n')}</system-out>\n`]),
  ];
  return markup`    <testcase classname="${programName}.check" name="${name}" time="${toSeconds(durationMs)}">
${children}    </testcase>
`;
}

// One element, because many readers show only the first one of a test case.
function renderFailures(failures: readonly Finding[]): Markup {
  const [first] = failures;
  const more = failures.length > 1 ? ` (and ${failures.length - 1} more)` : '';
  const lines = failures.map((finding) => `${formatFinding(finding)}${formatCause(finding)}`);
  return markup`      <failure type="${first?.code ?? ''}" message="${first?.message ?? ''}${more}">${lines.join('\n')}</failure>
`;
}

function formatCause({ followsFrom }: Finding): string {
  return followsFrom === undefined
    ? ''
    : `\nMay follow from ${followsFrom.code} at ${formatPlace(followsFrom.at)}.`;
}

function toSeconds(durationMs: number): string {
  return (durationMs / 1000).toFixed(3);
}
