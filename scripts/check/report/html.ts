import { fails } from '../../cli/finding.ts';
import { readManifest } from '../../cli/toolkit.ts';
import { artifacts, formatTitle, type GateResult, type IgnoredFinding } from '../gates/gate.ts';
import { renderFindings } from './html-findings.ts';
import { type Markup, markup } from './markup.ts';
import {
  type CheckReport,
  findSlowest,
  formatCounts,
  formatSeconds,
  hasRun,
  listFindings,
  listIgnored,
} from './report.ts';
import { stylesheet } from './style.ts';

/**
 * Renders a run as one self-contained HTML page: what was checked and when, the findings by file, each with the lines
 * around its place and what its code means, the gates, and which artifacts were checked against which.
 */
export function formatHtml(report: CheckReport): string {
  const hasFindings = listFindings(report).length > 0;
  const findings = renderFindings(report);
  const gates = hasRun(report) ? [renderGates(report.results), renderMatrix(report.results)] : [];
  return markup`<!doctype html>
<html lang="en">
${renderHead(report)}
<body>
${renderHeader(report)}
<main>
${hasFindings ? [findings, ...gates] : [...gates, findings]}
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
  const isClean =
    !fails(report.findings, 'error') && report.results.every(({ verdict }) => verdict === 'passed');
  const facts = listFacts(report).map(
    ([name, value]) => markup`<div><dt>${name}</dt><dd>${value}</dd></div>\n`,
  );
  return markup`<header>
<h1>Contract check</h1>
<p class="outcome ${isClean ? 'passed' : 'failed'}">${formatCounts(report)}</p>
<dl class="facts">
${facts}</dl>
</header>`;
}

function listFacts(report: CheckReport): [name: string, value: Markup][] {
  const { durationMs, subject } = report;
  const slowest = findSlowest(report);
  const time: [string, Markup] = [
    'Time',
    markup`${formatSeconds(durationMs)}${slowest === undefined ? '' : `; slowest: ${slowest.gate.name}, ${formatSeconds(slowest.durationMs)}`}`,
  ];
  if (subject === undefined) {
    return [time];
  }
  const { startedAt, commit, spec, info, pact, base } = subject;
  const named: [string, Markup | undefined][] = [
    ['Spec', markup`${info === undefined ? '' : `${info.title} ${info.version} `}<code>${spec}</code>`],
    ['Compared with', base === undefined ? base : markup`<code>${base}</code>`],
    ['Pact', pact === undefined ? pact : markup`<code>${pact}</code>`],
    ['Commit', commit === undefined ? commit : markup`<code>${commit}</code>`],
    ['Date', renderDate(startedAt)],
    time,
  ];
  return named.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]));
}

function renderDate(date: Date): Markup {
  const text = date.toISOString();
  return markup`<time datetime="${text}">${text.slice(0, 16).replace('T', ' ')} UTC</time>`;
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
