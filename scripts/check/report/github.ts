import { type Finding, formatPlace, toLine } from '../../cli/finding.ts';
import { type Page, readPage } from '../../explain/page.ts';
import { formatTitle } from '../gates/gate.ts';
import { markup } from './markup.ts';
import {
  type CheckReport,
  describeFollowing,
  formatCounts,
  formatSeconds,
  hasRun,
  listCauses,
  listProblems,
} from './report.ts';

/**
 * Renders findings and broken gates as workflow commands, one line each. GitHub Actions shows them in a pull request, at
 * their lines. Leaves out findings that may follow from others. Without findings, the text is empty.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
 */
export function formatAnnotations(report: CheckReport): string {
  const problems = listProblems(report).map(
    ({ gate, problem }) =>
      `::error title=${escapeProperty(gate)}::${escapeData(`The gate is broken: ${problem}`)}`,
  );
  return [...listCauses(report).map(toCommand), ...problems].join('\n');
}

function toCommand({ code, severity, message, at }: Finding): string {
  const properties = Object.entries({ file: at.file, line: at.line, col: at.column, title: code })
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${escapeProperty(String(value))}`);
  return `::${severity} ${properties.join(',')}::${escapeData(message)}`;
}

// As GitHub's own library does it, which escapes line breaks, too; there are none left: https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts
function escapeData(text: string): string {
  return toLine(text).replaceAll('%', '%25');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

// GitHub drops a summary of more than 1 MiB as a whole.
const mostListed = 100;
const symbolOfVerdict = { passed: '✅', failed: '❌', broken: '💥', 'not run': '⏭️' } as const;

/**
 * Renders a run as Markdown for the summary of a GitHub Actions job: a table of gates, the findings, and what their
 * codes mean. Lists at most 100 findings.
 */
export function formatSummary(report: CheckReport): string {
  const findings = listCauses(report);
  const codes = [...new Set(findings.map(({ code }) => code))];
  const parts = [
    `## Contract check\n\n${formatCounts(report)} in ${formatSeconds(report.durationMs)}`,
    ...(hasRun(report) ? [renderGates(report)] : []),
    ...listProblems(report).map(renderProblem),
    ...(findings.length > 0 ? [renderFindings(findings)] : []),
    ...describeFollowing(report),
    ...codes.map((code) => renderPage(readPage(code, report.subject?.isConsumer ? 'consumer' : 'owner'))),
  ];
  return `${parts.join('\n\n')}\n`;
}

/** Renders the gates as a table, one row each. */
export function renderGates({ results }: CheckReport): string {
  const rows = results.map(({ gate, verdict, findings, durationMs }) => {
    const [count, time] = verdict === 'not run' ? ['', ''] : [findings.length, formatSeconds(durationMs)];
    return `| ${symbolOfVerdict[verdict]} ${verdict} | ${gate.name} | ${formatTitle(gate)} | ${count} | ${time} |`;
  });
  return ['| result | gate | checks | findings | time |', '| --- | --- | --- | ---: | ---: |', ...rows].join(
    '\n',
  );
}

// As HTML, in which GitHub reads no Markdown until an empty line: a message can hold whatever a document does.
function renderFindings(findings: readonly Finding[]): string {
  const rows = findings
    .slice(0, mostListed)
    .map(
      ({ severity, code, message, at }) =>
        markup`<tr><td><code>${formatPlace(at)}</code></td><td>${severity}</td><td><code>${code}</code></td><td>${message}</td></tr>\n`,
    );
  const left = findings.length - rows.length;
  return markup`<table>
<tr><th>place</th><th>severity</th><th>code</th><th>message</th></tr>
${rows}</table>${left > 0 ? `\n\nAnd ${left} more.` : ''}`.markup;
}

function renderProblem({ gate, problem }: { gate: string; problem: string }): string {
  return markup`<p>The gate <code>${gate}</code> is broken:</p>\n\n<pre>${problem}</pre>`.markup;
}

function renderPage({ code, title, sections }: Page): string {
  const parts = sections.map(({ heading, blocks }) => [`#### ${heading}`, ...blocks].join('\n\n'));
  const summary = markup`<summary>What <code>${code}</code> means: ${title}</summary>`.markup;
  return [`<details>${summary}`, ...parts, '</details>'].join('\n\n');
}
