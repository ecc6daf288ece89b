import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { rolldown } from 'rolldown';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findPeerCommand, installPeers } from '../../scripts/dev/peers.ts';
import { createProject, type Ending, measureFolder, type Project, packPackage } from './project.ts';
import { startCommand } from './start-command.ts';

const fixtures = resolve('tests/package/fixtures');
const compilers = {
  'TypeScript 5.9': resolve('node_modules/typescript/bin/tsc'),
  'TypeScript 7': resolve('node_modules/@typescript/native/bin/tsc'),
};
const pact = 'node_modules/nexudus-auth-contract/contracts/pacts/nexudus-portal-nexudus-api.json';

/** With the contract alone, and with the toolkit beside it. */
const projects: { alone: Project; both: Project } = { alone: createProject(), both: createProject() };
const tarballs: string[] = [];
const printed = { alone: '', both: '' };

beforeAll(async () => {
  const { alone, both } = projects;
  tarballs.push(
    packPackage('nexudus-auth-contract', alone.folder),
    packPackage('openapi-contract-kit', alone.folder),
  );
  printed.alone = await alone.install(...tarballs.slice(0, 1));
  printed.both = await both.install(...tarballs);
  both.lend('msw', 'openapi-fetch', 'openapi-typescript-helpers', 'react');
  alone.write('client.js', readFileSync(join(fixtures, 'client.js'), 'utf8'));
  both.write('every-entry.ts', readFileSync(join(fixtures, 'every-entry.ts'), 'utf8'));
}, 300_000);

afterAll(() => {
  for (const one of Object.values(projects)) one.remove();
}, 60_000);

describe('whoever wants types, clients and the mock', () => {
  it('installs one package of a good megabyte', () => {
    const { folder } = projects.alone;
    const lock = readFileSync(join(folder, 'node_modules/.package-lock.json'), 'utf8');
    expect(Object.keys(JSON.parse(lock).packages)).toEqual(['node_modules/nexudus-auth-contract']);
    expect(measureFolder(join(folder, 'node_modules'))).toBeLessThanOrEqual(1_250_000);
  });

  it.each(['alone', 'both'] as const)('gets no warning: %s', (name) => {
    expect(printed[name]).not.toMatch(/warn|deprecated/i);
  });

  it.each(['nexudus-auth-contract', 'openapi-contract-kit'])('gets no tests and no sources: %s', (name) => {
    const folder = join(projects.both.folder, 'node_modules', name);
    const files = readdirSync(folder, { recursive: true }).map(String);
    expect(files).toContain('commands/cli.js');
    expect(files).toContain('README.md');
    expect(files).toContain('LICENSE');
    expect(files.filter((file) => /\.test\.|(?<!\.d)\.ts$|^tests/.test(file))).toEqual([]);
  });

  it.each(['nexudus-auth-contract', 'openapi-contract-kit'])(
    'gets a manifest without scripts: %s',
    (name) => {
      const file = join(projects.both.folder, 'node_modules', name, 'package.json');
      const manifest: object = JSON.parse(readFileSync(file, 'utf8'));
      for (const field of ['private', 'scripts', 'devDependencies', 'workspaces']) {
        expect(manifest).not.toHaveProperty(field);
      }
    },
  );

  it.each(['nexudus-auth-contract', 'openapi-contract-kit'])(
    'gets the licences of what is bundled: %s',
    (name) => {
      const text = readFileSync(
        join(projects.both.folder, 'node_modules', name, 'vendor/LICENSES.txt'),
        'utf8',
      );
      for (const one of ['@stoplight/prism-http', 'ajv']) expect(text).toContain(`${one} `);
      expect(text).not.toContain('No text of the licence');
      for (const group of text.split(/\n{3}(?=\S+ \S+ \(MIT\)\n)/).slice(1)) {
        expect(group).toContain('without restriction');
      }
    },
  );
});

