import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SetupError } from '../../scripts/cli/command.ts';
import { formatFinding } from '../../scripts/cli/finding.ts';
import { readSpec } from '../../scripts/openapi/read-spec.ts';
import { makeTemporaryFolder } from '../temporary-folder.ts';

type Schema = { properties: object };

const fixture = (name: string) => `tests/openapi/fixtures/${name}/openapi.yaml`;

it.each([
  ['syntax', '7:17', 'Not valid YAML: bad indentation of a mapping entry.'],
  [
    'broken-reference',
    '10:11',
    'Found nothing at the $ref in `$ref: "#/components/responses/Books"`, expected what it names.',
  ],
  ['broken-file-reference', '10:11', 'Found nothing at the $ref in `$ref: "responses.yaml"`, expected'],
  ['self-reference', '8:7', 'Found a $ref that leads to itself, expected one that ends.'],
  ['empty', '1:1', 'Found an empty file, expected "openapi: 3.1.x"'],
  ['text', '1:1', 'Found a document that is not a mapping (string), expected "openapi: 3.1.x"'],
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
    'tests/openapi/fixtures/broken-part/books.yaml:1:13 error spec.unreadable: Not valid YAML: bad indentation of a mapping entry.',
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
  const { spec } = await readSpec(fixture('misspelt-field'));
  const pointer = '#/paths/~1books/get';
  expect(spec?.locate(pointer)).toEqual({ file: fixture('misspelt-field'), line: 7, column: 5, pointer });
});

it('finds the place of what was bundled in the file that it comes from', async () => {
  const { spec } = await readSpec(fixture('parts'));
  const file = fixture('parts').replace('openapi.yaml', 'book.yaml');
  expect(spec?.locate('#/components/schemas/book/required')).toMatchObject({ file, line: 2 });
});

describe('a spec of OpenAPI 3.0', () => {
  const readSchemas = async (properties: object) => {
    const folder = makeTemporaryFolder();
    const other = { Other: { type: 'object', properties: { count: { type: 'integer', nullable: true } } } };
    const document = {
      openapi: '3.0.3',
      info: { title: 'Books', version: '1' },
      paths: {},
      components: { schemas: { Book: { type: 'object', properties } } },
    };
    writeFileSync(join(folder, 'other.json'), JSON.stringify(other));
    writeFileSync(join(folder, 'openapi.json'), JSON.stringify(document, null, 2));
    const { spec } = await readSpec(join(folder, 'openapi.json'));
    const { Book, ...others } = (spec?.document.components?.schemas ?? {}) as Record<string, Schema>;
    return { spec, properties: Book?.properties, others };
  };

  it.each<[string, object, object]>([
    ['a type', { type: 'string', nullable: true }, { type: ['string', 'null'] }],
    ['a type, and says no', { type: 'string', nullable: false }, { type: 'string' }],
    [
      'an enum',
      { type: 'string', enum: ['a'], nullable: true },
      { type: ['string', 'null'], enum: ['a', null] },
    ],
    ['nothing else', { description: 'Any.', nullable: true }, { description: 'Any.' }],
    [
      'a composition, outside of which its words stay',
      { description: 'One.', allOf: [{ type: 'string' }], nullable: true },
      { description: 'One.', anyOf: [{ allOf: [{ type: 'string' }] }, { type: 'null' }] },
    ],
    [
      'a reference, and nothing else that is beside one counts',
      { $ref: '#/components/schemas/Book', nullable: true, type: 'string' },
      { anyOf: [{ $ref: '#/components/schemas/Book' }, { type: 'null' }] },
    ],
    [
      'a reference',
      { $ref: '#/components/schemas/Book', maxLength: 3 },
      { $ref: '#/components/schemas/Book' },
    ],
    [
      'items',
      { type: 'array', items: { type: 'string', nullable: true } },
      { type: 'array', items: { type: ['string', 'null'] } },
    ],
    [
      'a bound that is a flag',
      { minimum: 1, exclusiveMinimum: true, maximum: 3, exclusiveMaximum: false },
      { exclusiveMinimum: 1, maximum: 3 },
    ],
    ['an example', { example: { nullable: true } }, { example: { nullable: true } }],
    [
      'a property of that name',
      { properties: { nullable: { type: 'boolean' } } },
      { properties: { nullable: { type: 'boolean' } } },
    ],
  ])('is read as 3.1, where a schema has %s', async (_title, written, read) => {
    const { spec, properties } = await readSchemas({ one: written });
    expect(spec?.document.openapi).toBe('3.1.0');
    expect(properties).toEqual({ one: read });
  });

  it('is read as 3.1 in the files that it refers to', async () => {
    const { properties, others } = await readSchemas({ one: { $ref: 'other.json#/Other', nullable: true } });
    expect(properties).toEqual({
      one: { anyOf: [{ $ref: '#/components/schemas/Other' }, { type: 'null' }] },
    });
    expect(others.Other?.properties).toEqual({ count: { type: ['integer', 'null'] } });
  });

  it('keeps its places, also where a part has moved', async () => {
    const { spec } = await readSchemas({
      one: { description: 'One.', allOf: [{ type: 'string' }], nullable: true },
    });
    const pointer = '#/components/schemas/Book/properties/one';
    const { line } = spec?.locate(pointer) ?? {};
    expect(line).toBe(13);
    expect(spec?.locate(`${pointer}/anyOf/0`)).toMatchObject({ line });
  });
});
