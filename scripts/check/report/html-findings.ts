import { type Finding, type FindingCode, formatPlace, type Place } from '../../cli/finding.ts';
import { readPage } from '../../explain/page.ts';
import { createExcerptReader, type Excerpt } from './excerpt.ts';
import { type Markup, markup } from './markup.ts';
import {
  type CheckReport,
  describeFollowing,
  formatPosition,
  groupByFile,
  listCauses,
  listFindings,
} from './report.ts';

/** What the parts of the section share. */
interface Section {
  readExcerpt: ReturnType<typeof createExcerptReader>;
  gateOf: ReadonlyMap<Finding, string>;
  isConsumer: boolean;
  /** The codes that are explained already. */
  explained: Set<FindingCode>;
}

/**
 * Renders the findings of a run as a section of the HTML page: by file, each with the lines around its place and what its
 * code means. Those that may follow from others are folded, below the others.
 */
export function renderFindings(report: CheckReport): Markup {
  const gates = report.results.flatMap(({ gate, findings }) =>
    findings.map((finding) => [finding, gate.name] as const),
  );
  const section: Section = {
    readExcerpt: createExcerptReader(),
    gateOf: new Map(gates),
    isConsumer: report.subject?.isConsumer ?? false,
    explained: new Set(),
  };
  const causes = listCauses(report);
  const following = listFindings(report).slice(causes.length);
  return markup`<section aria-labelledby="findings">
<h2 id="findings">Findings</h2>
${causes.length > 0 ? renderFiles(causes, section) : markup`<p>No findings.</p>`}
${following.length === 0 ? [] : renderFollowing(following, describeFollowing(report))}
</section>`;
}

function renderFiles(findings: readonly Finding[], section: Section): Markup[] {
  return [...groupByFile(findings)].map(
    ([file, group]) => markup`<h3>${file}</h3>
<ul class="findings">
${group.map((finding) => renderFinding(finding, section))}</ul>
`,
  );
}

function renderFollowing(findings: readonly Finding[], sentences: readonly string[]): Markup {
  const items = findings.map(
    (finding) =>
      markup`<li><code>${formatPlace(finding.at)}</code> <code>${finding.code}</code> ${finding.message}</li>\n`,
  );
  return markup`<details>
<summary>${sentences.join(' ')} Fix those first.</summary>
<ul>
${items}</ul>
</details>`;
}

function renderFinding(finding: Finding, section: Section): Markup {
  const { readExcerpt, gateOf } = section;
  const { code, severity, message, at } = finding;
  const position = formatPosition(finding);
  const pointer = at.pointer === undefined ? [] : [markup` <code class="muted">${at.pointer}</code>`];
  const gate = gateOf.get(finding);
  const excerpt = readExcerpt(at);
  return markup`<li>
<p class="place"><span class="verdict ${severity === 'error' ? 'failed' : 'not-run'}">${severity}</span>
${position === '' ? 'the whole file' : `at ${position}`}${pointer}${gate === undefined ? '' : markup` <span class="muted">found by <a href="#gate-${gate}">${gate}</a></span>`}</p>
<p class="message">${message}</p>
${excerpt === undefined ? [] : renderExcerpt(excerpt, at)}
${renderExplanation(code, section)}
</li>
`;
}

function renderExcerpt({ first, lines }: Excerpt, { file, line }: Place): Markup {
  const rows = lines.map((text, index) => {
    const number = first + index;
    const row = markup`<span class="line-number">${number}</span>${text}`;
    return number === line ? markup`<mark>${row}</mark>\n` : markup`<span>${row}</span>\n`;
  });
  const label = `${file}, lines ${first} to ${first + lines.length - 1}`;
  return markup`<pre class="excerpt" role="group" aria-label="${label}" tabindex="0">${rows}</pre>`;
}

// Once for each code: a large document of somebody else can have thousands of findings.
function renderExplanation(code: FindingCode, { isConsumer, explained }: Section): Markup {
  const { title, sections } = readPage(code, isConsumer ? 'consumer' : 'owner');
  if (explained.has(code)) {
    return markup`<p class="muted"><a href="#explain-${code}"><code>${code}</code></a> ${title}</p>`;
  }
  explained.add(code);
  const parts = sections.map(
    ({ heading, blocks }) => markup`<h4>${heading}</h4>\n${blocks.map(renderBlock)}\n`,
  );
  return markup`<details id="explain-${code}">
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
