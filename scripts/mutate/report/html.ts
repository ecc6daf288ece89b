import { type Markup, markup } from '../../check/report/markup.ts';
import { equivalenceRules } from '../equivalence.ts';
import type { Verdict } from '../verdict.ts';
import { listSurvivors, makeTables, type ReportSurvivor, type ReportTable } from './report-model.ts';
import { formatTotals } from './totals.ts';

const style = `
  :root { color-scheme: light dark; }
  body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 90rem; padding: 0 1rem; }
  .wide { overflow-x: auto; }
  table { border-collapse: collapse; font-size: 0.875rem; }
  th, td { border: 1px solid light-dark(#c8c8c8, #555); padding: 0.25rem 0.5rem; text-align: right; white-space: nowrap; }
  th:first-child { text-align: left; }
  thead th { background: light-dark(#f0f0f0, #2a2a2a); }
  .missed { background: light-dark(#ffe3e0, #5a1f1a); }
  pre { overflow-x: auto; padding: 0.5rem; background: light-dark(#f6f6f6, #222); }`;

/**
 * Renders the contract mutation test as one self-contained page, light or dark as the reader has it.
 */
export function formatHtml(verdicts: readonly Verdict[], durationMs: number): string {
  const survivors = listSurvivors(verdicts);
  const page = markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Contract mutation test</title>
<style>${{ markup: style }}
</style>
</head>
<body>
<h1>Contract mutation test</h1>
${renderList(formatTotals(verdicts, durationMs).split('\n'))}
<p>A cell says how many mutants a gate found and, after a slash, how many it found alone.</p>
${makeTables(verdicts).map(renderTable)}
<h2>Survivors</h2>
${survivors.length === 0 ? markup`<p>None.</p>` : survivors.map(renderSurvivor)}
<h2>Equivalent by rule</h2>
${renderList(equivalenceRules.map(({ reason }) => reason))}
</body>
</html>
`;
  return page.markup;
}

function renderTable({ title, head, rows }: ReportTable): Markup {
  return markup`<h2>${title}</h2>
<div class="wide" tabindex="0" role="region" aria-label="${title}"><table>
<thead><tr>${head.map((text) => markup`<th scope="col">${text}</th>`)}</tr></thead>
<tbody>
${rows.map(renderRow)}</tbody>
</table></div>
`;
}

function renderRow([operator = '', ...cells]: readonly string[]): Markup {
  const missed = cells[1] === '100.0 %' ? '' : 'missed';
  const rest = cells.map((cell) => markup`<td>${cell}</td>`);
  return markup`<tr class="${missed}"><th scope="row">${operator}</th>${rest}</tr>
`;
}

function renderSurvivor({ title, isBreaking, change }: ReportSurvivor): Markup {
  return markup`<h3>${title}${isBreaking ? ' (breaking)' : ''}</h3>
<pre>${change}</pre>
`;
}

function renderList(items: readonly string[]): Markup {
  return markup`<ul>
${items.map((item) => markup`<li>${item}</li>\n`)}</ul>`;
}
