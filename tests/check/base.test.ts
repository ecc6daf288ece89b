import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { readBase, readDocuments } from '../../scripts/check/documents.ts';
import { specVersion } from '../../scripts/check/gates.ts';
import { readSpec } from '../../scripts/openapi/read-spec.ts';
import { shop } from '../openapi/write-spec.ts';
import { makeTemporaryFolder } from '../temporary-folder.ts';
import { openTestContext } from './open-test-context.ts';

type Files = Record<string, object>;

function commit(folder: string, files: Files): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), JSON.stringify(content, null, 2));
  }
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b.example', ...args], {
      cwd: folder,
      stdio: 'pipe',
    });
  git('init', '--quiet');
  git('add', '--all');
  git('commit', '--quiet', '--message', 'one');
}

const answer = (schema: object) => ({
  get: {
    operationId: 'getCup',
    responses: { 200: { description: 'A cup.', content: { 'application/json': { schema } } } },
  },
});
const cup = (required: string[]) => ({ type: 'object', required, properties: { name: { type: 'string' } } });
const files = (required: string[]): Files => ({
  'api/openapi.json': shop({ paths: { '/cup': { $ref: './paths/cup.json' } } }),
  'api/paths/cup.json': answer({ $ref: '../../schemas/cup.json' }),
  'schemas/cup.json': cup(required),
});

it('reads each file of a spec as a git ref has it', async () => {
  const folder = makeTemporaryFolder();
  commit(folder, files(['name']));
  writeFileSync(join(folder, 'schemas/cup.json'), JSON.stringify(cup([])));
  writeFileSync(join(folder, 'api/paths/cup.json'), '{}');
  const { spec, findings } = await readBase('HEAD', join(folder, 'api/openapi.json'));
  expect(findings).toEqual([]);
  expect(spec?.document.components?.schemas).toEqual({ cup: cup(['name']) });
});

it('finds a breaking change in a part of a spec', async () => {
  const folder = makeTemporaryFolder();
  commit(folder, files(['name']));
  writeFileSync(join(folder, 'schemas/cup.json'), JSON.stringify(cup([])));
  const place = { spec: join(folder, 'api/openapi.json'), base: 'HEAD' };
  const { documents } = await readDocuments(place);
  expect(documents && (await specVersion.run(openTestContext(documents)))).toMatchObject([
    { code: 'spec.needs-version' },
    { code: 'spec.needs-version', message: expect.stringContaining('no longer required: `name`') },
  ]);
});

it('says which part a git ref does not have', async () => {
  const folder = makeTemporaryFolder();
  const { 'schemas/cup.json': _cup, ...rest } = files([]);
  commit(folder, rest);
  const { spec, findings } = await readBase('HEAD', join(folder, 'api/openapi.json'));
  expect(spec).toBeUndefined();
  expect(findings).toMatchObject([
    { message: expect.stringContaining('Found nothing at the $ref'), at: { line: 10 } },
  ]);
});

it('takes a version of Swagger 2.0 and one of OpenAPI 3.1 for the same', async () => {
  const folder = makeTemporaryFolder();
  const swagger = {
    swagger: '2.0',
    info: { title: 'Shop', version: '1.0.0' },
    paths: {
      '/cup': {
        get: {
          operationId: 'getCup',
          responses: { 200: { description: 'A cup.', schema: { $ref: '#/definitions/cup' } } },
        },
      },
    },
    definitions: { cup: cup([]) },
  };
  commit(folder, { ...files([]), 'swagger.json': swagger });
  const { spec } = await readSpec(join(folder, 'api/openapi.json'));
  const { spec: base } = await readSpec(join(folder, 'swagger.json'));
  expect(spec && base && (await specVersion.run(openTestContext({ spec, base, pacts: [] })))).toEqual([]);
});

it('applies the overlays of today to both', async () => {
  const folder = makeTemporaryFolder();
  commit(folder, files([]));
  const overlay = join(folder, 'overlay.json');
  writeFileSync(
    overlay,
    JSON.stringify({ overlay: '1.0.0', actions: [{ target: '$.info', update: { title: 'Ours' } }] }),
  );
  const { spec } = await readBase('HEAD', join(folder, 'api/openapi.json'), { overlays: [overlay] });
  expect(spec?.document.info?.title).toBe('Ours');
});

it('has no git ref for a spec that is a URL', async () => {
  await expect(readBase('HEAD', 'https://shop.example/openapi.json')).rejects.toThrow(
    /is a URL: pass a file or a URL/,
  );
});
