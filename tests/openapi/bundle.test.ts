import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { readSpec } from '../../scripts/openapi/read-spec.ts';
import { makeTemporaryFolder } from '../temporary-folder.ts';
import { shop, writeSpec } from './write-spec.ts';

const answer = (schema: object) => ({
  get: { responses: { 200: { description: 'Cups.', content: { 'application/json': { schema } } } } },
});

async function read(document: object, parts: Record<string, object | string> = {}) {
  const { spec, findings } = await readSpec(writeSpec(document, parts));
  return { document: spec?.document, findings: findings.map(({ message }) => message) };
}

it('leaves a $ref alone that is data or in an extension', async () => {
  const data = { $ref: './nowhere.yaml', deep: [{ $ref: '#/nowhere' }] };
  const document = shop({
    'x-topics': [{ content: { $ref: './docs/start.md' } }],
    paths: { '/cups': { get: { 'x-more': data, responses: {} } } },
    components: {
      schemas: { Cup: { default: data, enum: [data], const: data, example: data, examples: [data] } },
      examples: { cup: { value: data } },
    },
  });
  expect(await read(document)).toEqual({ document, findings: [] });
});

it('follows a $ref to a property of that name, and what is named like data', async () => {
  const { document } = await read(
    shop({
      components: {
        schemas: {
          Link: {
            properties: {
              $ref: { type: 'string' },
              default: { $ref: 'cup.json' },
              example: { $ref: 'cup.json' },
            },
          },
        },
        responses: { default: { $ref: 'default.json' } },
      },
    }),
    { 'cup.json': { type: 'integer' }, 'default.json': { description: 'Fails.' } },
  );
  const cup = { $ref: '#/components/schemas/cup' };
  expect(document?.components).toEqual({
    schemas: {
      Link: { properties: { $ref: { type: 'string' }, default: cup, example: cup } },
      cup: { type: 'integer' },
    },
    responses: { default: { description: 'Fails.' } },
  });
});

it('names components after their files and pointers, the same in every run', async () => {
  const parts = {
    'cup.json': {
      properties: { handle: { $ref: '#/definitions/handle' } },
      definitions: { handle: { type: 'string' } },
    },
    'parts.json': { handle: { type: 'integer' }, 'a b': { type: 'null' } },
  };
  const document = shop({
    paths: {
      '/cups': answer({ $ref: './cup.json' }),
      '/handles': answer({ $ref: 'parts.json#/handle' }),
      '/more': answer({ $ref: 'parts.json#/a%20b' }),
    },
    components: { schemas: { Mug: { $ref: 'cup.json' } } },
  });
  const { document: one } = await read(document, parts);
  expect(one?.components?.schemas).toEqual({
    Mug: {
      properties: { handle: { $ref: '#/components/schemas/handle-2' } },
      definitions: expect.anything(),
    },
    handle: { type: 'integer' },
    'handle-2': { type: 'string' },
    a_b: { type: 'null' },
  });
  expect(one?.paths).toMatchObject({ '/cups': answer({ $ref: '#/components/schemas/Mug' }) });
  expect((await read(document, parts)).document).toEqual(one);
});

it('reads files in any folder, whatever the working directory', async () => {
  const folder = makeTemporaryFolder();
  const files = {
    'api/openapi.json': shop({ paths: { '/cups': { $ref: '../paths/cups.json' } } }),
    'paths/cups.json': answer({ $ref: '../schemas/cup.json' }),
    'schemas/cup.json': {
      oneOf: [{ type: 'string' }, { $ref: '../api/openapi.json#/components/schemas/Mug' }],
    },
  };
  const withMug = { ...files['api/openapi.json'], components: { schemas: { Mug: { type: 'null' } } } };
  for (const [name, content] of Object.entries({ ...files, 'api/openapi.json': withMug })) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), JSON.stringify(content));
  }
  const { spec } = await readSpec(join(folder, 'api/openapi.json'));
  expect(spec?.document.components?.schemas).toEqual({
    Mug: { type: 'null' },
    cup: { oneOf: [{ type: 'string' }, { $ref: '#/components/schemas/Mug' }] },
  });
});

