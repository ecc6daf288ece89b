import { type Finding, fails } from '../../cli/finding.ts';
import { readManifest } from '../../cli/toolkit.ts';
import { readPage } from '../../explain/page.ts';
import { artifacts, formatTitle, type GateResult, type IgnoredFinding } from '../gates/gate.ts';
import { type Markup, markup } from './markup.ts';
import {
  type CheckReport,
  findSlowest,
  formatCounts,
  formatPosition,
  formatSeconds,
  groupByFile,
  listFindings,
  listIgnored,
} from './report.ts';
import { stylesheet } from './style.ts';

/**
 * Renders a run as one self-contained HTML page: which artifacts were checked against which, the gates, and the findings
 * by file, each with what its code means.
 */
export function formatHtml(report: CheckReport): string {
  return markup`<!doctype html>
<html lang="en">
${renderHead(report)}
<body>
${renderHeader(report)}
<main>
${report.results.length > 0 ? [renderMatrix(report.results), renderGates(report.results)] : []}
${renderFindings(listFindings(report))}
${renderIgnored(listIgnored(report))}
</main>
<footer><p>Written by ${readManifest().name} ${readManifest().version}</p></footer>
</body>
</html>
`.markup;
}

// The policy makes sure of it: the page loads nothing and runs no script.
function renderHead(report: CheckReport): Markup {
  return markup`<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Contract check: ${formatCounts(report)}</title>
<style>${{ markup: stylesheet }}</style>
</head>`;
}

function renderHeader(report: CheckReport): Markup {
  const slowest = findSlowest(report);
  const isClean =
    !fails(report.findings, 'error') && report.results.every(({ verdict }) => verdict === 'passed');
  const slowestGate =
    slowest === undefined ? '' : `; slowest: ${slowest.gate.name}, ${formatSeconds(slowest.durationMs)}`;
  return markup`<header>
<h1>Contract check</h1>
<p class="outcome ${isClean ? 'passed' : 'failed'}">${formatCounts(report)}</p>
<p class="muted">in ${formatSeconds(report.durationMs)}${slowestGate}</p>
</header>`;
}

/**
 * Renders the gates as a table: what each checks, its result, why it is broken, its findings and its duration.
 */
function renderGates(results: readonly GateResult[]): Markup {
  return markup`<section>
<h2 id="gates">Gates</h2>
<div class="scroll" role="region" aria-labelledby="gates" tabindex="0">
<table class="gates">
<thead>
<tr><th scope="col">gate</th><th scope="col">result</th><th scope="col" class="number">findings</th><th scope="col" class="number">time</th></tr>
</thead>
<tbody>
${results.map(renderGate)}</tbody>
</table>
</div>
</section>`;
}

function renderGate({ gate, verdict, findings, problem, durationMs }: GateResult): Markup {
  const [count, time] = verdict === 'not run' ? ['', ''] : [findings.length, formatSeconds(durationMs)];
  return markup`<tr id="gate-${gate.name}">
<th scope="row"><code>${gate.name}</code> <span class="muted">${formatTitle(gate)}</span>${problem === undefined ? [] : markup`<p class="message failed">${problem}</p>`}</th>
<td>${renderVerdict(verdict)}</td><td class="number">${count}</td><td class="number">${time}</td>
</tr>
`;
}

/**
 * Renders which artifact was checked against which: one row for each subject, one column for each standard, and the gates
 * in the cells. Only artifacts of a gate have a row or a column.
 */
function renderMatrix(results: readonly GateResult[]): Markup {
  const names = new Set([...artifacts, ...results.flatMap(({ gate }) => [gate.subject, gate.standard])]);
  const subjects = [...names].filter((name) => results.some(({ gate }) => gate.subject === name));
  const standards = [...names].filter((name) => results.some(({ gate }) => gate.standard === name));
  return markup`<section>
<h2 id="matrix">What was checked against what</h2>
<div class="scroll" role="region" aria-labelledby="matrix" tabindex="0">
<table class="matrix">
<thead>
<tr><td class="corner">row against column</td>${standards.map(
    (standard) => markup`<th scope="col">${standard}</th>`,
  )}</tr>
</thead>
<tbody>
${subjects.map((subject) => renderRow(subject, standards, results))}</tbody>
</table>
</div>
</section>`;
}

