import type { Oas3_1Definition } from '@redocly/openapi-core';
import { describe, expect, it } from 'vitest';
import { checkCredentials } from '../../../scripts/check/rules/check-credentials.ts';
import { checkPath } from '../../../scripts/check/rules/check-path.ts';
import { checkRequest } from '../../../scripts/check/rules/check-request.ts';
import { checkResponse } from '../../../scripts/check/rules/check-response.ts';
import { type Check, checkInteractions } from '../../../scripts/check/rules/remark-findings.ts';
import { findUnmarkedSecrets } from '../../../scripts/check/spec-rules/find-unmarked-secrets.ts';

const ok = { '200': { description: 'Done.' } };
const operation = (operationId: string, more: object = {}) => ({
  operationId,
  responses: ok,
  security: [],
  ...more,
});

const document = {
  openapi: '3.1.0',
  info: { title: 'Shop', version: '1.0.0' },
  paths: {
    '/public': { get: operation('getPublic') },
    '/declared': {
      get: operation('getDeclared', {
        parameters: [{ name: 'Authorization', in: 'header', schema: { type: 'string' } }],
      }),
    },
    '/optional': { get: operation('getOptional', { security: [{ basic: [] }, {}] }) },
    '/basic': { get: operation('getBasic', { security: [{ basic: [] }] }) },
    '/oauth': { get: operation('getOauth', { security: [{ oauth: ['read'] }] }) },
    '/header-key': { get: operation('getHeaderKey', { security: [{ headerKey: [] }] }) },
    '/query-key': {
      get: operation('getQueryKey', {
        security: [{ queryKey: [] }],
        parameters: [{ name: 'key', in: 'query', schema: { type: 'string' } }],
      }),
    },
    '/cookie-key': { get: operation('getCookieKey', { security: [{ cookieKey: [] }] }) },
    '/both': { get: operation('getBoth', { security: [{ basic: [], cookieKey: [] }, { headerKey: [] }] }) },
    '/form': {
      post: operation('postForm', {
        requestBody: {
          required: true,
          content: {
            'application/x-www-form-urlencoded': {
              schema: {
                type: 'object',
                required: ['count'],
                properties: {
                  count: { type: 'integer' },
                  agree: { type: 'boolean' },
                  note: { type: 'string' },
                },
              },
            },
          },
        },
      }),
    },
    '/items/mine': { get: operation('getMine') },
    '/items/{id}': {
      get: operation('getItem', {
        parameters: [
          { name: 'id', in: 'path', required: true, schema: { type: 'integer' } },
          { name: 'tags', in: 'query', schema: { type: 'array', items: { enum: ['a', 'b'] } } },
        ],
        responses: {
          '200': {
            description: 'One.',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  required: ['rows'],
                  properties: {
                    rows: {
                      type: 'array',
                      items: {
                        type: 'object',
                        required: ['id'],
                        properties: { id: { type: 'integer' }, name: { type: 'string' } },
                      },
                    },
                  },
                },
              },
            },
          },
          '4XX': {
            description: 'Refused.',
            headers: { Retry: { required: true, schema: { type: 'integer' } } },
          },
          default: { description: 'Else.' },
        },
      }),
      post: operation('postItem', {
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
        requestBody: {
          content: {
            'application/json': {
              schema: {
                type: 'object',
                properties: {
                  owner: { type: 'object', properties: { mail: { type: 'string', pattern: '^[a-z]+$' } } },
                },
              },
            },
          },
        },
      }),
    },
  },
  components: {
    securitySchemes: {
      basic: { type: 'http', scheme: 'basic' },
      oauth: { type: 'oauth2', flows: {} },
      headerKey: { type: 'apiKey', in: 'header', name: 'X-Key' },
      queryKey: { type: 'apiKey', in: 'query', name: 'key' },
      cookieKey: { type: 'apiKey', in: 'cookie', name: 'session' },
    },
  },
} as unknown as Oas3_1Definition;

interface Interaction {
  request: { method?: string; path: string; [part: string]: unknown };
  response?: { status: number; [part: string]: unknown };
}

function remarksOf(check: Check[1], { request, response = { status: 200 } }: Interaction): string[] {
  const interaction = { description: 'x', request: { method: 'GET', ...request }, response };
  const pact = { consumer: { name: 'a' }, provider: { name: 'b' }, interactions: [interaction] };
  const locate = (pointer: string) => ({ file: 'pact.json', pointer });
  const spec = { file: 'spec.yaml', document, locate };
  return checkInteractions(spec, [{ file: 'pact.json', pact, locate }], [['pact.sends-invalid', check]]).map(
    ({ message, at }) => `${at.pointer?.replace('#/interactions/0', '')} ${message.replace('"x": ', '')}`,
  );
}

const lacks = (expected: string): string[] => [
  `/request/headers/Authorization Found no such credentials, expected ${expected}.`,
];

