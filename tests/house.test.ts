import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseYaml } from '@redocly/openapi-core';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

/** Texts by their paths from the root of the repository. */
type Sources = ReadonlyMap<string, string>;
type Graph = ReadonlyMap<string, ReadonlySet<string>>;

function readSources(...folders: string[]): Sources {
  const files = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ name, parentPath }) => join(parentPath, name)),
  );
  return new Map(
    files
      .filter((file) => !/(?:^|\/)node_modules\//.test(file))
      .map((file) => [file, readFileSync(file, 'utf8')]),
  );
}

/** Which file imports which: statically or dynamically, values or types, for itself or to export them again. */
function readImports(sources: Sources): Graph {
  const modules = [...sources].filter(([file]) => /\.m?ts$/.test(file));
  return new Map(
    modules.map(([file, text]) => {
      const paths = ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => fileName);
      const own = paths.filter((path) => path.startsWith('.'));
      return [file, new Set(own.map((path) => join(dirname(file), path)))];
    }),
  );
}

/** Which folder imports from which other one. */
function readFolders(imports: Graph): Graph {
  const pairs = [...imports].flatMap(([file, paths]) =>
    [...paths].map((path) => [dirname(file), dirname(path)] as const).filter(([from, to]) => from !== to),
  );
  const groups = Map.groupBy(pairs, ([from]) => from);
  return new Map([...groups].map(([from, own]) => [from, new Set(own.map(([, to]) => to))]));
}

/** Lists what the toolkit imports of the contract. */
function findForeignImports(imports: Graph): string[] {
  const isForeign = (path: string): boolean => /^(?:generated|contracts|src(?!\/runtime))\//.test(path);
  return [...imports]
    .filter(([file]) => isToolkit(file))
    .flatMap(([file, paths]) => [...paths].filter(isForeign).map((path) => `${file} -> ${path}`))
    .sort();
}

/** The rooms of the toolkit, from the ground up: each imports only from those before it. */
const rooms = [
  'files',
  'cli',
  'explain',
  'github',
  'http',
  'openapi',
  'secrets',
  'pact',
  'har',
  'contract',
  'generate',
  'broker',
  'mock',
  'verify',
  'check',
  'matchers',
  'mutate',
  'init',
  'dev',
];

/** Lists what a room of the toolkit imports from a room above it, or from one that has no place yet. */
function findImportsFromAbove(imports: Graph): string[] {
  const roomOf = (path: string): string | undefined => /^scripts\/([^/]+)\//.exec(path)?.[1];
  return [...imports]
    .flatMap(([file, paths]) => [...paths].map((path) => [file, path] as const))
    .filter(([file, path]) => {
      const [from, to] = [roomOf(file), roomOf(path)];
      return from !== undefined && to !== undefined && from !== to && !isAbove(from, to);
    })
    .map(([file, path]) => `${file} -> ${path}`)
    .sort();
}

function isAbove(upper: string, lower: string): boolean {
  return rooms.includes(lower) && rooms.indexOf(upper) > rooms.indexOf(lower);
}

/** Lists which file of the toolkit says which word of the contract. */
function findForeignWords(sources: Sources, words: Readonly<Record<string, RegExp>>): string[] {
  return [...sources]
    .filter(([file]) => isToolkit(file) || file.startsWith('src/runtime/'))
    .flatMap(([file, text]) =>
      Object.keys(words)
        .filter((word) => words[word]?.test(text))
        .map((word) => `${file}: ${word}`),
    )
    .sort();
}

/** What is in `dev/` is for this repository only. */
function isToolkit(file: string): boolean {
  return file.startsWith('scripts/') && !file.startsWith('scripts/dev/');
}

/** Lists each group of nodes that all lead to each other. */
function findCircles(graph: Graph): string[] {
  const reach = new Map([...graph.keys()].map((node) => [node, findReach(graph, node)]));
  const circles = [...reach]
    .filter(([node, others]) => others.has(node))
    .map(([node, others]) => [...others].filter((other) => reach.get(other)?.has(node)));
  return [...new Set(circles.map((circle) => circle.sort().join(' <-> ')))].sort();
}

function findReach(graph: Graph, start: string): Set<string> {
  const seen = new Set<string>();
  const waiting = [start];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    const next = [...(graph.get(node) ?? [])].filter((other) => !seen.has(other));
    for (const other of next) {
      seen.add(other);
      waiting.push(other);
    }
  }
  return seen;
}

