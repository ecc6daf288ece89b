import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type GeneratedFiles, generatedNames } from '../../scripts/generate/model/origin.ts';
import { openMemory } from '../../scripts/generate/write.ts';
import { makeTemporaryFolder } from '../temporary-folder.ts';
import { runGenerate } from './run-generate.ts';

const files = Object.fromEntries(generatedNames.map((name) => [name, `// ${name}\n`])) as GeneratedFiles;

/** Makes a toolkit that is installed in a folder, and what it has generated. */
function makeInstallation() {
  const folder = makeTemporaryFolder();
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  write('node_modules/.package-lock.json', '{ "packages": {} }');
  write('scripts/generate/render/render.ts', 'export {};');
  write('scripts/openapi/read.ts', 'export {};');
  write('scripts/cli/command.ts', 'export {};');
  write('openapi.yaml', 'openapi: 3.1.0\n');
  write('parts/book.yaml', 'type: object\n');
  for (const [name, text] of Object.entries(files)) {
    write(`out/${name}`, text);
  }
  const options = { specFile: join(folder, 'openapi.yaml'), outDir: join(folder, 'out') };
  const open = (other: object = {}) => openMemory({ ...options, ...other }, join(folder, 'scripts'));
  const sources = new Map(
    ['openapi.yaml', 'parts/book.yaml'].map((path) => [
      join(folder, path),
      readFileSync(join(folder, path), 'utf8'),
    ]),
  );
  return { folder, write, open, sources };
}

function makeRemembered() {
  const installation = makeInstallation();
  installation.open()?.remember(installation.sources, files);
  expect(installation.open()?.isFresh()).toBe(true);
  return installation;
}

describe('the memory of generate', () => {
  it('knows nothing before the first run', () => {
    expect(makeInstallation().open()?.isFresh()).toBe(false);
  });

  it.each([
    ['the spec', 'openapi.yaml'],
    ['a file that the spec refers to', 'parts/book.yaml'],
    ['a generated file', 'out/validators.ts'],
    ["the generator's code", 'scripts/generate/render/render.ts'],
    ['the code that reads specs', 'scripts/openapi/read.ts'],
    ['a file that the code stands on', 'scripts/cli/command.ts'],
    ['a new file of the code', 'scripts/generate/new.ts'],
    ['the record of installed packages', 'node_modules/.package-lock.json'],
  ])('does not take for fresh what was made before a change of %s', (_, path) => {
    const { write, open } = makeRemembered();
    write(path, '# changed\n');
    expect(open()?.isFresh()).toBe(false);
  });

  it.each(['openapi.yaml', 'parts/book.yaml', 'out/client.ts'])(
    'does not take for fresh what lacks %s',
    (path) => {
      const { folder, open } = makeRemembered();
      rmSync(join(folder, path));
      expect(open()?.isFresh()).toBe(false);
    },
  );

  it('does not mind other line ends of the spec, nor packages within the code', () => {
    const { write, open } = makeRemembered();
    write('scripts/node_modules/ajv/index.js', '');
    write('openapi.yaml', 'openapi: 3.1.0\r\n');
    expect(open()?.isFresh()).toBe(true);
  });

  it('keeps runs of other specs and folders apart', () => {
    const { folder, open } = makeRemembered();
    expect(open({ outDir: join(folder, 'elsewhere') })?.isFresh()).toBe(false);
    expect(open({ specFile: join(folder, 'parts/book.yaml') })?.isFresh()).toBe(false);
  });

  it('believes no sources but those that were read', () => {
    const { folder, open, sources } = makeInstallation();
    open()?.remember(new Map([...sources, [join(folder, 'openapi.yaml'), 'as it was for a moment']]), files);
    expect(open()?.isFresh()).toBe(false);
  });

  it('never takes for fresh what came over the network', () => {
    const { open, sources } = makeInstallation();
    open()?.remember(new Map([...sources, ['https://api.example/book.yaml', '']]), files);
    expect(open()?.isFresh()).toBe(false);
  });

  it.each(['', '\n', '{}', '0000\n/nowhere'])('takes a cache file of %j for an empty one', (text) => {
    const { folder, open, sources } = makeRemembered();
    const cache = join(folder, 'node_modules/.cache/openapi-contract-kit/generate');
    for (const name of readdirSync(cache)) {
      writeFileSync(join(cache, name), text);
    }
    expect(open()?.isFresh()).toBe(false);
    open()?.remember(sources, files);
    expect(open()?.isFresh()).toBe(true);
  });

  it('does without where it may not write, or where npm keeps no record', () => {
    const { folder, write, open, sources } = makeInstallation();
    write('node_modules/.cache', 'a file in the place of the folder');
    open()?.remember(sources, files);
    expect(open()?.isFresh()).toBe(false);
    rmSync(join(folder, 'node_modules/.package-lock.json'));
    expect(open()).toBeUndefined();
  });

  it('keeps 256 runs at most', () => {
    const { folder, open, sources } = makeRemembered();
    for (let count = 0; count < 1000; count += 1) {
      open({ outDir: join(folder, `out-${count}`) })?.remember(sources, files);
    }
    const cache = join(folder, 'node_modules/.cache/openapi-contract-kit/generate');
    expect(readdirSync(cache).length).toBeLessThanOrEqual(256);
  });
});

it('makes the second run of the command quick, and the same in its words', async () => {
  const out = makeTemporaryFolder();
  await runGenerate('--out', out);
  const before = readdirSync(out).map((name) => statSync(join(out, name), { bigint: true }).mtimeNs);
  expect(await runGenerate('--out', out)).toEqual({
    exitCode: 0,
    stdout: generatedNames.map((name) => `unchanged ${out}/${name}`),
  });
  expect(readdirSync(out).map((name) => statSync(join(out, name), { bigint: true }).mtimeNs)).toEqual(before);
});
