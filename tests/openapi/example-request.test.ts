import type { Oas3_1Definition } from '@redocly/openapi-core';
import { describe, expect, it } from 'vitest';
import {
  readExampleInput,
  readExampleRequest,
  toRequestParts,
  writeRequest,
} from '../../scripts/openapi/example-request.ts';
import { listOperations } from '../../scripts/openapi/operations.ts';

const place = (operation: object, method = 'post', path = '/v{version}/items') => {
  const document = {
    openapi: '3.1.0',
    info: { title: 'Items', version: '1' },
    paths: { [path]: { [method]: { operationId: 'call', responses: {}, ...operation } } },
    components: {
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer' },
        basic: { type: 'http', scheme: 'Basic' },
        header: { type: 'apiKey', in: 'header', name: 'X-Key' },
        query: { type: 'apiKey', in: 'query', name: 'key' },
        cookie: { type: 'apiKey', in: 'cookie', name: 'session' },
      },
    },
  } as unknown as Oas3_1Definition;
  const [first] = listOperations(document);
  return { document, place: first ?? expect.fail('no operation') };
};

const write = (operation: object, method?: string) => {
  const { document, place: one } = place(operation, method);
  const example = readExampleRequest(document, one);
  return writeRequest(toRequestParts(one, example, example.bodies[0]));
};

describe('a request made of the examples', () => {
  it.each([
    ['its examples', { examples: { first: { value: 3 }, second: { value: 4 } }, example: 5 }],
    ['its example', { example: 3, schema: { example: 4 } }],
    ['the examples of its schema', { schema: { examples: [3, 4], default: 5 } }],
    ['the example of its schema', { schema: { example: 3, default: 4 } }],
    ['the default of its schema', { schema: { default: 3 } }],
    ['the constant of its schema', { schema: { const: 3 } }],
    ['the first member of its enum', { schema: { enum: [3, 4] } }],
  ])('has the value of a parameter from %s', (_title, shown) => {
    const parameters = [{ name: 'version', in: 'path', required: true, ...shown }];
    expect(write({ parameters }).target).toBe('/v3/items');
  });

  it('leaves out what has no value, unless one is made up', () => {
    const parameters = [{ name: 'page', in: 'query', schema: { type: 'integer' } }];
    expect(write({ parameters }).target).toBe('/v/items');
    const { document, place: one } = place({ parameters });
    const example = readExampleRequest(document, one, { makeUp: ({ name }) => `${name}-1` });
    expect(writeRequest(toRequestParts(one, example)).target).toBe('/v/items?page=page-1');
  });

  it.each([
    ['bearer', { headers: { authorization: 'Bearer token-1' } }],
    ['basic', { headers: { authorization: 'Basic dXNlcjpwYXNzd29yZA==' } }],
    ['header', { headers: { 'x-key': 'key-1' } }],
    ['query', { target: '/v/items?key=key-1' }],
    ['cookie', { headers: { cookie: 'session=key-1' } }],
  ])('has the credentials of the scheme %s', (scheme, written) => {
    expect(write({ security: [{ [scheme]: [] }] })).toMatchObject(written);
  });

  it('has a body as its media type is written, of the first that is a form or JSON', () => {
    const form = {
      'application/x-www-form-urlencoded; charset=utf-8': { example: { a: 'b c', list: [1, 2] } },
    };
    const json = { 'application/problem+json': { example: { a: 1 } } };
    expect(write({ requestBody: { content: { 'text/csv': { example: 'a' }, ...form, ...json } } }).body).toBe(
      'a=b%20c&list=1&list=2',
    );
    expect(write({ requestBody: { content: { ...json, ...form } } }).body).toBe('{"a":1}');
    expect(write({ requestBody: { content: json } }, 'get').body).toBe('');
  });

  it('is the input of a client, too', () => {
    const parameters = [
      { name: 'version', in: 'path', example: 2 },
      { name: 'page', in: 'query', example: 3 },
    ];
    const requestBody = { content: { 'application/json': { example: { a: 1 } } } };
    const { document, place: one } = place({ parameters, requestBody, security: [{ bearer: [] }] });
    expect(readExampleInput(document, one)).toEqual({
      path: { version: 2 },
      query: { page: 3 },
      body: { a: 1 },
      bearerToken: 'token-1',
    });
  });
});
