import { readFileSync } from 'node:fs';
import { defineConfig } from 'vitepress';

// Written beside the pages, from the table of contents in docs/README.md.
const { outDir, title, description, sidebar } = JSON.parse(
  readFileSync(new URL('../site.json', import.meta.url), 'utf8'),
);

/** Makes the anchor of a heading as GitHub does, so that links work in both. */
function slugify(heading) {
  return heading
    .trim()
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\p{M}_ -]/gu, '')
    .replaceAll(' ', '-');
}

export default defineConfig({
  outDir,
  title,
  description,
  lang: 'en',
  head: [['link', { rel: 'icon', href: 'data:,' }]],
  // What is copied there need not be a page: whoever writes the pages has checked it.
  ignoreDeadLinks: [/^\/files\//, /^http:\/\/localhost:/],
  markdown: {
    anchor: { slugify },
    config: (markdown) => {
      // Vue would take `{{ }}` in code as its own.
      const inline = markdown.renderer.rules.code_inline;
      markdown.renderer.rules.code_inline = (tokens, index, ...rest) => {
        tokens[index].attrSet('v-pre', '');
        tokens[index].attrSet('class', tokens[index].content.length > 30 ? 'long' : 'short');
        return inline(tokens, index, ...rest);
      };
      const fence = markdown.renderer.rules.fence;
      markdown.renderer.rules.fence = (tokens, index, ...rest) => {
        const { info, content } = tokens[index];
        return info.trim() === 'mermaid'
          ? `<Diagram source="${encodeURIComponent(content)}" />`
          : fence(tokens, index, ...rest);
      };
    },
  },
  themeConfig: {
    sidebar,
    outline: { level: [2, 3] },
    search: { provider: 'local' },
    docFooter: { prev: false, next: false },
  },
});
