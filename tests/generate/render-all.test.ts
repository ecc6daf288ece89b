import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { renderAll } from '../../scripts/generate/files.ts';
import { describeOrigin } from '../../scripts/generate/model/origin.ts';
import { readOperations } from '../../scripts/generate/model/read-operations.ts';
import { toTableEntry } from '../../scripts/generate/model/wire.ts';
import { UnrenderableSpecError } from '../../scripts/generate/render/schema.ts';
import { readSpec } from '../../scripts/openapi/read-spec.ts';
import { makeTemporaryFolder } from '../temporary-folder.ts';
import { fixtureSpec, runGenerate } from './run-generate.ts';

async function render(name: string) {
  const { spec, findings } = await readSpec(fixtureSpec(name));
  expect(findings).toEqual([]);
  const document = spec?.document ?? { openapi: '' };
  const before = structuredClone(document);
  const files = renderAll(document, describeOrigin({ specFile: 'spec.yaml', outDir: 'out' }));
  expect(document, 'the document is left alone').toEqual(before);
  return files;
}

/** Generates to a folder outside the repository, and imports from there. */
async function importGenerated(name: string, file: string) {
  const out = makeTemporaryFolder();
  await runGenerate('--spec', fixtureSpec(name), '--out', out);
  return import(pathToFileURL(join(out, file)).href);
}

it('sends an operation by its id, with its options as they are', async () => {
  const { createClient } = await importGenerated('odd', 'client.ts');
  const sent: unknown[][] = [];
  const client = createClient(async (...call: unknown[]) => {
    sent.push(call);
    return 'answer';
  });
  const options = { bearerToken: 'x' };
  expect(await client.aBC(options)).toBe('answer');
  expect(await client.needsNothing()).toBe('answer');
  expect(await client.protoOperation(options)).toBe('answer');
  expect(sent).toEqual([
    ['a.b c', options],
    ['needsNothing', undefined],
    ['__proto__', options],
  ]);
});

it('tables parameters in order: those of the path item first, the operation in the place of its namesake', async () => {
  const { operations } = await importGenerated('odd', 'operations.ts');
  expect(operations.getShelvesShelfBooks).toEqual({
    method: 'GET',
    path: '/shelves/{shelf}/books',
    public: false,
    responses: { '200': 'json' },
    query: [
      { name: 'sort', required: true, const: 'it\'s "sorted"' },
      { name: 'verbose', required: false },
      { name: 'page', required: false },
    ],
  });
});

it('tables how each response is read', async () => {
  const { operations } = await importGenerated('odd', 'operations.ts');
  expect(operations.getRanges.responses).toEqual({
    '200': 'json',
    '2XX': 'json',
    '404': 'none',
    '4XX': 'json',
    default: 'text',
  });
  expect(operations.sendAnything).toMatchObject({
    requestMediaType: 'application/json',
    responses: {
      '200': { 'application/json': 'json', 'application/problem+json': 'json', 'application/xml': 'text' },
      '201': 'blob',
      '202': 'text',
      '203': 'json',
      '206': 'blob',
    },
  });
  expect(operations['2fa'].responses, 'of a HEAD request').toEqual({ '200': 'none' });
});

it('calls an operation public when it asks for no credentials at all', async () => {
  const { operations } = await importGenerated('odd', 'operations.ts');
  const publicOnes = Object.keys(operations).filter((id) => operations[id].public);
  expect(publicOnes).toEqual(['getAlias', 'needsNothing']);
  const { operations: unsecured } = await importGenerated('openapi-3-0', 'operations.ts');
  expect(unsecured.listBooks.public).toBe(true);
});

it('lets no text of the spec end a comment or become a tag', async () => {
  const { 'client.ts': client, 'schema.ts': schema } = await render('odd');
  expect(client).toContain(`  /**
   * Ends a comment: *\\/ throw new Error('run'); /*.
   *
   * *\\/ throw new Error('run'); /*
   * A second line.
   *
   * \\@deprecated is only talked about.
   *
   * Evidence: *\\/ docs
   *
   * @deprecated
   * @see GET /comments in spec.yaml
   * @see https://docs.example/comments
   */
  readComments(`);
  expect(schema).not.toMatch(/\*\/ throw/);
});

it('keeps the known values of an open enum apart from other strings', async () => {
  const { 'schema.ts': schema } = await render('odd');
  expect(schema).toContain('color?: Color | (string & {});');
  expect(schema, 'a closed one').toContain('closedColor?: Color | "white";');
});

it('leaves the name of a schema to it where another schema would get the same', async () => {
  const { 'schema.ts': schema } = await render('odd');
  expect(schema).toContain('        FooBar: FooBar;\n');
  expect(schema).toContain('        "foo-bar": FooBar_2;\n');
});

it('lets a header be left out that is referred to and not required', async () => {
  const { spec } = await readSpec('tests/matchers/trains.yaml');
  const { 'schema.ts': schema } = renderAll(
    spec?.document ?? { openapi: '' },
    describeOrigin({ specFile: 'trains.yaml', outDir: 'out' }),
  );
  expect(schema).toMatch(/^ +"X-Stops"\?: /m);
  expect(schema).toMatch(/^ +"X-Seats-Left": number;$/m);
});

it('throws an error of its own when openapi-typescript refuses the document', () => {
  const components = { schemas: { Listed: JSON.parse('[]') } };
  const render = () =>
    renderAll({ openapi: '3.1.0', components }, describeOrigin({ specFile: 'spec.yaml', outDir: 'out' }));
  expect(render).toThrow(UnrenderableSpecError);
});

it('tables a path with its query, and with what its fragment says in it', () => {
  const get = { responses: { 204: { description: 'Done' } } };
  const paths = { '/#Action=GetTrain': { get }, '/trains?now=true': { get } };
  const document = { openapi: '3.1.0', info: { title: 'Trains', version: '1' }, paths };
  const entries = readOperations(document as never).map(toTableEntry);
  expect(entries.map(({ path }) => path)).toEqual(['/?Action=GetTrain', '/trains?now=true']);
});