describe('checkCredentials', () => {
  it.each([
    ['/public', {}],
    ['/declared', { headers: { Authorization: 'Basic x' } }],
    ['/optional', {}],
    ['/optional', { headers: { Authorization: 'Basic x' } }],
    ['/basic', { headers: { Authorization: 'Basic x' } }],
    ['/basic', { headers: { authorization: 'basic  x' } }],
    ['/oauth', { headers: { Authorization: 'Bearer x' } }],
    ['/header-key', { headers: { 'x-key': 'k' } }],
    ['/query-key', { query: { key: ['k'] } }],
    ['/cookie-key', { headers: { Cookie: 'a=b; session=1' } }],
    ['/both', { headers: { Authorization: 'Basic x', Cookie: 'session=1' } }],
    ['/both', { headers: { 'X-Key': 'k' } }],
  ])('is content with %s and %j', (path, parts) => {
    expect(remarksOf(checkCredentials, { request: { path, ...parts } })).toEqual([]);
  });

  it.each([
    ['/basic', {}, 'an Authorization header that begins with "Basic "'],
    [
      '/basic',
      { headers: { Authorization: 'Bearer x' } },
      'an Authorization header that begins with "Basic "',
    ],
    ['/basic', { headers: { Authorization: 'Basic ' } }, 'an Authorization header that begins with "Basic "'],
    [
      '/oauth',
      { headers: { Authorization: 'Basic x' } },
      'an Authorization header that begins with "Bearer "',
    ],
    ['/header-key', { query: { 'X-Key': ['k'] } }, 'the header X-Key'],
    ['/header-key', { headers: { 'X-Key': '' } }, 'the header X-Key'],
    ['/query-key', { headers: { key: 'k' } }, 'the query key'],
    ['/cookie-key', { headers: { Cookie: 'a=b' } }, 'the cookie session'],
    ['/cookie-key', {}, 'the cookie session'],
    [
      '/both',
      { headers: { Authorization: 'Basic x' } },
      'an Authorization header that begins with "Basic " and the cookie session, or the header X-Key',
    ],
  ])('finds that %s is not content with %j', (path, parts, expected) => {
    expect(remarksOf(checkCredentials, { request: { path, ...parts } })).toEqual(lacks(expected));
  });

  it.each([401, 403])('lets a request that is to be refused with %d leave credentials out', (status) => {
    expect(remarksOf(checkCredentials, { request: { path: '/basic' }, response: { status } })).toEqual([]);
    const wrong = { path: '/basic', headers: { Authorization: 'Bearer x' } };
    expect(remarksOf(checkCredentials, { request: wrong, response: { status } })).toHaveLength(1);
  });

  it('finds credentials where there need be none', () => {
    expect(
      remarksOf(checkCredentials, { request: { path: '/public', headers: { Authorization: 'Basic x' } } }),
    ).toEqual([
      '/request/headers/Authorization Found an Authorization header, expected none: the operation is public.',
    ]);
  });
});

describe('checkRequest', () => {
  const form = (body: string, matchingRules?: object): Interaction => ({
    request: {
      method: 'POST',
      path: '/form',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      body,
      ...(matchingRules === undefined ? {} : { matchingRules }),
    },
  });

  it('takes the texts of a form for what the schema has', () => {
    expect(remarksOf(checkRequest, form('count=3&agree=true&note=x'))).toEqual([]);
  });

  it.each([
    ['count=three', 'it/count must be integer'],
    ['count=3&agree=yes', 'must be'],
    ['count=3&other=1', 'must NOT have unevaluated properties'],
    ['note=x', "it must have required property 'count'"],
  ])('finds that the form %s breaks its schema', (body, reason) => {
    const [remark] = remarksOf(checkRequest, form(body));
    expect(remark).toContain('/request/body Found a body that breaks its schema: ');
    expect(remark).toContain(reason);
  });

  it('finds a rule of a field that allows too much, and none that does not', () => {
    const rules = (regex: string) => ({ '$.body.count': { match: 'regex', regex } });
    expect(remarksOf(checkRequest, form('count=3', rules('^[1-9]$')))).toEqual([]);
    expect(remarksOf(checkRequest, form('count=3', rules('^[1-9x]$')))[0]).toContain(
      'The rule of the field count allows "x"',
    );
  });

  it('finds a rule deep in a JSON body that allows too much', () => {
    const request = (regex: string) => ({
      method: 'POST',
      path: '/items/7',
      headers: { 'Content-Type': 'application/json' },
      body: { owner: { mail: 'ada' } },
      matchingRules: { '$.body.owner.mail': { match: 'regex', regex } },
    });
    expect(remarksOf(checkRequest, { request: request('^[a-z]{2}$') })).toEqual([]);
    expect(remarksOf(checkRequest, { request: request('^[a-z ]*$') })[0]).toContain(
      'The rule of the field owner.mail allows "',
    );
  });

  it('holds each value of a list in the query', () => {
    const ask = (...tags: string[]) =>
      remarksOf(checkRequest, { request: { path: '/items/7', query: { tags } } });
    expect(ask('a', 'b')).toEqual([]);
    expect(ask('a', 'c')[0]).toContain('/request/query/tags Found the query parameter tags "c": ');
  });

  it.each([400, 422])(
    'lets a request be wrong that is to be refused with %d, where the spec names no states',
    (status) => {
      const wrong = { path: '/items/7', query: { tags: ['c'] } };
      expect(remarksOf(checkRequest, { request: wrong, response: { status } })).toEqual([]);
      const unknown = { path: '/items/7', query: { x: ['1'] } };
      expect(remarksOf(checkRequest, { request: unknown, response: { status } })).toHaveLength(1);
    },
  );

  it.each([404, 409])('lets no request be wrong that is to be refused with %d', (status) => {
    const wrong = { path: '/items/7', query: { tags: ['c'] } };
    expect(remarksOf(checkRequest, { request: wrong, response: { status } })).toHaveLength(1);
  });
});

