import { readManifest } from '../../toolkit.ts';
import { renderFindings } from './html/render-findings.ts';
import { renderGates } from './html/render-gates.ts';
import { renderMatrix } from './html/render-matrix.ts';
import { stylesheet } from './html/stylesheet.ts';
import { type Markup, markup } from './markup.ts';
import { type CheckReport, findSlowest, formatCounts, formatSeconds, listFindings } from './report.ts';

/**
 * Renders a run as one HTML page that needs nothing else: which artifacts were held against which, the gates, and the
 * findings by file, each with what its code means.
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
    listFindings(report).length === 0 && report.results.every(({ verdict }) => verdict === 'passed');
  const slowestGate =
    slowest === undefined ? '' : `; slowest: ${slowest.gate.name}, ${formatSeconds(slowest.durationMs)}`;
  return markup`<header>
<h1>Contract check</h1>
<p class="outcome ${isClean ? 'passed' : 'failed'}">${formatCounts(report)}</p>
<p class="muted">in ${formatSeconds(report.durationMs)}${slowestGate}</p>
</header>`;
}
