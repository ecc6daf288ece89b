import { type Page, readPage } from '../../explain/read-page.ts';
import { type Finding, formatPlace } from '../../finding.ts';
import { formatTitle } from '../gate.ts';
import { markup } from './markup.ts';
import { type CheckReport, formatCounts, formatSeconds, listFindings, listProblems } from './report.ts';

// GitHub drops a summary of more than 1 MiB as a whole.
const mostListed = 100;
const symbolOfVerdict = { passed: '✅', failed: '❌', broken: '💥', 'not run': '⏭️' } as const;

/**
 * Renders a run as Markdown for the summary of a GitHub Actions job: a table of gates, the findings, and what their
 * codes mean. Of very many findings, the first are listed.
 */
export function formatSummary(report: CheckReport): string {
  const findings = listFindings(report);
  const codes = [...new Set(findings.map(({ code }) => code))];
  const parts = [
    `## Contract check\n\n${formatCounts(report)} in ${formatSeconds(report.durationMs)}`,
    ...(report.results.length > 0 ? [renderGates(report)] : []),
    ...listProblems(report).map(renderProblem),
    ...(findings.length > 0 ? [renderFindings(findings)] : []),
    ...codes.map((code) => renderPage(readPage(code))),
  ];
  return `${parts.join('\n\n')}\n`;
}

function renderGates({ results }: CheckReport): string {
  const rows = results.map(({ gate, verdict, findings, durationMs }) => {
    const [count, time] = verdict === 'not run' ? ['', ''] : [findings.length, formatSeconds(durationMs)];
    return `| ${symbolOfVerdict[verdict]} ${verdict} | ${gate.name} | ${formatTitle(gate)} | ${count} | ${time} |`;
  });
  return ['| verdict | gate | holds | findings | time |', '| --- | --- | --- | ---: | ---: |', ...rows].join(
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
