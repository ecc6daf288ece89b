import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseYaml } from '@redocly/openapi-core';
import { describe, expect, it } from 'vitest';
import { readManifest } from '../../scripts/cli/toolkit.ts';
import { listCases } from '../../scripts/init/cases.ts';
import { findToolkitSource, neededPackages } from '../../scripts/init/surroundings.ts';
import type { Spec } from '../../scripts/openapi/read-spec.ts';
import { readSpec } from '../../scripts/openapi/read-spec.ts';
import { fixtures, makeProject, readFiles, runInitIn } from './run-init.ts';

async function initFrom(name: string): Promise<Record<string, string>> {
  const folder = makeProject();
  await runInitIn(folder, { spec: join(fixtures, name) });
  return readFiles(folder);
}

async function readDocument(paths: object, components: object = {}): Promise<Spec['document']> {
  const document = { openapi: '3.1.0', info: { title: 'Trains', version: '1' }, paths, components };
  const folder = makeProject({ 'openapi.json': JSON.stringify(document) });
  const { spec } = await readSpec(join(folder, 'openapi.json'));
  return spec?.document ?? expect.fail('the document cannot be read');
}

describe('a consumer test', () => {
  it('is in the state of its example, calls the generated client and relies on what the schema requires', async () => {
    const shop = await initFrom('shop.yaml');
    const file = shop['contracts/list-bicycles.contract.ts'] ?? '';
    expect(file).toMatch("it('gets 200: there are bicycles', () => {");
    expect(file).toMatch(".given('there are bicycles')");
    expect(file).toMatch("request.query({ page: '2', colours: 'red,blue' });");
    expect(file).toMatch("kind: regex('^(city|gravel)$', 'gravel'),");
    expect(file).toMatch('price: number(1200.5),');
    expect(file).toMatch('body: reify(expected)');
    // It can be null, or is not required.
    expect(file).not.toMatch(/note:|kind: '/);
  });

  it('sends the request whose example has the name of the response', async () => {
    const shop = await initFrom('shop.yaml');
    const file = shop['contracts/place-order.contract.ts'] ?? '';
    const [, placed = '', sold = ''] = file.split(/it\('gets (?:201|409)/);
    expect(placed).toMatch("const body: PlaceOrderOptions['body'] = { bicycle: 7, gift: false };");
    expect(sold).toMatch('{ bicycle: 8, gift: true }');
    expect(sold).toMatch("response.headers({ 'Content-Type': 'application/problem+json' });");
  });

  it('shares a body that all tests of an operation send', async () => {
    const trains = await initFrom('trains.yaml');
    const shop = await initFrom('shop.yaml');
    const shared = Object.values(trains).find((text) => /^ {2}const body: /m.test(text)) ?? '';
    expect(shared.match(/const body: /g)).toHaveLength(1);
    expect(shop['contracts/place-order.contract.ts']).not.toMatch(/^ {2}const body: /m);
  });

  it('is in no state that only the description of a success could name', async () => {
    const content = { 'application/json': { schema: { type: 'integer' } } };
    const responses = {
      200: { description: 'successful operation', content },
      404: { description: 'No such train' },
    };
    const folder = makeProject();
    const document = {
      openapi: '3.1.0',
      info: { title: 'Trains', version: '1' },
      paths: { '/t': { get: { operationId: 'getTrain', responses } } },
    };
    const spec = join(makeProject({ 'openapi.json': JSON.stringify(document) }), 'openapi.json');
    await runInitIn(folder, { spec });
    const file = readFiles(folder)['contracts/get-train.contract.ts'] ?? '';
    expect(file.match(/\.given\(.*\)/g)).toEqual([".given('no such train')"]);
  });

  it('sends nothing that only the provider sets, though an example shows it', async () => {
    const train = {
      type: 'object',
      required: ['id', 'name'],
      properties: { id: { type: 'integer', readOnly: true }, name: { type: 'string' } },
      example: { id: 7, name: 'Rapide' },
    };
    const requestBody = { content: { 'application/json': { schema: train } } };
    const document = await readDocument({
      '/t': { post: { requestBody, responses: { 204: { description: 'OK' } } } },
    });
    const [operation] = listCases(document);
    expect(operation?.cases[0]?.request.body?.value).toEqual({ name: 'Rapide' });
  });

  it('sends no example that breaks its own schema', async () => {
    const schema = {
      type: 'object',
      required: ['id'],
      properties: { id: { type: 'string', format: 'uuid' } },
    };
    const requestBody = { content: { 'application/json': { schema, example: { id: 'no uuid' } } } };
    const document = await readDocument({
      '/t': { post: { requestBody, responses: { 204: { description: 'OK' } } } },
    });
    const [operation] = listCases(document);
    expect(operation?.cases[0]?.request.body?.value).toEqual({ id: expect.stringMatching(/^[\da-f-]{36}$/) });
  });

  it('sends no example of an optional property that breaks its own schema', async () => {
    const id = { type: 'string', format: 'uuid', examples: ['4f4e4e1-c824'] };
    const requestBody = {
      content: { 'application/json': { schema: { type: 'object', properties: { id } } } },
    };
    const document = await readDocument({
      '/t': { post: { requestBody, responses: { 204: { description: 'OK' } } } },
    });
    const [operation] = listCases(document);
    expect(operation?.cases[0]?.request.body?.value).toEqual({ id: expect.stringMatching(/^[\da-f-]{36}$/) });
  });

  it('expects JSON of a response of any media type', async () => {
    const content = { '*/*': { schema: { type: 'object', properties: { name: { type: 'string' } } } } };
    const document = await readDocument({
      '/t': { get: { responses: { 200: { description: 'OK', content } } } },
    });
    const [operation] = listCases(document);
    expect(operation?.cases[0]?.response.body).toMatchObject({
      mediaType: 'application/json',
      value: { name: 'text' },
    });
  });

  it('expects a form by its fields, whatever their values but for constants', async () => {
    const shop = await initFrom('shop.yaml');
    const signIn = await initFrom('sign-in.yaml');
    const file = signIn['contracts/issue-token.contract.ts'] ?? '';
    expect(file).toMatch(
      /expectForm\(request, \{\n\s+grant_type: equal\('authorization_code'\),\n\s+code: string\('code-1'\),/,
    );
    expect(signIn['contracts/setup/consumer.ts']).toMatch('export function expectForm(');
    expect(shop['contracts/setup/consumer.ts']).not.toMatch('expectForm');
  });

  it('takes values that a document does not show from its schemas', async () => {
    const trains = await initFrom('trains.yaml');
    const file = trains['contracts/list-departures.contract.ts'] ?? '';
    expect(file).toMatch("withRequest('GET', '/stations/100/departures'");
    expect(file).toMatch(/request\.query\(\{ from: '\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ' \}\);/);
  });

  it('has a state of the document where it has one', async () => {
    const signIn = await initFrom('sign-in.yaml');
    const file = signIn['contracts/get-user.contract.ts'] ?? '';
    expect(file).toMatch(".given('Ada is signed in')");
    expect(signIn['contracts/overlay.yaml']).not.toMatch('Ada');
  });
});

describe('the overlay', () => {
  it('names the state of each example and each response without one, where it stands', async () => {
    const shop = await initFrom('shop.yaml');
    const { overlay, actions } = parseYaml(shop['contracts/overlay.yaml'] ?? '') as {
      overlay: string;
      actions: { target: string; update: object }[];
    };
    expect(overlay).toBe('1.0.0');
    expect(Object.fromEntries(actions.map(({ target, update }) => [target, update]))).toMatchObject({
      "$.paths['/bicycles'].get.responses['200'].content['application/json'].examples.some": {
        'x-provider-state': 'there are bicycles',
      },
      '$.components.responses.NoKey': { 'x-provider-state': 'the key is missing or unknown' },
      "$.paths['/orders/{orderId}'].get.responses['404']": { 'x-provider-state': 'there is no such order' },
    });
  });
});

describe('listCases', () => {
  const ok = { description: 'OK' };

  it('tells the answers of an operation apart that say the same', async () => {
    const examples = { a: { summary: 'Late', value: 1 }, b: { summary: 'Late', value: 2 } };
    const content = { 'application/json': { schema: { type: 'integer' }, examples } };
    const document = await readDocument({ '/t': { get: { responses: { 200: { ...ok, content } } } } });
    const [operation] = listCases(document);
    expect(operation?.cases.map(({ label }) => label)).toEqual(['late', 'late (b)']);
  });

  it('writes no test of an operation that takes files, and says why', async () => {
    const requestBody = { content: { 'multipart/form-data': { schema: { type: 'object' } } } };
    const document = await readDocument({ '/t': { post: { requestBody, responses: { 204: ok } } } });
    expect(listCases(document)).toMatchObject([{ cases: [], obstacle: 'it takes multipart/form-data' }]);
  });

  it('ends with a schema that contains itself', async () => {
    const node = {
      type: 'object',
      required: ['next'],
      properties: { next: { $ref: '#/components/schemas/Node' } },
    };
    const requestBody = {
      content: { 'application/json': { schema: { $ref: '#/components/schemas/Node' } } },
    };
    const document = await readDocument(
      { '/t': { post: { requestBody, responses: { 204: ok } } } },
      { schemas: { Node: node } },
    );
    expect(listCases(document)).toHaveLength(1);
  });

  it('names files and tests of hostile ids without a way out of the folder or the string', async () => {
    const operationId = "../../x'; process.exit() //";
    const description = "it's `$`\n*/ evil";
    const folder = makeProject();
    const document = {
      openapi: '3.1.0',
      info: { title: "'+x", version: '1' },
      paths: { '/t': { get: { operationId, responses: { 204: { description } } } } },
    };
    const spec = join(makeProject({ 'openapi.json': JSON.stringify(document) }), 'openapi.json');
    await runInitIn(folder, { spec });
    const files = readFiles(folder);
    expect(Object.keys(files)).toContain('contracts/x-process-exit.contract.ts');
    expect(files['contracts/x-process-exit.contract.ts']).toMatch(
      String.raw`describe('../../x\'; process.exit() //'`,
    );
  });
});

describe('what a project gets', () => {
  it('is at the versions that this repository has', () => {
    const { devDependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
    const { dependencies } = JSON.parse(readFileSync('scripts/package.json', 'utf8'));
    const known = { ...devDependencies, typescript: dependencies.typescript.replace('~', '') };
    expect(known).toMatchObject(neededPackages);
  });

  it('is the toolkit from the tarball that it was run from', () => {
    const owner = makeProject({
      'package.json': '{"dependencies":{"openapi-contract-kit":"file:../kit.tgz"}}',
      'node_modules/openapi-contract-kit/package.json': '{}',
    });
    const toolkit = join(owner, 'node_modules/openapi-contract-kit');
    expect(findToolkitSource(join(owner, 'app'), toolkit)).toBe('file:../../kit.tgz');
  });

  it('is the toolkit at its own version otherwise', () => {
    expect(findToolkitSource(makeProject())).toBe(readManifest().version);
  });
});
