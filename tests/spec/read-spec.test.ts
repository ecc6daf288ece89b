import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { SetupError } from '../../scripts/command.ts';
import { formatFinding } from '../../scripts/finding.ts';
import { readSpec } from '../../scripts/spec/read-spec.ts';
import { makeTemporaryFolder } from '../temporary-folder.ts';

const fixture = (name: string) => `tests/spec/fixtures/${name}/openapi.yaml`;

it.each([
  ['syntax', '7:17', 'Not valid YAML: bad indentation of a mapping entry.'],
  [
    'broken-reference',
    '10:11',
    'Found nothing at the $ref in `$ref: "#/components/responses/Books"`, expected what it names.',
  ],
  ['broken-file-reference', '10:11', 'Found nothing at the $ref in `$ref: "responses.yaml"`, expected'],
  ['self-reference', '1:1', "Found a $ref that can't be followed"],
  ['misspelt-field', '8:7', 'Property `sumary` is not expected here. Did you mean "summary"?'],
  ['swagger-2', '1:1', 'Found "swagger: 2.0", expected "openapi: 3.0.x" or "openapi: 3.1.x".'],
  ['empty', '1:1', 'Found an empty file, expected "openapi: 3.0.x" or "openapi: 3.1.x".'],
  ['text', '1:1', 'Found a document that is no mapping (string), expected "openapi: 3.0.x"'],
  ['duplicate-id', '14:7', 'Every operation must have a unique `operationId`.'],
  ['alias-bomb', '10:3', 'Found YAML aliases that stand for 490329061 values, expected at most 100000.'],
  ['alias-of-itself', '5:3', 'Found a YAML alias that contains itself, expected one that ends.'],
  ['half-surrogate', '15:19', 'Found half a surrogate pair, expected both halves.'],
])('says where and what is wrong with a spec that is broken by: %s', async (name, place, message) => {
  const { spec, findings } = await readSpec(fixture(name));
  expect(spec).toBeUndefined();
  expect(findings.map(formatFinding)).toEqual([
    expect.stringContaining(`${fixture(name)}:${place} error spec.unreadable: ${message}`),
  ]);
});

it('says where a file is broken that the spec refers to', async () => {
  const { findings } = await readSpec(fixture('broken-part'));
  expect(findings.map(formatFinding)).toEqual([
    'tests/spec/fixtures/broken-part/books.yaml:1:13 error spec.unreadable: Not valid YAML: bad indentation of a mapping entry.',
    expect.stringContaining(`${fixture('broken-part')}:7:5 error spec.unreadable: Found nothing at the $ref`),
  ]);
});

it('says where the aliases are endless in a file that the spec refers to', async () => {
  const folder = makeTemporaryFolder();
  const file = join(folder, 'openapi.yaml');
  const text = readFileSync(fixture('alias-bomb'), 'utf8');
  writeFileSync(join(folder, 'books.yaml'), text);
  writeFileSync(file, text.replace(/paths.*/s, 'paths:\n  /books:\n    $ref: books.yaml#/x-bomb/i\n'));
  const { findings } = await readSpec(file);
  expect(findings.map(formatFinding)).toContainEqual(
    expect.stringMatching(/books\.yaml:10:3 error spec\.unreadable: Found YAML aliases that stand for/),
  );
});

it('takes aliases that are few, however often each is used', async () => {
  const file = join(makeTemporaryFolder(), 'openapi.yaml');
  const uses = Array.from({ length: 2000 }, (_, index) => `  use${index}: *shared\n`).join('');
  const shared = 'x-shared: &shared { title: Books, tags: [a, b, c] }\n';
  writeFileSync(
    file,
    `openapi: 3.1.0\ninfo: { title: x, version: 1.0.0 }\npaths: {}\n${shared}x-uses:\n${uses}`,
  );
  expect((await readSpec(file)).findings).toEqual([]);
});

it('throws for a missing file and names the option', async () => {
  const failure = await readSpec('nowhere/openapi.yaml').catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(SetupError);
  expect((failure as Error).message).toMatch(/^Cannot read the spec nowhere\/openapi\.yaml: .+ --spec\.$/);
});

it('bundles the files that a spec refers to, and keeps references inside it', async () => {
  const { spec } = await readSpec(fixture('parts'));
  expect(spec?.document).toMatchObject({
    paths: {
      '/books': {
        get: {
          operationId: 'listBooks',
          responses: {
            200: { content: { 'application/json': { schema: { $ref: '#/components/schemas/book' } } } },
          },
        },
      },
    },
    components: { schemas: { book: { type: 'object', required: ['title'] } } },
  });
});

it('finds the place of a pointer in the file that a person opens', async () => {
  const { spec } = await readSpec(fixture('parts'));
  const pointer = '#/paths/~1books';
  expect(spec?.locate(pointer)).toEqual({ file: fixture('parts'), line: 6, column: 3, pointer });
});
