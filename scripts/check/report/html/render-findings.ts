import { readPage } from '../../../explain/read-page.ts';
import type { Finding } from '../../../finding.ts';
import { type Markup, markup } from '../markup.ts';
import { formatPosition, groupByFile } from '../report.ts';
import { renderBlock } from './render-block.ts';

/**
 * Renders the findings by file, each with its place, its message and what its code means.
 */
export function renderFindings(findings: readonly Finding[]): Markup {
  const files = [...groupByFile(findings)].map(
    ([file, group]) => markup`<h3>${file}</h3>
<ul class="findings">
${group.map(renderFinding)}</ul>
`,
  );
  return markup`<section aria-labelledby="findings">
<h2 id="findings">Findings</h2>
${files.length > 0 ? files : markup`<p>Nothing was found.</p>`}
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
