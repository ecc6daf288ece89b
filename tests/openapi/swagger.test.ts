import { expect, it } from 'vitest';
import { readSpec } from '../../scripts/openapi/read-spec.ts';
import { writeSpec } from './write-spec.ts';

const cup = { type: 'object', properties: { name: { type: 'string', 'x-nullable': true } } };

const document = {
  swagger: '2.0',
  info: { title: 'Shop', version: '1.0.0' },
  host: 'shop.example',
  basePath: '/v1/',
  schemes: ['https', 'wss'],
  consumes: ['application/json'],
  produces: ['application/json', 'application/xml'],
  parameters: {
    Page: { name: 'page', in: 'query', type: 'integer', maximum: 9, exclusiveMaximum: true },
    Cup: { name: 'cup', in: 'body', required: true, schema: { $ref: '#/definitions/Cup' } },
  },
  responses: { Gone: { description: 'Gone.', schema: { $ref: '#/definitions/Cup' } } },
  definitions: { Cup: cup },
  securityDefinitions: {
    password: { type: 'basic' },
    code: {
      type: 'oauth2',
      flow: 'accessCode',
      authorizationUrl: 'https://shop.example/a',
      tokenUrl: 'https://shop.example/t',
      scopes: { read: 'Read' },
    },
  },
  paths: {
    '/cups': {
      parameters: [{ name: 'X-Sizes', in: 'header', type: 'array', items: { type: 'integer' } }],
      get: {
        parameters: [
          { $ref: '#/parameters/Page' },
          { name: 'tag', in: 'query', type: 'array', items: { type: 'string' }, collectionFormat: 'multi' },
          { name: 'id', in: 'query', type: 'array', items: { type: 'string' }, collectionFormat: 'pipes' },
        ],
        responses: {
          200: {
            description: 'Cups.',
            schema: { type: 'array', items: { $ref: '#/definitions/Cup' } },
            headers: { 'X-Count': { type: 'integer', description: 'How many.' } },
            examples: { 'application/json': [{ name: 'Blue' }] },
          },
          410: { $ref: '#/responses/Gone' },
        },
      },
      post: { parameters: [{ $ref: '#/parameters/Cup' }], responses: { 204: { description: 'Done.' } } },
    },
    '/photos': {
      post: {
        consumes: ['multipart/form-data'],
        parameters: [
          { name: 'photo', in: 'formData', type: 'file', required: true },
          { name: 'title', in: 'formData', type: 'string' },
        ],
        responses: { 204: { description: 'Done.' } },
      },
    },
    '/search': {
      post: {
        parameters: [{ name: 'words', in: 'formData', type: 'array', items: { type: 'string' } }],
        responses: { 204: { description: 'Done.' } },
      },
    },
  },
};

const read = () => readSpec(writeSpec(document));
const readPaths = async () => (await read()).spec?.document.paths ?? {};

it('is read without a warning', async () => {
  expect((await read()).findings).toEqual([]);
});

it('has its host, base path and schemes as servers', async () => {
  expect((await read()).spec?.document.servers).toEqual([{ url: 'https://shop.example/v1' }]);
});

it('has its definitions, and what refers to them, among the components', async () => {
  const { components } = (await read()).spec?.document ?? {};
  expect(components).toMatchObject({
    schemas: { Cup: { properties: { name: { type: ['string', 'null'] } } } },
    parameters: { Page: { name: 'page', in: 'query', schema: { type: 'integer', exclusiveMaximum: 9 } } },
    responses: {
      Gone: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Cup' } } } },
    },
    securitySchemes: {
      password: { type: 'http', scheme: 'basic' },
      code: {
        type: 'oauth2',
        flows: { authorizationCode: { tokenUrl: 'https://shop.example/t', scopes: { read: 'Read' } } },
      },
    },
  });
  expect(components?.parameters).not.toHaveProperty('Cup');
});

it('has schemas and styles for its parameters', async () => {
  expect((await readPaths())['/cups']).toMatchObject({
    parameters: [{ name: 'X-Sizes', schema: { type: 'array' }, style: 'simple', explode: false }],
    get: {
      parameters: [
        { $ref: '#/components/parameters/Page' },
        { name: 'tag', schema: { type: 'array' }, style: 'form', explode: true },
        { name: 'id', schema: { type: 'array' }, style: 'pipeDelimited', explode: false },
      ],
    },
  });
});

it('has its responses in each media type that it produces', async () => {
  const schema = { type: 'array', items: { $ref: '#/components/schemas/Cup' } };
  expect((await readPaths())['/cups']).toMatchObject({
    get: {
      responses: {
        200: {
          description: 'Cups.',
          headers: { 'X-Count': { description: 'How many.', schema: { type: 'integer' } } },
          content: {
            'application/json': { schema, example: [{ name: 'Blue' }] },
            'application/xml': { schema },
          },
        },
        410: { $ref: '#/components/responses/Gone' },
      },
    },
  });
});

it('has its body and its form fields as a request body', async () => {
  expect(await readPaths()).toMatchObject({
    '/cups': {
      post: {
        parameters: [],
        requestBody: {
          required: true,
          content: { 'application/json': { schema: { $ref: '#/components/schemas/Cup' } } },
        },
      },
    },
    '/photos': {
      post: {
        requestBody: {
          required: true,
          content: {
            'multipart/form-data': {
              schema: {
                type: 'object',
                required: ['photo'],
                properties: { photo: { type: 'string', format: 'binary' }, title: { type: 'string' } },
              },
            },
          },
        },
      },
    },
    '/search': {
      post: {
        requestBody: {
          content: {
            'application/x-www-form-urlencoded': {
              schema: { properties: { words: { type: 'array' } } },
              encoding: { words: { style: 'form', explode: false } },
            },
          },
        },
      },
    },
  });
});

it('keeps the places of its parts', async () => {
  const { spec } = await read();
  const lines = JSON.stringify(document, null, 2).split('\n');
  const lineOf = (text: string) => lines.findIndex((line) => line.includes(text)) + 1;
  expect(spec?.locate('#/components/schemas/Cup/properties/name')).toMatchObject({
    line: lineOf('"name": {'),
  });
  expect(spec?.locate('#/paths/~1cups/post/requestBody/content/application~1json/schema')).toMatchObject({
    line: lineOf('"schema": {'),
  });
});

it('says where a reference of it leads nowhere', async () => {
  const broken = { ...document, definitions: {} };
  const { spec, findings } = await readSpec(writeSpec(broken));
  expect(spec).toBeUndefined();
  expect(findings[0]).toMatchObject({ code: 'spec.unreadable', at: { line: expect.any(Number) } });
});
