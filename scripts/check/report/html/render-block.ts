import { type Markup, markup } from '../markup.ts';

/**
 * Renders a block of a page in `scripts/explain/pages/`: a paragraph or a list, with code in backticks. The pages have
 * no other Markdown; their test sees to it.
 */
export function renderBlock(block: string): Markup {
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
