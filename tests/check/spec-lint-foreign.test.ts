import { join } from 'node:path';
import { expect, it } from 'vitest';
import { specLint } from '../../scripts/check/gates.ts';
import { readSpec } from '../../scripts/openapi/read-spec.ts';
import { shop, writeSpec } from '../openapi/write-spec.ts';
import { openTestContext } from './open-test-context.ts';

async function lint(document: object, overlay?: object): Promise<string[]> {
  const file = writeSpec(document, overlay === undefined ? {} : { 'overlay.yaml': overlay });
  const overlays = overlay === undefined ? [] : [join(file, '../overlay.yaml')];
  const { spec, findings: warnings } = await readSpec(file, { overlays });
  if (spec === undefined) {
    return expect.fail('the document cannot be read');
  }
  const findings = await specLint.run(openTestContext({ spec, warnings, pacts: [] }));
  return findings.map(({ severity, code, message, at }) => `${at.line} ${severity} ${code} ${message}`);
}

const json = (content: object) => ({ content: { 'application/json': content } });
const getCup = (more: object) => shop({ paths: { '/cups/{id}': { get: more } } });
const id = { name: 'id', in: 'path', required: true, schema: { type: 'integer' } };
const ok = { 200: { description: 'A cup.' } };

it('says nothing of style: no ids, tags, descriptions, licence, security or examples', async () => {
  expect(
    await lint(
      shop({
        paths: {
          '/cups/{id}/': {
            get: {
              parameters: [id, { name: 'access_token', in: 'query', schema: { type: 'string' } }],
              responses: {
                200: { description: '', headers: { 'X-Pin': { schema: { type: 'string' } } }, ...json({}) },
              },
            },
          },
        },
      }),
    ),
  ).toEqual([]);
});

it.each<[string, object, RegExp]>([
  [
    'a path parameter that is not described',
    getCup({ responses: ok }),
    /^9 error spec\.lint The operation does not define the path parameter `\{id\}`/,
  ],
  [
    'a security scheme that there is not',
    getCup({ parameters: [id], security: [{ key: [] }], responses: ok }),
    /^20 error spec\.lint Found the security scheme key, expected one of components\/securitySchemes/,
  ],
  [
    'an example that breaks its schema',
    getCup({
      parameters: [id],
      responses: { 200: { description: '', ...json({ schema: { type: 'integer' }, example: 'blue' }) } },
    }),
    /^28 warning spec\.lint .+type.+integer.+no-invalid-media-type-examples/,
  ],
  [
    'the same path twice',
    shop({
      paths: { '/cups/{id}': { get: { parameters: [id], responses: ok } }, '/cups/{name}': {} },
    }),
    /warning spec\.lint .+no-identical-paths/,
  ],
  [
    'a path parameter that is optional',
    getCup({ parameters: [{ ...id, required: false }], responses: ok }),
    /warning spec\.lint .+path-parameters-are-required/,
  ],
  [
    'an extension of this toolkit that is malformed',
    getCup({
      parameters: [id],
      responses: { 200: { description: '', ...json({ examples: { a: { 'x-match': 7 } } }) } },
    }),
    /error spec\.lint Found x-match/,
  ],
  ['what reading it has found', shop({ pathes: {} }), /^8 warning spec\.invalid Found "pathes"/],
])('reports %s', async (_title, document, message) => {
  expect(await lint(document)).toEqual([expect.stringMatching(message)]);
});

it('takes an example with more than the schema has, and one without what is write-only', async () => {
  const schema = {
    type: 'object',
    required: ['name', 'password'],
    properties: { name: { type: 'string' }, password: { type: 'string', writeOnly: true } },
  };
  const example = { name: 'Ada', color: 'blue' };
  expect(
    await lint(
      getCup({ parameters: [id], responses: { 200: { description: '', ...json({ schema, example }) } } }),
    ),
  ).toEqual([]);
});

it('takes a document of OpenAPI 3.0 and one of Swagger 2.0 for what they are', async () => {
  const schema = { type: 'integer', nullable: true, minimum: 1, exclusiveMinimum: true };
  const old = getCup({
    parameters: [id],
    responses: { 200: { description: '', ...json({ schema, example: null }) } },
  });
  expect(await lint({ ...old, openapi: '3.0.3' })).toEqual([]);
  const swagger = {
    swagger: '2.0',
    info: { title: 'Shop', version: '1' },
    paths: {
      '/cups/{id}': {
        get: {
          parameters: [{ name: 'id', in: 'path', required: true, type: 'integer' }],
          responses: {
            200: { description: '', schema: { type: 'integer' }, examples: { 'application/json': 'blue' } },
          },
        },
      },
    },
  };
  expect(await lint(swagger)).toEqual([
    expect.stringMatching(/^\d+ warning spec\.lint .+no-invalid-media-type-examples/),
  ]);
});

it('finds in the overlay what an overlay has brought', async () => {
  const overlay = {
    overlay: '1.0.0',
    actions: [{ target: "$.paths['/cups/{id}'].get", update: { security: [{ key: [] }] } }],
  };
  expect(await lint(getCup({ parameters: [id], responses: ok }), overlay)).toEqual([
    expect.stringMatching(/^7 error spec\.lint Found the security scheme key/),
  ]);
});

it('lets no $ref in data stand in its way', async () => {
  const data = { $ref: '#/x-data' };
  expect(
    await lint({
      ...getCup({
        parameters: [id],
        responses: { 200: { description: '', ...json({ schema: {}, example: data }) } },
      }),
      'x-data': data,
    }),
  ).toEqual([]);
});
