import { execFileSync } from 'node:child_process';
import { mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readSpec } from '../../scripts/openapi/read-spec.ts';
import { makeTemporaryFolder } from '../temporary-folder.ts';

const levels = 100_000;
const head = '"openapi": "3.1.0", "info": { "title": "Shop", "version": "1" }, "paths": {}';
const nest = (open: string, close: string, inner = '1') => open.repeat(levels) + inner + close.repeat(levels);

it.each<[string, string | Buffer, string]>([
  ['lists in 100,000 levels', `{ ${head}, "x-a": ${nest('[', ']')} }`, 'more than 400 levels of nesting'],
  [
    'objects in 100,000 levels',
    `{ ${head}, "x-a": ${nest('{"a":', '}')} }`,
    'more than 400 levels of nesting',
  ],
  [
    'YAML in 100,000 levels',
    `openapi: 3.1.0\npaths: {}\nx-a: ${nest('[', ']')}\n`,
    'Not valid YAML: nesting',
  ],
  ['four million values', `{ ${head}, "x-a": [${'1,'.repeat(4_000_000)}1] }`, 'more than 3000000 values'],
  ['fourteen million', `{ ${head}, "x-a": [${'{},'.repeat(7_000_000)}1] }`, 'more than 3000000 values'],
  ['a null byte', 'openapi: 3.1.0\0\n', 'Found a binary file'],
  [
    'bytes that are no text',
    Buffer.from(Array.from({ length: 512 }, (_, byte) => byte % 256)),
    'Found a binary file',
  ],
  ['nothing', '', 'Found an empty file'],
  ['blanks', ' \n\n', 'Found an empty file'],
  ['a page', '\n<!doctype html>\n<html></html>', 'Found an HTML page'],
  ['a list', '[1, 2]', 'Found a document that is not a mapping (a list)'],
  [
    'YAML of 26 MB',
    `openapi: 3.1.0\npaths: {}\nx-a: ${'a'.repeat(26 * 1024 * 1024)}\n`,
    'more than 25 MB of YAML',
  ],
  ['two documents', 'openapi: 3.1.0\n---\nopenapi: 3.1.0\n', 'Not valid YAML: expected a single document'],
  ['JSON that is cut off', `{ ${head}`, 'Not valid YAML'],
])('refuses a document with %s as a finding', async (_title, content, message) => {
  const file = join(makeTemporaryFolder(), 'openapi.json');
  writeFileSync(file, content);
  const { spec, findings } = await readSpec(file);
  expect(spec).toBeUndefined();
  expect(findings).toMatchObject([
    {
      code: 'spec.unreadable',
      severity: 'error',
      message: expect.stringContaining(message),
      at: { line: expect.any(Number) },
    },
  ]);
});

it('reads a document that is as deep and as large as documents are', async () => {
  const file = join(makeTemporaryFolder(), 'openapi.json');
  const deep = `${'{ "items": '.repeat(150)}{}${' }'.repeat(150)}`;
  writeFileSync(
    file,
    `{ ${head}, "components": { "schemas": { "A": ${deep} } }, "x-a": [${'1,'.repeat(900_000)}1] }`,
  );
  expect((await readSpec(file)).findings).toEqual([]);
});

it.each<[string, (path: string) => unknown, string]>([
  ['a folder', (path) => mkdirSync(path), 'it is a folder'],
  ['a pipe', (path) => execFileSync('mkfifo', [path]), 'it is not a regular file'],
  [
    'a file of 51 MB',
    (path) => {
      writeFileSync(path, '');
      truncateSync(path, 51 * 1024 * 1024);
    },
    'it is larger than 50 MB',
  ],
])('throws for %s', async (_title, make, reason) => {
  const path = join(makeTemporaryFolder(), 'openapi.yaml');
  make(path);
  await expect(readSpec(path)).rejects.toThrow(`Cannot read the spec ${path}: ${reason}`);
});
