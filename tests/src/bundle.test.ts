import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type OutputChunk, rolldown } from 'rolldown';
import { expect, it } from 'vitest';
import { makeTemporaryFolder } from '../temporary-folder.ts';

/** Bundles code for a browser that takes the client from this toolkit's sources. */
async function bundle(code: string): Promise<{ entry: OutputChunk; others: OutputChunk[] }> {
  const input = join(makeTemporaryFolder(), 'entry.ts');
  writeFileSync(input, code.replace('nexudus-auth-contract', resolve('src/index.ts')));
  const build = await rolldown({ input, cwd: resolve('.'), platform: 'browser' });
  const { output } = await build.generate({ minify: true });
  await build.close();
  const chunks = output.filter((file) => file.type === 'chunk');
  const entry = chunks.find(({ isEntry }) => isEntry);
  return entry === undefined
    ? expect.fail('there is no entry')
    : { entry, others: chunks.filter((chunk) => chunk !== entry) };
}

const isValidators = (path: string) => /generated\/validators|runtime\/validation/.test(path);
const client = "import { createNexudusAuthClient } from 'nexudus-auth-contract';\n";

it.each([
  ['does not validate', 'createNexudusAuthClient({ baseUrl: location.origin });'],
  ['validates', 'createNexudusAuthClient({ baseUrl: location.origin, validate: true });'],
])('keeps the validators out of the entry of an app that %s', async (_, use) => {
  const { entry, others } = await bundle(client + use);
  expect(entry.moduleIds.filter(isValidators)).toEqual([]);
  expect(entry.code).not.toMatch(/instancePath|~standard/);
  expect(entry.imports, 'nothing is loaded with it').toEqual([]);
  expect(others.flatMap(({ moduleIds }) => moduleIds).filter(isValidators)).toHaveLength(2);
});

it('keeps the validators out of the entry of an app on openapi-fetch, too, and the hooks out of one without React', async () => {
  const openapiFetch = `import { createNexudusAuthFetchClient } from '${resolve('src/openapi-fetch/index.ts')}';\n`;
  const { entry, others } = await bundle(
    `${openapiFetch}createNexudusAuthFetchClient({ baseUrl, validate: true });`,
  );
  expect(entry.moduleIds.filter(isValidators)).toEqual([]);
  expect(others.flatMap(({ moduleIds }) => moduleIds).filter(isValidators)).toHaveLength(2);
  expect(
    [entry, ...others].flatMap(({ moduleIds }) => moduleIds).filter((id) => /react|session\//.test(id)),
  ).toEqual([]);
});

it('loads late what few calls need, in files that import nothing of the entry', async () => {
  const { entry, others } = await bundle(
    `${client}await createNexudusAuthClient({ baseUrl: 'x' }).getMediaToken();`,
  );
  const late = others.flatMap(({ moduleIds }) => moduleIds.filter((path) => path.includes('runtime')));
  const names = late.map((path) => path.replace(/.*\//, '')).sort();
  expect(names).toEqual(
    ['content-type', 'credentials', 'events', 'forms', 'style', 'validation'].map((name) => `${name}.ts`),
  );
  // An entry that awaits a call would wait for itself.
  expect(others.flatMap(({ imports }) => imports)).not.toContain(entry.fileName);
  expect(entry.imports).toEqual([]);
});

it('puts them into the entry of an app that imports them', async () => {
  const validators = `import { validators } from '${resolve('generated/validators.ts')}';\n`;
  const { entry } = await bundle(`${validators}console.log(validators.getMediaToken[200]);`);
  expect(entry.moduleIds.filter(isValidators)).toHaveLength(1);
  expect(entry.code).toMatch(/instancePath/);
});

it('loads no package, and makes no code from text', async () => {
  const validators = `import { validators } from '${resolve('generated/validators.ts')}';\n`;
  const { entry } = await bundle(`${validators}console.log(validators);`);
  expect(entry.moduleIds.filter((path) => path.includes('node_modules'))).toEqual([]);
  expect(entry.code).not.toMatch(/\brequire\(|\beval\(|new Function/);
});
