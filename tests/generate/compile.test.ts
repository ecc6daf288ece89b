import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeTemporaryFolder } from '../temporary-folder.ts';
import { fixtureSpec, runGenerate } from './run-generate.ts';

const specs = {
  railway: fixtureSpec('railway'),
  own: 'openapi/nexudus-auth.yaml',
  odd: fixtureSpec('odd'),
  shop: fixtureSpec('shop'),
  hostile: fixtureSpec('hostile'),
  'openapi-3-0': fixtureSpec('openapi-3-0'),
  'no-operations': fixtureSpec('no-operations'),
};

// The strictest settings that a consumer may have; importing `.ts` files needs no setting for types alone.
const compilerOptions = {
  noEmit: true,
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noUnusedLocals: true,
  noUnusedParameters: true,
  verbatimModuleSyntax: true,
  erasableSyntaxOnly: true,
  isolatedDeclarations: true,
  declaration: true,
  skipLibCheck: false,
  module: 'nodenext',
  target: 'es2022',
  lib: ['es2022', 'dom'],
  types: [],
};

const require = createRequire(import.meta.url);
const compilers = [
  { version: '5.9.3', folder: dirname(require.resolve('typescript/package.json')) },
  { version: '7.0.2', folder: dirname(require.resolve('@typescript/native/package.json')) },
];

/** Makes a project that uses the generated code of a spec. */
async function makeConsumer(name: keyof typeof specs): Promise<string> {
  const folder = makeTemporaryFolder();
  const out = join(folder, 'generated');
  expect(await runGenerate('--spec', specs[name], '--out', out)).toMatchObject({ exitCode: 0 });
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions }));
  cpSync(`tests/generate/fixtures/${name}/use.ts.txt`, join(folder, 'use.ts'));
  return folder;
}

function compile(folder: string, compiler: string): { status: number | null; stdout: string } {
  const { status, stdout } = spawnSync(process.execPath, [join(compiler, 'bin', 'tsc'), '-p', folder], {
    cwd: folder,
    encoding: 'utf8',
  });
  return { status, stdout };
}

describe.each(compilers)('TypeScript $version', ({ version, folder: compiler }) => {
  it('is the one that is meant', () => {
    expect(JSON.parse(readFileSync(join(compiler, 'package.json'), 'utf8')).version).toBe(version);
  });

  it.each(Object.keys(specs) as (keyof typeof specs)[])(
    'compiles the code of the spec "%s" and its use',
    async (name) => {
      expect(compile(await makeConsumer(name), compiler)).toEqual({ status: 0, stdout: '' });
    },
  );

  it('refuses a use that the types forbid', async () => {
    const folder = await makeConsumer('own');
    mkdirSync(join(folder, 'wrong'));
    const wrong = `import { operations } from '../generated/operations.js';\nvoid operations.getToken;\n`;
    writeFileSync(join(folder, 'wrong', 'use.ts'), wrong);
    const { status, stdout } = compile(folder, compiler);
    expect(status).not.toBe(0);
    expect(stdout).toContain("wrong/use.ts(2,17): error TS2339: Property 'getToken' does not exist");
  });
});
