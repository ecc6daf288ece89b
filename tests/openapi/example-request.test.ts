import type { Oas3_1Definition } from '@redocly/openapi-core';
import { describe, expect, it } from 'vitest';
import { readExampleInput, readExampleRequest } from '../../scripts/openapi/example-request.ts';
import { listOperations } from '../../scripts/openapi/operations.ts';
import { toRequestParts, writeRequest } from '../../scripts/openapi/request-parts.ts';

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

  it('leaves out what is optional and shown nowhere, and makes up what is required', () => {
    const page = { name: 'page', in: 'query', schema: { type: 'integer', minimum: 3 } };
    const version = { name: 'version', in: 'path', required: true, schema: { type: 'string' } };
    expect(write({ parameters: [version, page] }).target).toBe('/vtext/items');
    expect(write({ parameters: [version, { ...page, required: true }] }).target).toBe('/vtext/items?page=3');
  });

  it('makes a body up, whose properties that are read-only are left out', () => {
    const schema = {
      type: 'object',
      required: ['id', 'name'],
      properties: { id: { type: 'integer', readOnly: true }, name: { type: 'string', minLength: 6 } },
    };
    expect(write({ requestBody: { content: { 'application/json': { schema } } } }).body).toBe(
      '{"name":"textxx"}',
    );
  });

  it('takes the examples of a name, and leaves out what is optional and not of that name', () => {
    const of = (...names: string[]) => Object.fromEntries(names.map((name) => [name, { value: name }]));
    const parameters = [
      { name: 'version', in: 'path', required: true, examples: of('first', 'second') },
      { name: 'page', in: 'query', examples: of('first') },
      { name: 'sort', in: 'query', examples: of('first', 'second') },
    ];
    const { document, place: one } = place({ parameters });
    const example = readExampleRequest(document, one, { name: 'second' });
    expect(writeRequest(toRequestParts(one, example)).target).toBe('/vsecond/items?sort=second');
  });

  const list = [1, 2];
  const object = { a: 1, b: 2 };
  it.each([
    ['form', 'query', list, {}, '?p=1&p=2'],
    ['form', 'query', list, { explode: false }, '?p=1%2C2'],
    ['form', 'query', object, {}, '?a=1&b=2'],
    ['form', 'query', object, { explode: false }, '?p=a%2C1%2Cb%2C2'],
    ['deepObject', 'query', { a: { b: 1 } }, {}, '?p%5Ba%5D%5Bb%5D=1'],
    ['pipeDelimited', 'query', list, { explode: false }, '?p=1%7C2'],
    ['spaceDelimited', 'query', list, { explode: false }, '?p=1%202'],
    ['simple', 'path', list, {}, '1%2C2'],
    ['simple', 'path', object, { explode: true }, 'a%3D1%2Cb%3D2'],
    ['label', 'path', list, {}, '.1%2C2'],
    ['label', 'path', list, { explode: true }, '.1.2'],
    ['matrix', 'path', list, {}, '%3Bp%3D1%2C2'],
    ['matrix', 'path', list, { explode: true }, '%3Bp%3D1%3Bp%3D2'],
    ['matrix', 'path', 5, {}, '%3Bp%3D5'],
  ])('writes a parameter in the style %s in the %s: %j %j', (style, part, example, settings, written) => {
    const parameters = [{ name: 'p', in: part, style, example, ...settings }];
    const { document, place: one } = place({ parameters }, 'get', part === 'path' ? '/{p}' : '/');
    expect(writeRequest(toRequestParts(one, readExampleRequest(document, one))).target).toBe(`/${written}`);
  });

  it('repeats a cookie for each item of a list, unless it is not exploded', () => {
    const cookie = { name: 'seat', in: 'cookie', example: ['4a', '4b'] };
    const get = (parameter: object) => write({ parameters: [parameter] }, 'get').headers.cookie;
    expect(get(cookie)).toBe('seat=4a; seat=4b');
    expect(get({ ...cookie, explode: false })).toBe('seat=4a,4b');
  });

  it('writes a parameter with a media type as JSON', () => {
    const content = { 'application/json': { example: { a: [1] } } };
    expect(write({ parameters: [{ name: 'where', in: 'query', content }] }).target).toBe(
      '/v/items?where=%7B%22a%22:%5B1%5D%7D',
    );
  });

  it('writes the path of a document that has a fragment in it, and the fragment as a query', () => {
    const { document, place: one } = place({}, 'get', '/#Action=AddTags');
    expect(writeRequest(toRequestParts(one, readExampleRequest(document, one))).target).toBe(
      '/?Action=AddTags',
    );
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

  it.each([
    [
      'multipart/form-data',
      { note: 'a', files: ['b', 'c'], meta: { d: 1 } },
      'multipart/form-data; boundary=contract-kit-boundary',
    ],
    ['application/xml', { a: 1 }, 'application/xml'],
    ['text/*', 'a', 'text/plain'],
    ['*/*', { a: 1 }, 'application/json'],
  ])('has a body in %s', (mediaType, example, sentType) => {
    const { headers, body } = write({ requestBody: { content: { [mediaType]: { example } } } });
    expect(headers['content-type']).toBe(sentType);
    expect(body).toMatchSnapshot();
  });

  it('writes the fields of a form by their encoding', () => {
    const example = { tags: ['a', 'b'], meta: { c: 1 }, other: { d: 1 } };
    const encoding = { tags: { explode: false }, meta: { style: 'deepObject', explode: true } };
    const content = { 'application/x-www-form-urlencoded': { example, encoding } };
    expect(write({ requestBody: { content } }).body).toBe('tags=a%2Cb&meta%5Bc%5D=1&other=%7B%22d%22:1%7D');
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
      credentials: { bearer: 'token-1' },
    });
    const basic = place({ security: [{ basic: [], query: [] }] });
    expect(readExampleInput(basic.document, basic.place)).toEqual({
      credentials: { basic: { username: 'user', password: 'password' }, query: 'key-1' },
    });
  });
});
