import { readFileSync } from 'node:fs';
import { type FindingCode, findingCodes } from '../cli/finding.ts';
import { listNearWords } from '../cli/suggestion.ts';
import { toolkitFile } from '../cli/toolkit.ts';

/** The page of a code in `scripts/explain/pages/`. */
export interface Page {
  code: FindingCode;
  /** One sentence. */
  title: string;
  /** The whole page, in Markdown. */
  markdown: string;
  /** The sections after the title: what the finding means, and how to fix it. */
  sections: readonly PageSection[];
}

/** A section of a page with its heading. */
export interface PageSection {
  heading: string;
  /** Paragraphs and lists, in Markdown, with an empty line between them. */
  blocks: readonly string[];
}

/** Who reads a page: whoever owns the contract, or a consumer who checks a pact against the spec of somebody else. */
export type Reader = 'owner' | 'consumer';

const consumerHeading = 'If only the pact is yours';

/**
 * Reads the page of a code.
 *
 * @param reader for a consumer, the section for consumers stands instead of the general advice, on pages that have one. For
 *   the owner it is left out. Default: both are there
 */
export function readPage(code: FindingCode, reader?: Reader): Page {
  const markdown = readFileSync(toolkitFile(`scripts/explain/pages/${code}.md`), 'utf8');
  const [head = '', ...parts] = markdown.split('\n## ');
  const [, title = ''] = splitBlocks(head);
  return { code, title, markdown, sections: selectSections(parts.map(toSection), reader) };
}

function selectSections(sections: readonly PageSection[], reader: Reader | undefined): PageSection[] {
  const forConsumers = sections.filter(({ heading }) => heading === consumerHeading);
  const others = sections.filter((section) => !forConsumers.includes(section));
  switch (reader) {
    case 'owner':
      return others;
    case 'consumer':
      return forConsumers.length === 0
        ? others
        : [...others.filter(({ heading }) => heading !== 'How to fix it'), ...forConsumers];
    default:
      return [...sections];
  }
}

function toSection(text: string): PageSection {
  const [heading = '', ...blocks] = splitBlocks(text);
  return { heading, blocks };
}

function splitBlocks(text: string): string[] {
  return text.trim().split(/\n{2,}/);
}

/**
 * Returns the codes that you may have meant: those that contain the typed words, otherwise those that differ in a few
 * letters, the nearest first.
 */
export function listNearCodes(typed: string): FindingCode[] {
  const words = typed
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((word) => word !== '');
  const holding = findingCodes.filter(
    (code) => words.length > 0 && words.every((word) => code.includes(word)),
  );
  return holding.length > 0
    ? holding
    : listNearWords(words.join('-'), findingCodes, (code) => code.replace('.', '-'));
}