it('keeps recursion, over files too', async () => {
  const { document } = await read(shop({ paths: { '/trees': answer({ $ref: 'tree.json' }) } }), {
    'tree.json': { properties: { left: { $ref: '#' }, right: { $ref: 'tree.json' } } },
  });
  const tree = { $ref: '#/components/schemas/tree' };
  expect(document?.components?.schemas).toEqual({ tree: { properties: { left: tree, right: tree } } });
});

it('follows a pointer that leads through references, an anchor, and what a mapping names', async () => {
  const { document } = await read(
    shop({
      components: {
        schemas: {
          Pet: { discriminator: { propertyName: 'kind', mapping: { cat: 'cat.json', dog: 'Dog' } } },
          Dog: { $anchor: 'dog', properties: { kind: { type: 'string' } } },
          Kind: { $ref: '#/components/schemas/Alias/properties/kind' },
          Alias: { $ref: '#dog' },
        },
      },
    }),
    { 'cat.json': { type: 'object' } },
  );
  expect(document?.components?.schemas).toMatchObject({
    Pet: { discriminator: { mapping: { cat: '#/components/schemas/cat', dog: 'Dog' } } },
    Kind: { $ref: '#/components/schemas/Dog/properties/kind' },
    Alias: { $ref: '#/components/schemas/Dog' },
    cat: { type: 'object' },
  });
});

it('brings what OpenAPI has no place for among the components', async () => {
  const { document } = await read(
    shop({
      definitions: { Cup: { items: { $ref: '#/definitions/Cup' } } },
      paths: { '/cups': answer({ $ref: '#/definitions/Cup' }) },
    }),
  );
  const cup = { $ref: '#/components/schemas/Cup' };
  expect(document?.paths).toEqual({ '/cups': answer(cup) });
  expect(document?.components?.schemas).toEqual({ Cup: { items: cup } });
});

it('reads a text from a file', async () => {
  const { document } = await read(
    { ...shop(), info: { title: 'Shop', version: '1', description: { $ref: 'about.md' } } },
    {
      'about.md': '# About\n',
    },
  );
  expect(document?.info).toMatchObject({ description: '# About\n' });
});

it.each<[string, object, Record<string, object>]>([
  ['itself', { schemas: { A: { $ref: '#/components/schemas/A' } } }, {}],
  [
    'itself by way of another',
    { parameters: { A: { $ref: '#/components/parameters/B' }, B: { $ref: '#/components/parameters/A' } } },
    {},
  ],
  [
    'itself over files',
    { schemas: { A: { $ref: 'a.json' } } },
    { 'a.json': { $ref: 'b.json' }, 'b.json': { $ref: 'a.json' } },
  ],
  [
    'what it is part of',
    { pathItems: { A: { get: { callbacks: { c: { x: { $ref: '#/components/pathItems/A' } } } } } } },
    {},
  ],
  ['a path that holds itself', { pathItems: { A: { $ref: 'a.json' } } }, { 'a.json': { $ref: 'a.json' } }],
])('refuses a $ref that leads to %s', async (_title, components, parts) => {
  const { document, findings } = await read(shop({ components }), parts);
  expect(document).toBeUndefined();
  expect(findings).toContain('Found a $ref that leads to itself, expected one that ends.');
});

it('refuses references that stand for billions of objects', async () => {
  const paths = (name: string) => ({
    get: { callbacks: { c: { x: { $ref: `#/x-${name}` }, y: { $ref: `#/x-${name}` } } }, responses: {} },
  });
  const document = { ...shop({ paths: { '/a': { $ref: '#/x-a' } } }), 'x-a': paths('b'), 'x-b': paths('a') };
  const { findings } = await read(document);
  expect(findings).toEqual(['Found a $ref that leads to more than 500000 objects, expected fewer.']);
});