describe('checkPath', () => {
  it('takes a concrete path before a templated one', () => {
    expect(remarksOf(checkPath, { request: { path: '/items/mine' } })).toEqual([]);
    expect(remarksOf(checkPath, { request: { path: '/items/none' } })).toEqual([
      '/request/path The path parameter id "none" is refused: it must be integer.',
    ]);
  });

  it('leaves a path that the spec has not to others', () => {
    expect(remarksOf(checkPath, { request: { path: '/nowhere' } })).toEqual([]);
  });
});

describe('checkResponse', () => {
  const item = (body: unknown, matchingRules: object): Interaction => ({
    request: { path: '/items/7' },
    response: {
      status: 200,
      headers: { 'Content-Type': 'application/json; charset=utf-8' },
      body,
      matchingRules,
    },
  });
  const types = { '$.body': { match: 'type' } };

  it('looks into the items of a list', () => {
    expect(remarksOf(checkResponse, item({ rows: [{ id: 1 }] }, types))).toEqual([]);
    expect(remarksOf(checkResponse, item({ rows: [{ id: 1, name: 'x' }] }, types))).toEqual([
      '/response/body Relies on rows.0.name, which the spec does not require.',
    ]);
    expect(remarksOf(checkResponse, item({ rows: [{ id: 'x' }] }, types))[0]).toContain(
      "which the spec doesn't allow.",
    );
    expect(remarksOf(checkResponse, item({ rows: [] }, types))).toEqual([]);
  });

  it('finds an exact value where the spec leaves it open', () => {
    expect(remarksOf(checkResponse, item({ rows: [{ id: 1 }] }, {}))).toEqual([
      '/response/body Relies on rows.0.id being 1, which the spec leaves open. Use a rule, such as a type or a regular expression.',
    ]);
  });

  it.each([
    [404, { Retry: '1' }, { '$.headers.Retry': { match: 'regex', regex: '^-?[0-9]+$' } }, []],
    [
      404,
      { Other: '1' },
      {},
      ['/response/headers/other Relies on the header other, which the spec does not document.'],
    ],
    [
      503,
      { Retry: '1' },
      {},
      ['/response/headers/retry Relies on the header retry, which the spec does not document.'],
    ],
  ])(
    'finds the response of a range, or the default: %d with %j',
    (status, headers, matchingRules, remarks) => {
      const found = remarksOf(checkResponse, {
        request: { path: '/items/7' },
        response: { status, headers, matchingRules },
      });
      expect(found.filter((remark) => !remark.includes("doesn't allow"))).toEqual(remarks);
    },
  );

  it('says nothing of a status that the spec does not document', () => {
    const response = { status: 500, headers: { Retry: '1' } };
    expect(remarksOf(checkResponse, { request: { path: '/public' }, response })).toEqual([]);
  });
});

describe('findUnmarkedSecrets', () => {
  const find = (schemas: object, parameters: object = {}) => {
    const changed = {
      ...document,
      paths: {},
      components: { schemas, parameters },
    } as unknown as Oas3_1Definition;
    const locate = (pointer: string) => ({ file: 'spec.yaml', pointer });
    return findUnmarkedSecrets({ file: 'spec.yaml', document: changed, locate }).map(({ at }) => at.pointer);
  };
  const withProperty = (name: string, schema: object) => ({ One: { properties: { [name]: schema } } });

  it.each([
    't',
    'jwt',
    'totp',
    'Value',
    'token',
    'password',
    'error_description',
    'refresh_token',
    'resetToken',
  ])('finds the property %s', (name) => {
    expect(find(withProperty(name, { type: 'string' }))).toEqual([
      `#/components/schemas/One/properties/${name}`,
    ]);
    expect(find(withProperty(name, { type: 'string', format: 'password' }))).toEqual([]);
    expect(find(withProperty(name, { type: 'null' }))).toEqual([]);
  });

  it.each(['token_type', 'tokens', 'title', 'xt', 'valuable', 'my_password_hint'])(
    'leaves the property %s alone',
    (name) => {
      expect(find(withProperty(name, { type: 'string' }))).toEqual([]);
    },
  );

  it('finds a parameter, by its name and not by its key', () => {
    const parameter = (name: string, schema: object = { type: 'string' }) => ({
      Any: { name, in: 'query', schema },
    });
    expect(find({}, parameter('token'))).toEqual(['#/components/parameters/Any/schema']);
    expect(find({}, parameter('page'))).toEqual([]);
    expect(find({}, { token: { description: 'No parameter.' } })).toEqual([]);
  });
});
