import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { findingCodes } from '../../scripts/cli/finding.ts';
import { readPage } from '../../scripts/explain/page.ts';

describe('the pages', () => {
  it('are one for each code, and no more', () => {
    expect(readdirSync('scripts/explain/pages').sort()).toEqual(
      findingCodes.map((code) => `${code}.md`).sort(),
    );
  });

  it.each(findingCodes)('say in one sentence what %s is, what it means and how to fix it', (code) => {
    const { title, markdown, sections } = readPage(code);
    expect(markdown).toMatch(new RegExp(`^# ${code.replace('.', '\\.')}\\n\\n.+\\n\\n## `));
    expect(title).toMatch(/^[A-Z][^.]+(3\.[01][^.]*)*\.$/);
    expect(sections.map(({ heading }) => heading)).toEqual(['What it means', 'How to fix it']);
    for (const { blocks } of sections) {
      expect(blocks.join('\n').length).toBeGreaterThan(40);
    }
  });

  // What is rendered in the HTML report.
  it.each(findingCodes)('have no Markdown for %s but paragraphs, lists and code', (code) => {
    for (const block of readPage(code).sections.flatMap(({ blocks }) => blocks)) {
      const withoutCode = block.replaceAll(/`[^`]+`/g, '');
      expect(withoutCode).not.toMatch(/[`*_<[|#]|^ *\d+\.|^ +- /m);
      const isList = block.startsWith('- ');
      expect(block.split('\n').every((line) => !line.startsWith('- ') || isList)).toBe(true);
    }
  });
});