/** Reads how an API is named: its operations and paths, and who provides it. */
function readWords(file: string): Record<string, RegExp> {
  const { paths } = parseYaml(readFileSync(file, 'utf8')) as {
    paths: Record<string, Record<string, { operationId?: string }>>;
  };
  const operationIds = Object.values(paths)
    .flatMap((item) => Object.values(item).map(({ operationId }) => operationId))
    .filter((name) => name !== undefined);
  return {
    nexudus: /nexudus/i,
    ...Object.fromEntries(operationIds.map((name) => [name, new RegExp(`\\b${name}\\b`)])),
    ...Object.fromEntries(
      Object.keys(paths).map((path) => [path, new RegExp(`(?<![\\w.}])${escapeForRegExp(path)}(?![\\w/-])`)]),
    ),
  };
}

function escapeForRegExp(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

const words = readWords('openapi/nexudus-auth.yaml');

describe('the repository', () => {
  const sources = readSources('scripts', 'src');
  const imports = readImports(sources);

  it('has a toolkit that imports nothing of the contract but src/runtime/', () => {
    expect(findForeignImports(imports)).toEqual([]);
  });

  it('has a toolkit, and a runtime of generated code, that name nothing of the API', () => {
    expect(findForeignWords(sources, words)).toEqual([]);
  });

  it('has rooms of the toolkit that import only from those below', () => {
    expect(findImportsFromAbove(imports)).toEqual([]);
  });

  it('has no circle of files', () => {
    expect(findCircles(imports)).toEqual([]);
  });

  it('has no circle of folders', () => {
    expect(findCircles(readFolders(imports))).toEqual([]);
  });
});

describe('the rules', () => {
  it.each([
    "import { a } from '../../src/a.ts'",
    "import type { A } from '../../src/a.ts'",
    "import '../../src/a.ts'",
    "export * from '../../src/a.ts'",
    "export type { A } from '../../src/a.ts'",
    "const { a } = await import('../../src/a.ts')",
    "const load = () => import('../../src/a.ts')",
    "type A = import('../../src/a.ts').A",
  ])('see an import in %s', (text) => {
    const imports = readImports(new Map([['scripts/mock/b.ts', text]]));
    expect(findForeignImports(imports)).toEqual(['scripts/mock/b.ts -> src/a.ts']);
  });

  it.each([
    ['scripts/mock/b.ts', "import '../../src/runtime/a.ts'"],
    ['scripts/dev/b.ts', "import '../../src/a.ts'"],
    ['src/b.ts', "import '../generated/a.ts'"],
  ])('let %s have %s', (file, text) => {
    expect(findForeignImports(readImports(new Map([[file, text]])))).toEqual([]);
  });

  it.each([
    ['scripts/mock/b.ts', 'The Nexudus API', ['nexudus']],
    ['scripts/explain/pages/b.md', 'Call getOneTimeToken.', ['getOneTimeToken']],
    ['src/runtime/b.ts', "fetch('/api/token')", ['/api/token']],
    ['scripts/dev/b.ts', 'The Nexudus API', []],
    ['src/b.ts', 'The Nexudus API', []],
    ['scripts/mock/b.ts', "'/api/token/other', './login', '/user/login-page', forgetOneTimeTokens", []],
  ])('see what %s says in %j', (file, text, found) => {
    const expected = found.map((word) => `${file}: ${word}`);
    expect(findForeignWords(new Map([[file, text]]), words)).toEqual(expected);
  });

  it.each([
    [
      'scripts/openapi/b.ts',
      "import '../mock/engine/a.ts'",
      ['scripts/openapi/b.ts -> scripts/mock/engine/a.ts'],
    ],
    ['scripts/broker/b.ts', "import '../init/a.ts'", ['scripts/broker/b.ts -> scripts/init/a.ts']],
    ['scripts/attic/b.ts', "import '../cli/a.ts'", ['scripts/attic/b.ts -> scripts/cli/a.ts']],
    ['scripts/cli/b.ts', "import '../attic/a.ts'", ['scripts/cli/b.ts -> scripts/attic/a.ts']],
    ['scripts/check/gates/b.ts', "import '../../broker/a.ts'", []],
    ['scripts/commands.ts', "import './init/a.ts'", []],
  ])('see what %s imports from a room above, in %s', (file, text, found) => {
    expect(findImportsFromAbove(readImports(new Map([[file, text]])))).toEqual(found);
  });

  it('see circles of files, and of folders whose files have none', () => {
    const imports = readImports(
      new Map([
        ['src/a.ts', "import './b/c.ts'"],
        ['src/b/c.ts', "import './d.ts'"],
        ['src/b/d.ts', "import './c.ts'"],
        ['src/b/e.ts', "import '../f.ts'"],
        ['src/f.ts', "import './g/h.ts'"],
        ['src/g/h.ts', ''],
      ]),
    );
    expect(findCircles(imports)).toEqual(['src/b/c.ts <-> src/b/d.ts']);
    expect(findCircles(readFolders(imports))).toEqual(['src <-> src/b']);
  });
});
