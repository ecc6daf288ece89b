import type { Oas3_1Definition } from '@redocly/openapi-core';
import { getHttpOperationsFromSpec } from '@stoplight/prism-http';
import { describe, expect, it } from 'vitest';
import { askPrism } from '../../scripts/mock/engine/answer.ts';
import { createOperationLoader } from '../../scripts/mock/engine/operation-loader.ts';
import { tidyOperation } from '../../scripts/mock/engine/operations.ts';
import { createPrism } from '../../scripts/mock/engine/prism.ts';
import { readRequest } from '../../scripts/mock/engine/request.ts';
import { sliceOperation } from '../../scripts/mock/engine/slice.ts';
import { listOperations } from '../../scripts/openapi/operations.ts';

const json = (schema: object): object => ({ 'application/json': { schema } });
const refer = (group: string, name: string): { $ref: string } => ({ $ref: `#/components/${group}/${name}` });

/** A shop whose operations refer to one another in all ways that OpenAPI has. */
function makeShop(): Oas3_1Definition {
  const shop = {
    openapi: '3.1.0',
    info: { title: 'Shop', version: '1' },
    servers: [{ url: 'https://shop.example/v1' }],
    security: [{ key: [] }],
    tags: [{ name: 'cups', description: 'What one drinks from.' }],
    paths: {
      '/cups': {
        servers: [{ url: 'https://cups.example/{stage}', variables: { stage: { default: 'live' } } }],
        parameters: [refer('parameters', 'Page')],
        get: {
          operationId: 'listCups',
          tags: ['cups'],
          responses: {
            200: {
              description: 'Cups.',
              headers: { 'X-Total': refer('headers', 'Total') },
              content: json({ type: 'array', items: refer('schemas', 'Cup') }),
            },
            default: refer('responses', 'Problem'),
          },
        },
        post: {
          operationId: 'addCup',
          security: [{ basic: [] }, {}],
          requestBody: refer('requestBodies', 'Cup'),
          responses: { 201: { description: 'Added.', content: json(refer('schemas', 'Cup')) } },
          callbacks: {
            sold: { '{$request.body#/url}': { post: { responses: { 204: { description: '' } } } } },
          },
        },
      },
      '/cups/{id}': {
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
        get: {
          operationId: 'getCup',
          responses: {
            200: {
              description: 'A cup.',
              content: {
                'application/json': {
                  schema: { $ref: '#/paths/~1cups/get/responses/200/content/application~1json/schema/items' },
                  examples: { blue: refer('examples', 'Blue') },
                },
              },
            },
          },
        },
      },
      '/shelves': {
        get: {
          operationId: 'listShelves',
          responses: { 200: { description: 'Shelves.', content: json(refer('schemas', 'Shelf')) } },
        },
      },
      '/pets': {
        get: {
          operationId: 'listPets',
          responses: {
            200: {
              description: 'Pets.',
              content: json({
                oneOf: [refer('schemas', 'Cat'), refer('schemas', 'Dog')],
                discriminator: {
                  propertyName: 'kind',
                  mapping: { cat: '#/components/schemas/Cat', dog: '#/components/schemas/Dog' },
                },
              }),
            },
          },
        },
      },
    },
    components: {
      schemas: {
        Cup: {
          type: 'object',
          required: ['name'],
          properties: { name: { type: 'string' }, size: refer('schemas', 'Size') },
        },
        Size: { type: 'integer', minimum: 1 },
        Shelf: {
          type: 'object',
          properties: {
            cups: { type: 'array', items: refer('schemas', 'Cup') },
            above: refer('schemas', 'Shelf'),
          },
        },
        Cat: { type: 'object', properties: { kind: { const: 'cat' } } },
        Dog: { type: 'object', properties: { kind: { const: 'dog' } } },
        Unused: { type: 'object', properties: { never: { type: 'string' } } },
      },
      parameters: { Page: { name: 'page', in: 'query', schema: { type: 'integer' } } },
      headers: { Total: { schema: { type: 'integer' }, example: 3 } },
      responses: { Problem: { description: 'A problem.', content: json({ type: 'object' }) } },
      requestBodies: { Cup: { required: true, content: json(refer('schemas', 'Cup')) } },
      examples: { Blue: { value: { name: 'blue', size: 2 } } },
      securitySchemes: {
        key: { type: 'apiKey', in: 'header', name: 'x-key' },
        basic: { type: 'http', scheme: 'basic' },
      },
    },
  };
  return shop as unknown as Oas3_1Definition;
}

