import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { toolkitFolder } from '../../cli/toolkit.ts';

/** A fenced block of a page. */
export interface Snippet {
  /** The page, from the root of the repository. */
  page: string;
  /** The line of its first line of code, from 1. */
  line: number;
  /** The first word after the fence. Empty for plain text, such as output. */
  language: string;
  text: string;
  /** What the comment `<!-- snippet: … -->` above it says. */
  directive: Directive;
}

/** How a snippet is tested. Several directives are separated by `;`, but `not run` stands alone. */
export interface Directive {
  /** `not run, REASON`. */
  notRun?: string;
  /** `run`: the TypeScript is run, too. */
  run?: boolean;
  /** `continues`: the TypeScript goes on from the snippet before it. */
  continues?: boolean;
  /** `needs PACKAGE`: the TypeScript is checked in the slow tests, which install the package. */
  needs?: string;
  /** `file NAME`: commands of the page find the text in this file. */
  file?: string;
  /** `exits N`: the last command ends with this code. Default: 0. */
  exits?: number;
}

/** A link or a picture of a page. */
export interface Link {
  line: number;
  /** Where the target begins in the text. */
  start: number;
  target: string;
}

/**
 * Lists the pages of the documentation: Markdown files, from the root of the repository.
 */
export function listPages(): string[] {
  const below = (folder: string): string[] =>
    readdirSync(join(toolkitFolder, folder), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.md'))
      .map((path) => join(folder, path))
      .sort();
  const examples = readdirSync(join(toolkitFolder, 'examples')).map((name) => `examples/${name}/README.md`);
  const single = ['README.md', 'scripts/README.md', 'CONTRIBUTING.md', 'SECURITY.md', ...examples];
  return [...single.filter((path) => readPage(path) !== undefined), ...below('docs')];
}

/**
 * Reads a page. `undefined`: there is none.
 */
export function readPage(page: string): string | undefined {
  try {
    return readFileSync(join(toolkitFolder, page), 'utf8');
  } catch {
    return undefined;
  }
}

/**
 * Reads the fenced blocks of a page.
 *
 * @throws {Error} for a directive that there is not, or that no fence follows
 */
export function readSnippets(page: string, text: string): Snippet[] {
  const snippets: Snippet[] = [];
  let open: { fence: string; indent: number; snippet: Snippet } | undefined;
  let directive: string | undefined;
  for (const [index, line] of text.split('\n').entries()) {
    const [, indent = '', fence = '', info = ''] = /^( *)(`{3,}|~{3,}) *(.*)$/.exec(line) ?? [];
    if (open !== undefined) {
      if (fence.startsWith(open.fence) && info === '') {
        snippets.push(open.snippet);
        open = undefined;
      } else {
        open.snippet.text += `${line.slice(Math.min(open.indent, line.search(/\S|$/)))}\n`;
      }
      continue;
    }
    const place = `${page}:${index + 1}`;
    if (fence !== '') {
      const [language = ''] = info.split(' ');
      const known = parseDirective(directive ?? '', place);
      const snippet = { page, line: index + 2, language, text: '', directive: known };
      open = { fence, indent: indent.length, snippet };
      directive = undefined;
    } else if (directive !== undefined && line.trim() !== '') {
      throw new Error(`${place}: no fence follows "<!-- snippet: ${directive} -->". Put it right above one.`);
    } else {
      directive = /^ *<!-- snippet: (.+) -->$/.exec(line)?.[1] ?? directive;
    }
  }
  return snippets;
}

function parseDirective(text: string, place: string): Directive {
  const isReason = text.startsWith('not run');
  const parts = text === '' ? [] : isReason ? [text] : text.split(/; */);
  return Object.assign({}, ...parts.map((part) => parsePart(part, place)));
}

function parsePart(part: string, place: string): Directive {
  const [, notRun] = /^not run, (\S.{9,})$/.exec(part) ?? [];
  const [, file] = /^file (\S+)$/.exec(part) ?? [];
  const [, needs] = /^needs (\S+)$/.exec(part) ?? [];
  const [, exits] = /^exits (\d)$/.exec(part) ?? [];
  if (notRun !== undefined) return { notRun };
  if (file !== undefined) return { file };
  if (needs !== undefined) return { needs };
  if (exits !== undefined) return { exits: Number(exits) };
  if (part === 'run') return { run: true };
  if (part === 'continues') return { continues: true };
  const expected = '"not run, REASON", "run", "continues", "needs PACKAGE", "file NAME" or "exits N"';
  throw new Error(`${place}: found the snippet directive "${part}", expected ${expected}.`);
}

/**
 * Blanks out fenced blocks and comments, and code spans unless they are kept. Lines keep their numbers.
 */
function readProse(text: string, keepsSpans = false): string {
  const blank = (part: string): string => part.replaceAll(/[^\n]/g, ' ');
  const prose = text
    .replaceAll(/^( *)(`{3,}|~{3,})[^\n]*\n[\s\S]*?^ *\2 *$/gm, blank)
    .replaceAll(/<!--[\s\S]*?-->/g, blank);
  return keepsSpans ? prose : prose.replaceAll(/(`+)[^`][\s\S]*?\1/g, blank);
}

/**
 * Lists the links and pictures of a page, those in HTML too.
 */
export function readLinks(text: string): Link[] {
  const prose = readProse(text);
  const patterns = [
    /\]\(<?([^\s()<>]+)>?(?: "[^"]*")?\)/g,
    /^ *\[[^\]]+\]: *(\S+)/gm,
    /\b(?:href|src|srcset)="([^"]+)"/g,
  ];
  return patterns
    .flatMap((pattern) => [...prose.matchAll(pattern)])
    .map(({ 0: link, index, 1: target = '' }) => {
      const start = index + link.indexOf(target);
      return { line: prose.slice(0, start).split('\n').length, start, target };
    });
}

/**
 * Lists the anchors of a page, as GitHub makes them of its headings.
 */
export function readAnchors(text: string): string[] {
  const prose = readProse(text, true);
  const seen = new Map<string, number>();
  const headings = [...prose.matchAll(/^#{1,6} +(.+?) *#*$/gm)].map(([, heading = '']) => {
    const slug = slugify(heading);
    const count = seen.get(slug) ?? 0;
    seen.set(slug, count + 1);
    return count === 0 ? slug : `${slug}-${count}`;
  });
  return [...headings, ...[...prose.matchAll(/\bid="([^"]+)"/g)].map(([, id = '']) => id)];
}

/**
 * Makes the anchor of a heading, as GitHub does.
 */
export function slugify(heading: string): string {
  return heading
    .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replaceAll(/<[^>]+>/g, '')
    .trim()
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\p{M}_ -]/gu, '')
    .replaceAll(' ', '-');
}