function renderRow(subject: string, standards: readonly string[], results: readonly GateResult[]): Markup {
  const cells = standards.map((standard) =>
    renderCell(results.filter(({ gate }) => gate.subject === subject && gate.standard === standard)),
  );
  return markup`<tr><th scope="row">${subject}</th>${cells}</tr>\n`;
}

function renderCell(results: readonly GateResult[]): Markup {
  const gates = results.map(
    ({ gate, verdict }) =>
      markup`<li><a href="#gate-${gate.name}">${gate.name}</a> ${renderVerdict(verdict)}</li>`,
  );
  return gates.length === 0 ? markup`<td></td>` : markup`<td><ul>${gates}</ul></td>`;
}

const looks = {
  passed: { className: 'passed', symbol: '✓' },
  failed: { className: 'failed', symbol: '✗' },
  broken: { className: 'failed', symbol: '!' },
  'not run': { className: 'not-run', symbol: '–' },
} as const;

/**
 * Renders a result as a word, a colour and a symbol, so that nobody depends on the colour.
 */
function renderVerdict(verdict: GateResult['verdict']): Markup {
  const { className, symbol } = looks[verdict];
  return markup`<span class="verdict ${className}"><span aria-hidden="true">${symbol}</span> ${verdict}</span>`;
}

/**
 * Renders the findings by file, each with its place, its message and what its code means.
 */
function renderFindings(findings: readonly Finding[]): Markup {
  const files = [...groupByFile(findings)].map(
    ([file, group]) => markup`<h3>${file}</h3>
<ul class="findings">
${group.map(renderFinding)}</ul>
`,
  );
  return markup`<section aria-labelledby="findings">
<h2 id="findings">Findings</h2>
${files.length > 0 ? files : markup`<p>No findings.</p>`}
</section>`;
}

function renderIgnored(ignored: readonly IgnoredFinding[]): Markup | Markup[] {
  return ignored.length === 0
    ? []
    : markup`<section aria-labelledby="ignored">
<h2 id="ignored">Ignored</h2>
<ul class="findings">
${ignored.map(
  ({ finding: { code, message }, reason }) =>
    markup`<li><p class="message"><code>${code}</code> ${message}</p><p class="muted">${reason}</p></li>\n`,
)}</ul>
</section>`;
}

function renderFinding(finding: Finding): Markup {
  const { code, severity, message, at } = finding;
  const position = formatPosition(finding);
  const pointer = at.pointer === undefined ? [] : [markup` <code class="muted">${at.pointer}</code>`];
  return markup`<li>
<p class="place"><span class="verdict ${severity === 'error' ? 'failed' : 'not-run'}">${severity}</span>
${position === '' ? 'the whole file' : `at ${position}`}${pointer}</p>
<p class="message">${message}</p>
${renderExplanation(code)}
</li>
`;
}

function renderExplanation(code: Finding['code']): Markup {
  const { title, sections } = readPage(code);
  const parts = sections.map(
    ({ heading, blocks }) => markup`<h4>${heading}</h4>\n${blocks.map(renderBlock)}\n`,
  );
  return markup`<details>
<summary><code>${code}</code> ${title}</summary>
${parts}</details>`;
}

/**
 * Renders a block of a page in `scripts/explain/pages/`: a paragraph or a list, with code in backticks. The pages have
 * no other Markdown; their test sees to it.
 */
function renderBlock(block: string): Markup {
  if (!block.startsWith('- ')) {
    return markup`<p>${renderText(block)}</p>`;
  }
  const items = block.slice(2).split('\n- ');
  return markup`<ul>${items.map((item) => markup`<li>${renderText(item)}</li>`)}</ul>`;
}

function renderText(text: string): Markup[] {
  return text
    .replaceAll(/\s+/g, ' ')
    .split('`')
    .map((part, index) => (index % 2 === 0 ? markup`${part}` : markup`<code>${part}</code>`));
}