describe('an operation that is read by itself', () => {
  it('is what Prism reads of it with the whole document', async () => {
    const whole = await getHttpOperationsFromSpec(structuredClone(makeShop()));
    const { stubs, load, loaded } = createOperationLoader(makeShop());
    await Promise.all(stubs.map(load));
    expect(loaded).toHaveLength(5);
    expect(loaded).toEqual(whole.map(tidyOperation));
  });

  it('comes with what it refers to, and not with what others do', () => {
    const document = makeShop();
    const slices = listOperations(document).map((place) => sliceOperation(document, place));
    const kept = slices.map(({ paths = {}, components }) => [
      Object.entries(paths).flatMap(([path, item]) => Object.keys(item).map((key) => `${key} ${path}`)),
      Object.keys(components?.schemas ?? {}),
    ]);
    expect(kept).toEqual([
      [
        ['servers /cups', 'parameters /cups', 'get /cups'],
        ['Cup', 'Size'],
      ],
      [
        ['servers /cups', 'parameters /cups', 'post /cups'],
        ['Cup', 'Size'],
      ],
      [
        // A reference leads into the other path, which is there as a whole.
        [
          'parameters /cups/{id}',
          'get /cups/{id}',
          'servers /cups',
          'parameters /cups',
          'get /cups',
          'post /cups',
        ],
        ['Cup', 'Size'],
      ],
      [['get /shelves'], ['Cup', 'Size', 'Shelf']],
      [['get /pets'], ['Cat', 'Dog']],
    ]);
  });
});

/** Asks for a path as a client does. */
function ask(
  prism: ReturnType<typeof createPrism>,
  target: string,
  method = 'GET',
): ReturnType<typeof askPrism> {
  return askPrism(prism, readRequest({ method, target, headers: { 'x-key': 'a' }, body: Buffer.of() }));
}

describe('createPrism', () => {
  it('reads an operation when it is asked for, and no other one', async () => {
    const prism = createPrism(makeShop());
    expect(prism.operations).toEqual([]);
    const answers = await Promise.all([ask(prism, '/cups/1'), ask(prism, '/cups/2'), ask(prism, '/cups/3')]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(prism.operations.map(({ method, path }) => `${method} ${path}`)).toEqual(['get /cups/{id}']);
  });

  it('reads no operation to say which methods a path has, nor that there is no such path', async () => {
    const prism = createPrism(makeShop());
    const options = await ask(prism, '/cups', 'OPTIONS');
    expect([options.status, options.headers.allow]).toEqual([204, 'GET, POST, HEAD, OPTIONS']);
    expect((await ask(prism, '/cups', 'DELETE')).status).toBe(405);
    expect((await ask(prism, '/nowhere')).status).toBe(404);
    expect(prism.operations).toEqual([]);
  });

  it('says which operation Prism cannot read, and answers the others', async () => {
    const document = makeShop();
    const schema = { type: 'object', properties: { cups: refer('schemas', 'Gone') } };
    Object.assign(document.components?.schemas ?? {}, { Shelf: schema });
    const prism = createPrism(document);
    const failed = await ask(prism, '/shelves');
    expect(failed.status).toBe(500);
    expect(JSON.parse(String(failed.body)).detail).toMatch(
      /^Prism cannot read the operation GET \/shelves of the spec: .*Gone.* The other operations are served\.$/,
    );
    expect((await ask(prism, '/cups/1')).body).toBe('{"name":"blue","size":2}');
    expect((await ask(prism, '/shelves')).status).toBe(500);
  });
});
