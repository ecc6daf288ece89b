import { rmSync } from 'node:fs';
import { parseYaml } from '@redocly/openapi-core';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listPages, readPage, readSnippets, type Snippet } from '../../scripts/dev/docs/markdown.ts';
import { extensionSchemas } from '../../scripts/openapi/extensions.ts';
import { checkTypes, makeSnippetProject, writeModules } from './snippet-project.ts';

const snippets = listPages().flatMap((page) => readSnippets(page, readPage(page) ?? ''));

/** The languages of snippets, and what tests them. Plain text and diagrams are for people. */
const languages = {
  compiler: ['ts', 'tsx'],
  shell: ['console'],
  data: ['yaml', 'json'],
  people: ['', 'text', 'mermaid'],
};

const ajv = new Ajv2020({ allowUnionTypes: true, strict: false });
const validators = new Map(
  Object.entries(extensionSchemas).map(([name, schema]) => [name, ajv.compile(schema)]),
);

/** Says what is wrong with YAML or JSON, or nothing: it has to parse, and our extensions have to be well formed. */
function findProblems({ language, text }: Pick<Snippet, 'language' | 'text'>): string[] {
  let data: unknown;
  try {
    data = language === 'json' ? JSON.parse(text) : parseYaml(text);
  } catch (error) {
    return [(error as Error).message];
  }
  return typeof data === 'object' && data !== null
    ? findMalformed(data)
    : [`found ${data}, expected an object`];
}

function findMalformed(data: object): string[] {
  return Object.entries(data).flatMap(([key, value]) => {
    const validate = validators.get(key);
    if (validate !== undefined) {
      return validate(value) ? [] : [`${key}: ${ajv.errorsText(validate.errors)}`];
    }
    return typeof value === 'object' && value !== null ? findMalformed(value) : [];
  });
}

const place = ({ page, line }: Snippet): string => `${page}:${line}`;

describe('the snippets of the documentation', () => {
  it('have a language that a test reads', () => {
    const known = Object.values(languages).flat();
    const unknown = snippets.filter(
      ({ language, directive }) => !known.includes(language) && directive.notRun === undefined,
    );
    expect(unknown.map((snippet) => `${place(snippet)} is ${snippet.language}`)).toEqual([]);
  });

  it('are no commands in plain text, where nothing runs them', () => {
    const plain = snippets.filter(({ language }) => ['', 'text'].includes(language));
    expect(plain.filter(({ text }) => /^\$ /m.test(text)).map(place)).toEqual([]);
  });

  const data = snippets.filter(
    ({ language, directive }) => languages.data.includes(language) && !directive.notRun,
  );
  it.each(data.map((snippet) => [place(snippet), snippet] as const))('are well formed: %s', (_, snippet) => {
    expect(findProblems(snippet)).toEqual([]);
  });

  it.each([
    ['a comma too many', { language: 'json', text: '{ "a": 1, }' }],
    ['a bad indent', { language: 'yaml', text: 'a: 1\n  b: 2' }],
    ['an extension with another key', { language: 'yaml', text: 'a: [{ x-match: { cookie: { a: 1 } } }]' }],
    ['text alone', { language: 'yaml', text: 'text' }],
  ])('are refused with %s', (_, snippet) => {
    expect(findProblems(snippet)).toHaveLength(1);
  });

  const unrun = snippets.flatMap((snippet) =>
    snippet.directive.notRun === undefined ? [] : [[place(snippet), snippet.directive.notRun]],
  );
  it.each(unrun)('say why they are not run: %s, %s', (_, reason) => {
    expect(reason).toMatch(/^[a-z].*[^.]$/);
  });
});

describe('the TypeScript of the documentation', () => {
  let folder = '';
  beforeAll(() => {
    folder = makeSnippetProject();
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('compiles against the packages as they are published', () => {
    const modules = writeModules(folder, snippets).filter(
      ({ snippet }) => snippet.directive.needs === undefined,
    );
    expect(checkTypes(folder, modules)).toEqual([]);
  });

  it('is refused at its line in the page where it does not compile', () => {
    const page = [
      '# Page',
      '```ts',
      'const one: number = 1;',
      '```',
      'and',
      '<!-- snippet: continues -->',
      '```ts',
      'const two: string = one;',
      '```',
    ];
    const found = checkTypes(folder, writeModules(folder, readSnippets('docs/page.md', page.join('\n'))));
    expect(found).toEqual([expect.stringMatching(/^docs\/page\.md:8:7: error TS2322/)]);
  });
});
