import { expect, it } from 'vitest';
import { readSpec } from '../../scripts/openapi/read-spec.ts';
import { shop, writeSpec } from './write-spec.ts';

async function read(document: object | string) {
  const { spec, findings } = await readSpec(writeSpec(document));
  const warnings = findings.map(
    ({ code, severity, message, at }) => `${at.line} ${severity} ${code} ${message}`,
  );
  return { document: spec?.document as Record<string, unknown> | undefined, warnings };
}

const operation = (more: object) => shop({ paths: { '/cups': { get: more } } });
const readOperation = async (more: object) => {
  const { document, warnings } = await read(operation(more));
  const paths = document?.paths as Record<string, { get: object }> | undefined;
  return { operation: paths?.['/cups']?.get, warnings };
};

it('takes a draft without a title, a version or paths, and says so', async () => {
  const { document, warnings } = await read('openapi: 3.1.0\ninfo: {}\n');
  expect(document).toEqual({ openapi: '3.1.0', info: { title: 'Untitled', version: '0.0.0' }, paths: {} });
  expect(warnings).toEqual([
    '1 warning spec.invalid Found no "paths", expected one.',
    '2 warning spec.invalid Found no "title", expected one.',
    '2 warning spec.invalid Found no "version", expected one.',
  ]);
});

it('says nothing of a document that is as OpenAPI has it', async () => {
  expect((await read(shop({ components: { schemas: { Cup: { type: 'string' } } } }))).warnings).toEqual([]);
  expect((await read({ ...shop(), paths: undefined, components: {} })).warnings).toEqual([]);
});

it.each(['openapi: 3.0', 'openapi: "3.1"', 'openapi: 3', 'openapi: 3.2.0', 'swagger: 2.0'])(
  'reads %s',
  async (version) => {
    const { document } = await read(`${version}\ninfo: { title: Shop, version: 1.0.0 }\npaths: {}\n`);
    expect(document?.openapi).toBe('3.1.0');
  },
);

it.each(['openapi: 4.0.0', 'openapi: 3.3.0', 'swagger: "1.2"', 'asyncapi: 3.0.0', 'title: Shop'])(
  'refuses %s',
  async (version) => {
    expect(
      (await read(`${version}\ninfo: { title: Shop, version: 1.0.0 }\npaths: {}\n`)).document,
    ).toBeUndefined();
  },
);

it('reads values of another type as what they stand for', async () => {
  const { document, warnings } = await read(
    'openapi: 3.1.0\ninfo: { title: 404, version: 1.2 }\nservers: { url: https://shop.example }\n',
  );
  expect(document).toMatchObject({
    info: { title: '404', version: '1.2' },
    servers: [{ url: 'https://shop.example' }],
  });
  expect(warnings).toContain(
    '2 warning spec.invalid Found 1.2 at "version", expected a text. It is read as "1.2".',
  );
});

it.each<[string, object, object]>([
  ['a flag of 3.0', { type: 'string', nullable: true }, { type: ['string', 'null'] }],
  ['a bound of 3.0', { minimum: 1, exclusiveMinimum: true }, { exclusiveMinimum: 1 }],
  ['a type in capitals', { type: 'String' }, { type: 'string' }],
  ['a type of another language', { type: 'int' }, { type: 'integer' }],
  ['a type that there is not', { type: 'any' }, {}],
  ['a file', { type: 'file' }, { type: 'string', format: 'binary' }],
  ['examples by name', { examples: { one: { value: 1 }, two: 2 } }, { examples: [1, 2] }],
  ['a list of items', { items: [{ type: 'string' }] }, { prefixItems: [{ type: 'string' }] }],
  ['a limit in quotes', { maxLength: '10' }, { maxLength: 10 }],
  ['a limit below 0', { minLength: -1 }, {}],
  ['an empty enum', { enum: [] }, {}],
  ['a pattern that is none', { pattern: '(' }, {}],
  ['a pattern with a needless escape', { pattern: '^[\\w-.]\\@\\_{a$' }, { pattern: '^[\\w\\-.]@_\\{a$' }],
  ['a property that is required for itself', { required: true }, {}],
  ['a dialect and an id of its own', { $schema: 'http://a.example', $id: 'http://b.example' }, {}],
])('reads a schema that has %s', async (_title, written, expected) => {
  const { document } = await read(shop({ components: { schemas: { Cup: written } } }));
  expect(document?.components).toEqual({ schemas: { Cup: expected } });
});

it('leaves a pattern as it is that is right', async () => {
  const schema = { pattern: '^\\{[\\w\\-]{2,3}\\p{L}\\}$' };
  const { document, warnings } = await read(shop({ components: { schemas: { Cup: schema } } }));
  expect(document?.components).toEqual({ schemas: { Cup: schema } });
  expect(warnings).toEqual([]);
});

it('leaves data as it is', async () => {
  const value = { nullable: true, type: 'String', $ref: '#/nowhere', info: null };
  const schema = { default: value, example: value, examples: [value], enum: [value], const: value };
  const { document, warnings } = await read(
    shop({ components: { schemas: { Cup: schema }, examples: { cup: { value } } }, 'x-data': value }),
  );
  expect(document).toMatchObject({ components: { schemas: { Cup: schema } }, 'x-data': value });
  expect(warnings).toEqual([]);
});

