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
    const headings = sections.map(({ heading }) => heading);
    expect(headings.slice(0, 2)).toEqual(['What it means', 'How to fix it']);
    expect(headings.slice(2)).toEqual(headings.length > 2 ? ['If only the pact is yours'] : []);
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

  it('give a consumer who checks a pact other advice than the owner of the contract', () => {
    const headingsFor = (reader?: 'owner' | 'consumer') =>
      readPage('pact.breaks-spec', reader).sections.map(({ heading }) => heading);
    expect(headingsFor('consumer')).toEqual(['What it means', 'If only the pact is yours']);
    expect(headingsFor('owner')).toEqual(['What it means', 'How to fix it']);
    expect(headingsFor()).toEqual(['What it means', 'How to fix it', 'If only the pact is yours']);
  });

  it('give everybody the same advice where there is only one', () => {
    expect(readPage('spec.lint', 'consumer')).toEqual(readPage('spec.lint', 'owner'));
  });
});
