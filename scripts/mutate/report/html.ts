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
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Contract mutation test</title>
<style>${style}
</style>
<h1>Contract mutation test</h1>
${list(formatTotals(verdicts, durationMs).split('\n'))}
<p>A cell says how many mutants a gate found and, after a slash, how many it found alone.</p>
${makeTables(verdicts).map(renderTable).join('\n')}
<h2>Survivors</h2>
${survivors.length === 0 ? '<p>None.</p>' : survivors.map(renderSurvivor).join('\n')}
<h2>Equivalent by rule</h2>
${list(equivalenceRules.map(({ reason }) => reason))}
</html>
`;
}

function renderTable({ title, head, rows }: ReportTable): string {
  const heading = head.map((text) => `<th scope="col">${escapeHtml(text)}</th>`).join('');
  return `<h2>${escapeHtml(title)}</h2>
<div class="wide" tabindex="0" role="region" aria-label="${escapeHtml(title)}"><table>
<thead><tr>${heading}</tr></thead>
<tbody>
${rows.map(renderRow).join('\n')}
</tbody>
</table></div>`;
}

function renderRow([operator = '', ...cells]: readonly string[]): string {
  const isMissed = cells[1] !== '100.0 %';
  const rest = cells.map((cell) => `<td>${escapeHtml(cell)}</td>`).join('');
  return `<tr${isMissed ? ' class="missed"' : ''}><th scope="row">${escapeHtml(operator)}</th>${rest}</tr>`;
}

function renderSurvivor({ title, isBreaking, change }: ReportSurvivor): string {
  return `<h3>${escapeHtml(title)}${isBreaking ? ' (breaking)' : ''}</h3>\n<pre>${escapeHtml(change)}</pre>`;
}

function list(items: readonly string[]): string {
  return `<ul>\n${items.map((item) => `<li>${escapeHtml(item)}</li>`).join('\n')}\n</ul>`;
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
