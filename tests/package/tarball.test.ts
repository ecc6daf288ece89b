import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { rolldown } from 'rolldown';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createProject, measureFolder, type Project, packRepository } from './project.ts';
import { startCommand } from './start-command.ts';

const packages = 'node_modules/nexudus-auth-contract';
const fixtures = resolve('tests/package/fixtures');
const compilers = {
  'TypeScript 5.9': resolve('node_modules/typescript/bin/tsc'),
  'TypeScript 7': resolve('node_modules/@typescript/native/bin/tsc'),
};

let project: Project;
let tarball: string;
let installed: { packages: string[]; bytes: number };

beforeAll(async () => {
  project = createProject();
  tarball = packRepository(project.folder);
  await project.install(tarball);
  const lock = readFileSync(join(project.folder, 'node_modules/.package-lock.json'), 'utf8');
  installed = {
    packages: Object.keys(JSON.parse(lock).packages),
    bytes: measureFolder(join(project.folder, 'node_modules')),
  };
  project.lend('@types/node', 'msw');
  for (const name of ['client.js', 'every-entry.ts']) {
    project.write(name, readFileSync(join(fixtures, name), 'utf8'));
  }
}, 120_000);

afterAll(() => {
  project.remove();
});

describe('whoever wants types and clients', () => {
  it('installs three packages at most, and one megabyte', () => {
    expect(installed.packages.length).toBeLessThanOrEqual(3);
    expect(installed.bytes).toBeLessThanOrEqual(1_000_000);
  });

  it('gets no tests and no sources', () => {
    const files = readdirSync(join(project.folder, packages), { recursive: true }).map(String);
    expect(files).toContain('dist/src/index.js');
    expect(files.filter((name) => /\.test\.|(?<!\.d)\.ts$|^tests/.test(name))).toEqual([]);
  });

  it('gets the licences of what is bundled', () => {
    const text = readFileSync(join(project.folder, packages, 'dist/vendor/LICENSES.txt'), 'utf8');
    for (const name of ['@stoplight/prism-http', 'ajv']) expect(text).toContain(`${name} `);
    expect(text).not.toContain('No text of the licence');
    for (const group of text.split(/\n{3}(?=\S+ \S+ \(MIT\)\n)/).slice(1)) {
      expect(group).toContain('without restriction');
    }
  });
});

describe.each(Object.entries(compilers))('with %s', (_, compiler) => {
  it.each([
    ['nodenext', 'nodenext'],
    ['esnext', 'bundler'],
  ])(
    'the types of every entry compile as %s, found as by %s, with all strict flags',
    async (module, moduleResolution) => {
      project.write('tsconfig.json', JSON.stringify(describeProject(module, moduleResolution)));
      expect(await project.run(process.execPath, compiler, '-p', '.')).toEqual({
        status: 0,
        stdout: '',
        stderr: '',
      });
    },
  );
});

describe('the client', () => {
  it('is bundled for a browser, without anything of Node.js', async () => {
    await using bundle = await rolldown({ input: join(project.folder, 'client.js'), platform: 'browser' });
    const { output } = await bundle.generate({ codeSplitting: false });
    expect(output).toHaveLength(1);
    expect(output[0].imports).toEqual([]);
    expect(output[0].code).not.toMatch(/node:|\brequire\(/);
  });
});

describe('npx nexudus-auth-contract', () => {
  it('mock answers, with nothing else installed', async () => {
    await using mock = await startCommand(
      project.folder,
      'npx',
      '--no',
      'nexudus-auth-contract',
      'mock',
      '--port',
      '0',
    );
    const url = /ready at (\S+)/.exec(mock.firstLine)?.[1];
    const answer = await fetch(`${url}/api/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'password',
        username: 'ada@lovelace.dev',
        password: 'correct-horse',
      }),
    });
    expect(await answer.json()).toMatchObject({ access_token: 'access-token-1' });
  });

  it('check names what it needs, with the command that installs it; then it runs', async () => {
    const pact = join(packages, 'contracts/pacts/nexudus-portal-nexudus-api.json');
    const before = await project.run('npx', '--no', 'nexudus-auth-contract', 'check', '--pact', pact);
    expect(before).toMatchObject({ status: 2, stdout: '' });
    const [, needed = ''] = /^ {2}npm install --save-dev (.+)$/m.exec(before.stderr) ?? [];
    await project.install('--save-dev', ...needed.split(' '));
    expect(await project.run('npx', '--no', 'nexudus-auth-contract', 'check', '--pact', pact)).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/ gates passed, 0 failed/),
    });

    project.write(
      'broken.json',
      readFileSync(join(project.folder, pact), 'utf8').replaceAll('WasSuccessful', 'WasSuccesful'),
    );
    expect(
      await project.run('npx', '--no', 'nexudus-auth-contract', 'check', '--pact', 'broken.json'),
    ).toMatchObject({ status: 1, stdout: expect.stringContaining('WasSuccesful') });
  }, 300_000);
});

describe('the package', () => {
  it('has nothing that publint objects to', async () => {
    expect(await project.run(resolve('node_modules/.bin/publint'), 'run', '--strict', tarball)).toMatchObject(
      {
        status: 0,
      },
    );
  });

  it('has types that every kind of import finds, as attw sees it', async () => {
    const run = await project.run(
      resolve('node_modules/.bin/attw'),
      tarball,
      '--profile',
      'esm-only',
      '--exclude-entrypoints',
      'openapi.yaml',
      'openapi.json',
      'package.json',
      'pacts/*',
    );
    expect(run).toMatchObject({ status: 0 });
  });
});

function describeProject(module: string, moduleResolution: string): object {
  const strictest = [
    'strict',
    'exactOptionalPropertyTypes',
    'noUncheckedIndexedAccess',
    'noPropertyAccessFromIndexSignature',
    'noImplicitOverride',
    'noImplicitReturns',
    'noUnusedLocals',
    'verbatimModuleSyntax',
    'erasableSyntaxOnly',
    'isolatedModules',
    'noEmit',
  ];
  return {
    compilerOptions: {
      ...Object.fromEntries(strictest.map((flag) => [flag, true])),
      skipLibCheck: false,
      module,
      moduleResolution,
      target: 'es2023',
      lib: ['es2023', 'dom', 'dom.iterable'],
      types: ['node'],
    },
    files: ['every-entry.ts'],
  };
}