it('fills a response without a description', async () => {
  const { operation, warnings } = await readOperation({ responses: { 204: {} } });
  expect(operation).toEqual({ responses: { 204: { description: '' } } });
  expect(warnings).toEqual([expect.stringContaining('Found no "description", expected one.')]);
});

it('leaves out what can not be read, and what refers to it', async () => {
  const { document, warnings } = await read({
    ...operation({
      parameters: [
        { in: 'query' },
        { name: 'size', in: 'query' },
        { $ref: '#/components/parameters/Bare' },
        7,
      ],
      responses: { fine: { description: 'Fine.' }, 200: 'Fine.' },
    }),
    components: { parameters: { Bare: { in: 'query' } } },
  });
  expect(document?.paths).toEqual({
    '/cups': { get: { parameters: [{ name: 'size', in: 'query' }], responses: {} } },
  });
  expect(warnings.map((line) => line.replace(/^\d+ warning spec.invalid /, ''))).toEqual([
    'Found 7 at number 4 of a list, expected an object. It is left out.',
    'Found no "name", expected one. The parameter is left out.',
    'Found "Fine." at "200", expected an object. It is left out.',
    'Found the status fine at "fine", expected a status such as 200 or 4XX, or "default". It is left out.',
    'Found no "name", expected one. The parameter is left out.',
  ]);
});

it('leaves out a $ref that is no text', async () => {
  const { document, warnings } = await read(shop({ paths: { '/cups': { $ref: 7 } } }));
  expect(document?.paths).toEqual({ '/cups': {} });
  expect(warnings).toEqual(['9 warning spec.invalid Found 7 at "$ref", expected a text. It is left out.']);
});

it('reads a parameter that is its own schema', async () => {
  const { operation } = await readOperation({
    parameters: [{ name: 'size', in: 'query', type: 'integer', default: 1 }],
    responses: {},
  });
  expect(operation).toMatchObject({ parameters: [{ schema: { type: 'integer', default: 1 } }] });
});

it('says what it ignores, and what may have been meant', async () => {
  const { warnings } = await readOperation({ sumary: 'Lists cups', responses: {} });
  expect(warnings).toEqual([
    '10 warning spec.invalid Found "sumary", which OpenAPI does not have here. It is ignored. Did you mean summary?',
  ]);
});

it('says what it ignores of OpenAPI 3.2', async () => {
  const { document, warnings } = await read({
    ...shop(),
    openapi: '3.2.0',
    paths: { '/cups': { query: { responses: {} }, additionalOperations: { LINK: {} } } },
  });
  expect(document?.openapi).toBe('3.1.0');
  expect(warnings).toEqual([
    '9 warning spec.unsupported Found "query", which is new in OpenAPI 3.2. It is ignored: the document is read as 3.1.',
    expect.stringContaining('spec.unsupported Found "additionalOperations"'),
  ]);
});

it('gives an operationId that is there twice another name the second time', async () => {
  const get = { operationId: 'list', responses: {} };
  const { document, warnings } = await read(
    shop({ paths: { '/a': { get }, '/b': { get }, '/c': { get: { ...get, operationId: 'list_2' } } } }),
  );
  expect(document?.paths).toMatchObject({
    '/a': { get: { operationId: 'list' } },
    '/b': { get: { operationId: 'list_3' } },
    '/c': { get: { operationId: 'list_2' } },
  });
  expect(warnings).toEqual([
    expect.stringContaining(
      'Found the operationId list twice, expected it once. This one is read as list_3.',
    ),
  ]);
});

it('puts a slash before a path that has none', async () => {
  const { document } = await read(shop({ paths: { cups: { get: { responses: {} } } } }));
  expect(document?.paths).toEqual({ '/cups': { get: { responses: {} } } });
});

it('leaves out of the alternatives of a schema what is no schema, and says so', async () => {
  const schema = { allOf: [{ oneOf: ['small', { type: 'string' }] }, { anyOf: ['large'] }] };
  const content = { 'application/json': { schema } };
  const { operation, warnings } = await readOperation({ responses: { 200: { description: 'ok', content } } });
  expect(operation).toMatchObject({
    responses: {
      200: { content: { 'application/json': { schema: { allOf: [{ oneOf: [{ type: 'string' }] }, {}] } } } },
    },
  });
  expect(JSON.stringify(operation)).not.toMatch(/small|large/);
  expect(warnings.join('\n')).toContain(
    'Found "small" in "oneOf", expected schemas. What is none is left out.',
  );
  expect(warnings.join('\n')).toContain('Found "large" in "anyOf"');
});

it('leaves out a type of objects that no member of an enum has, and says so', async () => {
  const sizes = { type: 'object', enum: ['small', 'large'] };
  const boxes = { type: 'object', enum: [{ size: 1 }] };
  const schema = { type: 'object', properties: { sizes, boxes } };
  const content = { 'application/json': { schema } };
  const { operation, warnings } = await readOperation({ responses: { 200: { description: 'ok', content } } });
  const read = { type: 'object', properties: { sizes: { enum: ['small', 'large'] }, boxes } };
  expect(operation).toEqual({
    responses: { 200: { description: 'ok', content: { 'application/json': { schema: read } } } },
  });
  expect(warnings).toHaveLength(1);
  expect(warnings[0]).toContain('Found "object" at "type", but no member of "enum" is one.');
});
