import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { listPages, readPage, readSnippets, type Snippet } from '../../scripts/dev/docs/markdown.ts';
import { installPeers } from '../../scripts/dev/peers.ts';
import { findObstacle, readCommands, Terminal } from './run-page.ts';
import {
  addPackages,
  checkTypes,
  makeSnippetProject,
  runModule,
  write,
  writeModules,
} from './snippet-project.ts';

const pages = listPages().map((page) => ({ page, snippets: readSnippets(page, readPage(page) ?? '') }));
const runnable = pages.filter(({ snippets }) => snippets.some((snippet) => isRun(snippet)));

function isRun({ language, directive }: Snippet): boolean {
  return directive.notRun === undefined && (language === 'console' || directive.run === true);
}

/** Does what a page says, from its top to its end, and lists what went otherwise. */
async function follow(page: string, snippets: readonly Snippet[]): Promise<string[]> {
  const folder = makeSnippetProject(/^examples\/[^/]+(?=\/README\.md$)/.exec(page)?.[0]);
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  await using terminal = new Terminal(folder);
  const modules = writeModules(folder, snippets);
  const problems: (string | undefined)[] = [];
  for (const snippet of snippets) {
    const { file } = snippet.directive;
    if (file !== undefined) write(folder, file, snippet.text);
    if (!isRun(snippet)) continue;
    const module = modules.find((one) => one.snippet === snippet);
    if (module !== undefined) problems.push(await runModule(folder, module));
    const commands = snippet.language === 'console' ? readCommands(snippet) : [];
    for (const command of commands.filter((one) => findObstacle(one) === undefined)) {
      problems.push(await terminal.run(command));
    }
  }
  return problems.filter((problem) => problem !== undefined);
}

describe('the TypeScript of the documentation that needs other packages', () => {
  it('compiles against them', async () => {
    const folder = makeSnippetProject();
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const installed = await installPeers('peers/snippets');
    addPackages(folder, join(installed, 'node_modules'));
    const modules = writeModules(
      folder,
      pages.flatMap(({ snippets }) => snippets),
    ).filter(({ snippet }) => snippet.directive.needs !== undefined);
    const { dependencies } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'));
    expect(Object.keys(dependencies)).toEqual(
      expect.arrayContaining(modules.map(({ snippet }) => snippet.directive.needs)),
    );
    expect(checkTypes(folder, modules)).toEqual([]);
  }, 600_000);
});

describe('the commands of the documentation', () => {
  it.each(runnable)(
    'do what $page shows',
    async ({ page, snippets }) => {
      expect(await follow(page, snippets)).toEqual([]);
    },
    600_000,
  );

  it.each([
    ['another output', ['$ echo one', 'two'], 'does not print "two"'],
    ['lines in another order', ["$ printf 'one\\ntwo\\n'", 'two', 'one'], 'does not print "one"'],
    ['a failure', ['$ false'], 'ended with 1, expected 0'],
    ['an unknown option', ['$ npx contract-kit check --no-such-option'], 'ended with 2, expected 0'],
  ])('are refused with %s', async (_, lines, problem) => {
    const page = ['```console', ...lines, '```'].join('\n');
    expect(await follow('docs/page.md', readSnippets('docs/page.md', page))).toEqual([
      expect.stringContaining(problem),
    ]);
  });

  it.each([
    [
      'that works on a mock for the space',
      'if (response.status !== 400) throw new Error(String(response.status));',
      [],
    ],
    [
      'that throws',
      "throw new Error('no such thing');",
      [expect.stringMatching(/^docs\/page\.md:3: .*no such thing/s)],
    ],
  ])('include TypeScript %s', async (_, line, problems) => {
    const call =
      "const response = await fetch('https://your-space.spaces.nexudus.com/api/token', { method: 'POST' });";
    const page = ['<!-- snippet: run -->', '```ts', call, line, '```'].join('\n');
    expect(await follow('docs/page.md', readSnippets('docs/page.md', page))).toEqual(problems);
  });

  it('keep what is exported, and reach the server that was started before', async () => {
    const page = [
      '<!-- snippet: file rail.yaml -->',
      '```yaml',
      (readPage('tests/docs/project/openapi.yaml') ?? '').trimEnd(),
      '```',
      '```console',
      '$ export TRAIN=7',
      '$ npx contract-kit mock rail.yaml --quiet',
      'Mock of Rail API 1.0.0 ready at http://127.0.0.1:4010 …',
      '$ curl -s \\',
      '    http://127.0.0.1:4010/v1/trains/$TRAIN',
      '{"id":7,"kind":"express"}',
      '```',
    ].join('\n');
    expect(await follow('docs/page.md', readSnippets('docs/page.md', page))).toEqual([]);
  });
});
