import { writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { findIgnoredConditions, probeServer } from '../../scripts/check/gates/mock-against-spec.ts';
import { listProbes } from '../../scripts/check/probes/probes.ts';
import { serveSpec } from '../../scripts/mock/serve.ts';
import { readSpec, type Spec } from '../../scripts/openapi/read-spec.ts';
import { makeTemporaryFolder } from '../temporary-folder.ts';

async function read(paths: object, components: object = {}): Promise<Spec> {
  const file = join(makeTemporaryFolder(), 'openapi.json');
  const info = { title: 'Trains', version: '1' };
  writeFileSync(file, JSON.stringify({ openapi: '3.1.0', info, paths, components }));
  const { spec, findings } = await readSpec(file);
  return spec ?? expect.fail(JSON.stringify(findings));
}

const operation = (more: object) => ({
  '/trains': { post: { operationId: 'addTrain', responses: { 200: { description: '' } }, ...more } },
});

const json = (media: object, required = true) => ({
  requestBody: { required, content: { 'application/json': media } },
});

async function findIn(spec: Spec): Promise<string[]> {
  await using mock = await serveSpec(spec);
  const findings = [...(await probeServer(mock.url, spec)), ...(await findIgnoredConditions(mock.url, spec))];
  return findings.map(({ code, severity, message }) => `${severity} ${code} ${message}`);
}

async function serve(answer: (request: IncomingMessage) => number): Promise<string> {
  const server = createServer((request, response) => response.writeHead(answer(request)).end());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const schemes = {
  securitySchemes: {
    key: { type: 'apiKey', in: 'header', name: 'X-Key' },
    secret: { type: 'apiKey', in: 'query', name: 'secret' },
    basic: { type: 'http', scheme: 'basic' },
    bearer: { type: 'http', scheme: 'bearer' },
    oauth: { type: 'oauth2', flows: {} },
    openid: { type: 'openIdConnect', openIdConnectUrl: 'https://id.example/' },
    certificate: { type: 'mutualTLS' },
  },
};

describe('a document of other people', () => {
  it('has no findings', async () => {
    const { spec } = await readSpec('tests/mock/fixtures/shop.yaml');
    expect(await findIn(spec ?? expect.fail())).toEqual([]);
  });

  it.each<[string, object]>([
    [
      'a parameter that is shown nowhere',
      {
        parameters: [
          { name: 'date', in: 'query', required: true, schema: { type: 'string', format: 'date' } },
        ],
      },
    ],
    [
      'a body that is shown nowhere',
      json({
        schema: {
          type: 'object',
          required: ['at'],
          properties: { at: { type: 'string', pattern: '^[A-Z]{3}$' } },
        },
      }),
    ],
    ['an example that breaks its schema', json({ schema: { type: 'integer' }, example: 'five' })],
    ['no response but a failure', { responses: { 404: { description: '' } } }],
    ['no response at all', { responses: {} }],
    [
      'an empty form that need not be sent',
      {
        requestBody: {
          content: {
            'application/x-www-form-urlencoded': {
              schema: { type: 'object', required: ['a'], properties: { a: { type: 'string' } } },
            },
          },
        },
      },
    ],
    [
      'a header that HTTP names itself',
      { parameters: [{ name: 'Accept', in: 'header', required: true, schema: { type: 'string' } }] },
    ],
    ...Object.keys(schemes.securitySchemes).map((name): [string, object] => [
      `the scheme ${name}`,
      { security: [{ [name]: [] }] },
    ]),
    ['two schemes at once', { security: [{ key: [], basic: [] }] }],
    ['one of two schemes', { security: [{ key: [] }, { basic: [] }] }],
    ['a scheme or none', { security: [{ key: [] }, {}] }],
  ])('has none with %s', async (_title, more) => {
    expect(await findIn(await read(operation(more), schemes))).toEqual([]);
  });

  it('has a warning where no valid request can be made', async () => {
    const schema = { type: 'string', pattern: '^a(?!a)a$' };
    const parameters = [{ name: 'odd', in: 'query', required: true, schema }];
    expect(await findIn(await read(operation({ parameters })))).toEqual([
      expect.stringMatching(
        /^warning mock\.unprobed addTrain: .*a value of the query parameter odd cannot be made up/,
      ),
    ]);
  });
});

describe('the probes of a document of other people', () => {
  const titles = async (more: object) =>
    listProbes((await read(operation(more), schemes)).document).map(({ title }) =>
      title.replace('addTrain: ', ''),
    );

  it.each([
    [{ security: [{ key: [] }] }, ['the credentials are missing']],
    [
      { security: [{ key: [], basic: [] }] },
      [
        'the credentials are missing',
        'the credential of key is missing',
        'the credential of basic is missing',
      ],
    ],
    [
      { security: [{ key: [], basic: [] }, { basic: [] }] },
      ['the credentials are missing', 'the credential of basic is missing'],
    ],
    [{ security: [{ key: [] }, {}] }, []],
    [{ security: [{ certificate: [] }] }, []],
    [{ security: [{ basic: [], bearer: [] }] }, ['the credentials are missing']],
  ])('leave out each credential that is needed: %j', async (more, expected) => {
    expect(await titles(more)).toEqual(expected);
  });

  it('break a body in JSON where that breaks its schema', async () => {
    const properties = { at: { type: 'string' }, to: { type: 'string' } };
    const schema = { type: 'object', required: ['at'], properties };
    expect(await titles(json({ schema, example: { at: 'a', to: 'b' } }))).toEqual([
      'the body is missing',
      'body property at is missing',
    ]);
  });

  it('break nothing that another part of the schema allows', async () => {
    const schema = { type: 'integer', anyOf: [{ type: 'integer' }, {}] };
    const parameters = [
      { name: 'a', in: 'query', schema: { anyOf: [{ minLength: 3 }, {}] }, example: 'abc' },
    ];
    expect(
      await titles({ parameters: [...parameters, { name: 'b', in: 'query', schema, example: 1 }] }),
    ).toEqual(['query parameter b is not of type integer']);
  });
});

describe('a server', () => {
  const parameters = [{ name: 'page', in: 'query', required: true, schema: { type: 'integer' } }];

  it('that takes what is invalid is found', async () => {
    const findings = await probeServer(await serve(() => 200), await read(operation({ parameters })));
    expect(findings.map(({ code, message }) => `${code} ${message}`)).toEqual([
      'mock.takes-invalid addTrain: query parameter page is missing, but the mock responds with 200, expected 400 to 499.',
      'mock.takes-invalid addTrain: query parameter page is not of type integer, but the mock responds with 200, expected 400 to 499.',
    ]);
  });

  it('that fails at what is invalid is found', async () => {
    const url = await serve(({ url: target }) => (target === '/trains?page=1' ? 200 : 500));
    expect(await probeServer(url, await read(operation({ parameters })))).toHaveLength(2);
  });

  it('that refuses what is valid is found, and not tried with what is invalid', async () => {
    const findings = await probeServer(await serve(() => 422), await read(operation({ parameters })));
    expect(findings.map(({ code, message }) => `${code} ${message}`)).toEqual([
      'mock.refuses-valid addTrain: the mock refuses a request built from the spec, with 422.',
    ]);
  });

  it('that takes a body without what only the provider sets has no findings', async () => {
    const schema = {
      type: 'object',
      required: ['id', 'name'],
      properties: { id: { type: 'integer', readOnly: true }, name: { type: 'string' } },
    };
    const conditional = { 'x-match': { body: { name: 'Nobody' } }, description: 'No such train' };
    const spec = await read(
      operation({
        ...json({ schema, example: { name: 'Rapide' } }),
        responses: { 200: { description: '' }, 404: conditional },
      }),
    );
    expect(await findIn(spec)).toEqual([]);
    const findings = await findIgnoredConditions(await serve(() => 200), spec);
    expect(findings.map(({ code }) => code)).toEqual(['mock.ignores-condition']);
  });

  it('that looks at no pair of examples is found', async () => {
    const { spec } = await readSpec('tests/mock/fixtures/shop.yaml');
    const findings = await findIgnoredConditions(await serve(() => 200), spec ?? expect.fail());
    expect(findings.map(({ message }) => message)).toContain(
      'placeOrder 409 sold_out: a request that has the values of the examples of its name gets another response (200).',
    );
  });
});

describe('a mock that is right', () => {
  const ok = { responses: { 200: { description: '' } } };
  const components = {
    securitySchemes: {
      basic: { type: 'http', scheme: 'basic' },
      header: { type: 'apiKey', in: 'header', name: 'Authorization' },
      mutual: { type: 'http', scheme: 'mutual' },
    },
  };

  it('need not refuse by a scheme that Prism does not know', async () => {
    const spec = await read({ '/trains': { get: { ...ok, security: [{ mutual: [] }] } } }, components);
    expect(await findIn(spec)).toEqual([]);
  });

  it('is not tried with two credentials in one header', async () => {
    const security = [{ basic: [], header: [] }];
    const spec = await read({ '/trains': { get: { operationId: 'list', ...ok, security } } }, components);
    expect(await findIn(spec)).toEqual([expect.stringContaining('warning mock.unprobed list: ')]);
  });

  it('gets a field of a form that requires none', async () => {
    const schema = { type: 'object', properties: { isLate: { type: 'boolean' } } };
    const requestBody = { required: true, content: { 'application/x-www-form-urlencoded': { schema } } };
    expect(await findIn(await read({ '/trains': { post: { ...ok, requestBody } } }))).toEqual([]);
  });

  it('is asked by what stands behind a path, as a parameter or not', async () => {
    const action = { name: 'Action', in: 'query', required: true, schema: { enum: ['Add'] } };
    const spec = await read({
      '/#Action=Add': { post: { ...ok, parameters: [action] } },
      '/#Action=Drop': { post: { ...ok, requestBody: json({ schema: { type: 'object' } }).requestBody } },
    });
    expect(await findIn(spec)).toEqual([]);
  });
});
