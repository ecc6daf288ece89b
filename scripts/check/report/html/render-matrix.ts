import { type Artifact, artifacts } from '../../gate.ts';
import type { GateResult } from '../../run-gates.ts';
import { type Markup, markup } from '../markup.ts';
import { renderVerdict } from './render-verdict.ts';

/**
 * Renders which artifact was held against which: a row a subject, a column a standard, in each cell its gates. Only
 * artifacts that a gate is about have a row or a column.
 */
export function renderMatrix(results: readonly GateResult[]): Markup {
  const subjects = artifacts.filter((artifact) => results.some(({ gate }) => gate.subject === artifact));
  const standards = artifacts.filter((artifact) => results.some(({ gate }) => gate.standard === artifact));
  return markup`<section>
<h2 id="matrix">What was held against what</h2>
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

function renderRow(
  subject: Artifact,
  standards: readonly Artifact[],
  results: readonly GateResult[],
): Markup {
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