describe.each(Object.entries(compilers))('with %s', (_, compiler) => {
  it.each([
    ['nodenext', 'nodenext'],
    ['esnext', 'bundler'],
  ])(
    'the types of every entry compile as %s, found as by %s, with all strict flags',
    async (module, moduleResolution) => {
      const { both } = projects;
      both.write('tsconfig.json', JSON.stringify(describeProject(module, moduleResolution)));
      expect(await both.run(process.execPath, compiler, '-p', '.')).toEqual({
        status: 0,
        stdout: '',
        stderr: '',
      });
    },
    180_000,
  );
});

describe('the client', () => {
  it('is bundled for a browser, without anything of Node.js', async () => {
    await using bundle = await rolldown({
      input: join(projects.alone.folder, 'client.js'),
      platform: 'browser',
    });
    const { output } = await bundle.generate({ codeSplitting: false });
    expect(output).toHaveLength(1);
    expect(output[0].imports).toEqual([]);
    expect(output[0].code).not.toMatch(/node:|\brequire\(/);
  });
});

describe('npx nexudus-auth-contract', () => {
  it('mock answers, with nothing else installed', async () => {
    const words = ['npx', '--no', 'nexudus-auth-contract', 'mock', '--port', '0'] as const;
    await using mock = await startCommand(projects.alone.folder, ...words);
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

  it('check finds what is wrong in a pact, with the toolkit beside it', async () => {
    const { both } = projects;
    const check = (file: string) => both.run('npx', '--no', 'nexudus-auth-contract', 'check', '--pact', file);
    expect(await check(pact)).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/ gates passed, 0 failed/),
    });
    const text = readFileSync(join(both.folder, pact), 'utf8');
    both.write('broken.json', text.replaceAll('WasSuccessful', 'WasSuccesful'));
    expect(await check('broken.json')).toMatchObject({
      status: 1,
      stdout: expect.stringContaining('WasSuccesful'),
    });
  });
});

describe('npx contract-kit', () => {
  const run = (...args: string[]): Promise<Ending> =>
    projects.both.run('npx', '--no', '--', 'contract-kit', ...args);
  const spec = 'node_modules/nexudus-auth-contract/openapi/nexudus-auth.yaml';

  it('prints its version and its commands', async () => {
    expect(await run('--version')).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
    });
    expect(await run('--help')).toMatchObject({ status: 0, stdout: expect.stringContaining('  check ') });
  });

  it('checks a pact against a spec', async () => {
    expect(await run('check', '--pact', pact, '--spec', spec)).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/ gates passed, 0 failed/),
    });
  });

  it('serves a spec', async () => {
    const words = ['npx', '--no', '--', 'contract-kit', 'mock', '--spec', spec, '--port', '0'] as const;
    await using mock = await startCommand(projects.both.folder, ...words);
    const url = /ready at (\S+)/.exec(mock.firstLine)?.[1];
    expect((await fetch(`${url}/api/token`, { method: 'POST' })).status).toBe(400);
  });
});

describe.each([
  ['nexudus-auth-contract', ['openapi.yaml', 'openapi.json', 'package.json', 'pacts/*']],
  ['openapi-contract-kit', ['package.json']],
])('the package %s', (name, documents) => {
  const lint = async (linter: string, ...args: string[]): Promise<Ending> => {
    const tarball = tarballs.find((path) => path.includes(name)) ?? '';
    const script = findPeerCommand(await installPeers('peers/lint'), linter);
    return projects.alone.run(
      process.execPath,
      script,
      ...args.map((word) => (word === '' ? tarball : word)),
    );
  };

  it('has nothing that publint objects to', async () => {
    expect(await lint('publint', 'run', '--strict', '')).toMatchObject({ status: 0 });
  });

  it('has types that every kind of import finds, as attw sees it', async () => {
    const options = ['--profile', 'esm-only', '--exclude-entrypoints', ...documents];
    expect(await lint('@arethetypeswrong/cli', '', ...options)).toMatchObject({ status: 0 });
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
