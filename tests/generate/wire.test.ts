import type { Oas3_1Definition } from '@redocly/openapi-core';
import { describe, expect, it } from 'vitest';
import { readOperations } from '../../scripts/generate/model/read-operations.ts';
import { toTableEntry } from '../../scripts/generate/model/wire.ts';

/** What the table has of an operation that is written as OpenAPI has it. */
function tableOf(operation: object, components: object = {}) {
  const document = { openapi: '3.1.0', components, paths: { '/trains/{id}': { get: operation } } };
  const [model] = readOperations(document as unknown as Oas3_1Definition);
  return model === undefined
    ? expect.fail('there is no operation')
    : JSON.parse(JSON.stringify(toTableEntry(model)));
}

const answersIn = (...mediaTypes: string[]) => ({
  200: { description: 'x', content: Object.fromEntries(mediaTypes.map((name) => [name, {}])) },
});

describe('the operations table', () => {
  it('leaves out what is the default', () => {
    const parameters = [
      { name: 'id', in: 'path', required: true, style: 'simple', explode: false, schema: {} },
      { name: 'each', in: 'query', style: 'form', explode: true, allowReserved: false, schema: {} },
      { name: 'text', in: 'query', content: { 'text/plain': {} } },
      { name: 'X-Id', in: 'header', style: 'simple', schema: {} },
    ];
    expect(tableOf({ parameters, responses: answersIn('application/json') })).toEqual({
      method: 'GET',
      path: '/trains/{id}',
      public: true,
      responses: { 200: 'json' },
      query: [
        { name: 'each', required: false },
        { name: 'text', required: false },
      ],
    });
  });

  it('has no fragment in a path, but in the query what it says and no parameter does', () => {
    const pathOf = (path: string, parameters: object[] = []) => {
      const operation = { parameters, responses: answersIn('application/json') };
      const document = { openapi: '3.1.0', paths: { [path]: { get: operation } } };
      const [model] = readOperations(document as unknown as Oas3_1Definition);
      return model && toTableEntry(model).path;
    };
    const action = { name: 'Action', in: 'query', required: true, schema: { enum: ['AddTrain'] } };
    expect(pathOf('/#Action=AddTrain', [action])).toBe('/');
    expect(pathOf('/#Action=AddTrain')).toBe('/?Action=AddTrain');
    expect(pathOf('/trains?live')).toBe('/trains?live');
  });

  it('leaves a style out that OpenAPI does not have, and what is no style at all', () => {
    const parameters = [
      { name: 'a', in: 'query', style: 'tabbed', explode: 'no', schema: {} },
      { name: 'b', in: 'query', style: 'deepObject', schema: {} },
    ];
    expect(tableOf({ parameters, responses: {} }).query).toEqual([
      { name: 'a', required: false },
      { name: 'b', required: false, style: 'deepObject' },
    ]);
  });

  it.each([
    [['application/json'], undefined],
    [
      ['application/json', 'text/csv', 'application/problem+json'],
      'application/json, application/problem+json, text/csv;q=0.9',
    ],
    [['text/csv', 'application/pdf'], 'text/csv, application/pdf'],
    [['image/*'], 'image/*'],
    [['application/xml;profile="https://a.example,b"'], 'application/xml'],
    [['json', 'text/csv\r\nX: 1'], undefined],
  ])('asks for %j as %j', (mediaTypes, accept) => {
    expect(tableOf({ responses: answersIn(...mediaTypes) }).accept).toBe(accept);
  });

  it('asks for so much only that a browser needs no leave of the server', () => {
    const many = Array.from({ length: 12 }, (_, index) => `application/vnd.railway.v${index}+xml`);
    const { accept } = tableOf({ responses: answersIn(...many) });
    expect(accept).toBe('application/vnd.railway.v0+xml, */*;q=0.8');
  });

  it('writes the name of a scheme as made-up credentials have it', () => {
    const components = { securitySchemes: { mutual: { type: 'http', scheme: 'mutual' } } };
    const { security } = tableOf({ security: [{ mutual: [] }], responses: {} }, components);
    expect(security).toEqual([{ mutual: { in: 'header', name: 'Authorization', scheme: 'Mutual' } }]);
  });

  it('says where credentials go, but not of a bearer token alone', () => {
    const securitySchemes = {
      token: { type: 'http', scheme: 'BEARER' },
      login: { type: 'oauth2', flows: {} },
      basic: { type: 'http', scheme: 'basic' },
      certificate: { type: 'mutualTLS' },
      key: { type: 'apiKey', in: 'cookie', name: 'sid' },
    };
    const security = [{ token: [] }, { basic: [], certificate: [] }, { key: [], login: [] }, { unknown: [] }];
    expect(tableOf({ security, responses: {} }, { securitySchemes }).security).toEqual([
      { token: { in: 'header', name: 'Authorization', scheme: 'Bearer' } },
      { basic: { in: 'header', name: 'Authorization', scheme: 'Basic' } },
      {
        key: { in: 'cookie', name: 'sid' },
        login: { in: 'header', name: 'Authorization', scheme: 'Bearer' },
      },
      {},
    ]);
    const bearerOnly = [{ token: [] }, { login: [] }];
    expect(tableOf({ security: bearerOnly, responses: {} }, { securitySchemes })).not.toHaveProperty(
      'security',
    );
  });
});
