import { formatTitle } from '../../gate.ts';
import type { GateResult } from '../../run-gates.ts';
import { type Markup, markup } from '../markup.ts';
import { formatSeconds } from '../report.ts';
import { renderVerdict } from './render-verdict.ts';

/**
 * Renders the gates as a table: what each holds, how it ended and why it is broken, what it found and
 * how long it took.
 */
export function renderGates(results: readonly GateResult[]): Markup {
  return markup`<section>
<h2 id="gates">Gates</h2>
<div class="scroll" role="region" aria-labelledby="gates" tabindex="0">
<table class="gates">
<thead>
<tr><th scope="col">gate</th><th scope="col">verdict</th><th scope="col" class="number">findings</th><th scope="col" class="number">time</th></tr>
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
