import { readFileSync } from 'node:fs';
import type { FindingCode } from '../finding.ts';
import { toolkitFile } from '../toolkit.ts';

/** What a code means, as its page in `scripts/explain/pages/` has it. */
export interface Page {
  code: FindingCode;
  /** One sentence. */
  title: string;
  /** The whole page, in Markdown. */
  markdown: string;
  /** What comes after the title: the part on the meaning and the part on the mending. */
  sections: readonly PageSection[];
}

/** A part of a page under a heading of its own. */
export interface PageSection {
  heading: string;
  /** Paragraphs and lists, in Markdown, with an empty line between them. */
  blocks: readonly string[];
}

/**
 * Reads the page of a code.
 */
export function readPage(code: FindingCode): Page {
  const markdown = readFileSync(toolkitFile(`scripts/explain/pages/${code}.md`), 'utf8');
  const [head = '', ...parts] = markdown.split('\n## ');
  const [, title = ''] = splitBlocks(head);
  return { code, title, markdown, sections: parts.map(toSection) };
}

function toSection(text: string): PageSection {
  const [heading = '', ...blocks] = splitBlocks(text);
  return { heading, blocks };
}

function splitBlocks(text: string): string[] {
  return text.trim().split(/\n{2,}/);
}
