import { existsSync, statSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';
import { listPages, readAnchors, readLinks, readPage } from '../../scripts/dev/docs/markdown.ts';

/** Says what is wrong with a link of a page, or nothing. */
function findProblem(page: string, target: string): string | undefined {
  if (/^[a-z][\w+.-]*:/i.test(target)) {
    return isGoodUrl(target) ? undefined : 'is not an https URL of a public host';
  }
  const [path = '', anchor] = decodeURI(target).split('#');
  if (path.startsWith('/')) {
    return 'starts at the root, which GitHub and npm do not know: write it from the page';
  }
  const file = path === '' ? page : normalize(join(dirname(page), path));
  if (!existsSync(file)) {
    return `leads to ${file}, which does not exist`;
  }
  if (anchor === undefined || (!file.endsWith('.md') && statSync(file).isFile())) {
    return undefined;
  }
  const anchors = readAnchors(readPage(file) ?? '');
  return anchors.includes(anchor)
    ? undefined
    : `leads to no heading of ${file}, which has ${anchors.join(', ')}`;
}

function isGoodUrl(target: string): boolean {
  if (!URL.canParse(target)) return false;
  const { protocol, hostname } = new URL(target);
  const isLocal = ['localhost', '127.0.0.1'].includes(hostname);
  return (
    protocol === 'mailto:' ||
    (protocol === 'https:' && hostname.includes('.')) ||
    (protocol === 'http:' && isLocal)
  );
}

describe('the links', () => {
  it.each(listPages())('of %s resolve', (page) => {
    const problems = readLinks(readPage(page) ?? '').flatMap(({ line, target }) => {
      const problem = findProblem(page, target);
      return problem === undefined ? [] : [`${page}:${line}: ${target} ${problem}`];
    });
    expect(problems).toEqual([]);
  });

  it.each([
    ['docs/nowhere.md', /leads to docs\/nowhere\.md, which does not exist/],
    ['../README.md#no-such-heading', /leads to no heading of README\.md/],
    ['#no-such-heading', /leads to no heading of docs\/README\.md/],
    ['/docs/README.md', /starts at the root/],
    ['http://nexudus.com', /is not an https URL/],
    ['https://', /is not an https URL/],
  ])('are refused where they lead nowhere: %s', (target, problem) => {
    expect(findProblem('docs/README.md', target.replace(/^docs\//, ''))).toMatch(problem);
  });

  it('lead from docs/README.md to each page of docs/', () => {
    const reached = new Set<string>();
    const waiting = ['docs/README.md'];
    for (let page = waiting.pop(); page !== undefined; page = waiting.pop()) {
      const from = page;
      const next = readLinks(readPage(page) ?? '')
        .map(({ target }) => normalize(join(dirname(from), target.split('#')[0] ?? '')))
        .filter((path) => path.startsWith('docs/') && path.endsWith('.md') && !reached.has(path));
      for (const path of next) reached.add(path);
      waiting.push(...next);
    }
    expect(
      listPages().filter(
        (page) => page.startsWith('docs/') && !reached.has(page) && page !== 'docs/README.md',
      ),
    ).toEqual([]);
  });
});

describe('what a page has', () => {
  const page = [
    '# One `two` & [three](a.md "title")',
    '## Same',
    '## Same',
    '<picture><source srcset="dark.svg"><img src="light.svg"></picture>',
    '`[no](link.md)` and [a link][reference]',
    '```md',
    '# not a heading, and [no link](no.md)',
    '```',
    '<!-- [hidden](hidden.md) -->',
    '[reference]: b.md#same',
  ].join('\n');

  it('are links and pictures outside of code and comments, with their lines', () => {
    expect(readLinks(page).map(({ line, target }) => ({ line, target }))).toEqual([
      { line: 1, target: 'a.md' },
      { line: 10, target: 'b.md#same' },
      { line: 4, target: 'dark.svg' },
      { line: 4, target: 'light.svg' },
    ]);
  });

  it('are anchors as GitHub makes them', () => {
    expect(readAnchors(page)).toEqual(['one-two--three', 'same', 'same-1']);
  });
});
