import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Mock, startMock } from '../../scripts/dev/package/mock.ts';
import { createProject, type Project, packPackage } from './project.ts';

const compiler = resolve('node_modules/typescript/bin/tsc');
const asTheyAre = "export type { paths as Paths } from 'nexudus-auth-contract/schema';\n";
const adapted = `import type { OpenapiFetchPaths } from 'nexudus-auth-contract';
import type { paths } from 'nexudus-auth-contract/schema';
export type Paths = OpenapiFetchPaths<paths>;\n`;

const projects = { old: createProject(), newest: createProject() };

beforeAll(async () => {
  const tarball = packPackage('nexudus-auth-contract', projects.old.folder);
  await projects.old.install(tarball, 'openapi-fetch@0.16.0');
  const react = ['openapi-react-query@0.5', '@tanstack/react-query@5', 'react@19', '@types/react@19'];
  await projects.newest.install(tarball, 'openapi-fetch@0.17', ...react);
}, 120_000);

afterAll(() => {
  for (const one of Object.values(projects)) one.remove();
}, 60_000);

let mock: Mock;
beforeAll(async () => {
  mock = await startMock({ port: 0 });
});
afterAll(() => mock.close());

describe.each([
  ['0.16', 'old', asTheyAre],
  ['the newest', 'newest', adapted],
] as const)('the ready client, on openapi-fetch %s', (_, name, paths) => {
  it('compiles, with every type of the spec', async () => {
    const files = ['openapi-fetch.ts', 'fetch-client.ts', 'fetch-readme.ts'];
    expect(await compile(projects[name], files, paths, { exactOptionalPropertyTypes: true })).toBe('');
  });

  it('signs in with a form, has an error for an empty 401, and throws what is not documented', async () => {
    projects[name].write('call.js', readFileSync('tests/package/fixtures/fetch-client-call.js', 'utf8'));
    const { stdout, stderr } = await projects[name].run(process.execPath, 'call.js', mock.url);
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toEqual([{ jwt: 'media-token-1' }, { status: 401 }, 'undocumented_status']);
  });
});

it('the lines of the README run as they are', async () => {
  const project = projects.newest;
  const text = readFileSync('tests/package/fixtures/fetch-readme.ts', 'utf8');
  project.write('readme.ts', text.replace('https://your-space.spaces.nexudus.com', mock.url));
  const run = await project.run(process.execPath, 'readme.ts');
  expect(run).toMatchObject({ stdout: 'media-token-1\n', stderr: '' });
});

it('openapi-react-query takes the ready client, too', async () => {
  const files = ['openapi-fetch.ts', 'fetch-client.ts', 'fetch-client-query.ts'];
  expect(await compile(projects.newest, files, adapted, {})).toBe('');
});

describe.each([
  ['strict', {}],
  ['strict and exact', { exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true }],
])('with TypeScript 5.9, %s', (_, flags) => {
  it('openapi-fetch 0.16 narrows the envelope and completes the error codes, with the paths as they are', async () => {
    expect(await compile(projects.old, ['openapi-fetch.ts'], asTheyAre, flags)).toBe('');
  });

  it('so do openapi-fetch 0.17 and openapi-react-query, with OpenapiFetchPaths', async () => {
    const files = ['openapi-fetch.ts', 'openapi-fetch-paths.ts', 'openapi-react-query.ts'];
    expect(await compile(projects.newest, files, adapted, flags)).toBe('');
  });
});

it('openapi-fetch 0.17 needs OpenapiFetchPaths: of the paths as they are, it drops what is null', async () => {
  const said = await compile(projects.newest, ['openapi-fetch.ts'], asTheyAre, {});
  expect(said).toMatch(/Property 'Value' does not exist on type '\{ WasSuccessful: false;/);
  expect(said).toMatch(/is not assignable to type 'string'/);
});

/** Compiles fixtures, and gives what the compiler says. */
async function compile(project: Project, names: string[], paths: string, flags: object): Promise<string> {
  for (const name of names) {
    project.write(name, readFileSync(join('tests/package/fixtures', name), 'utf8'));
  }
  project.write('paths.ts', paths);
  const compilerOptions = {
    ...flags,
    strict: true,
    noEmit: true,
    module: 'nodenext',
    target: 'es2023',
    lib: ['es2023', 'dom', 'dom.iterable'],
    types: [],
    skipLibCheck: false,
    allowImportingTsExtensions: true,
  };
  project.write('tsconfig.json', JSON.stringify({ compilerOptions, files: names }));
  const { stdout, stderr } = await project.run(process.execPath, compiler, '-p', '.', '--pretty', 'false');
  return stdout + stderr;
}
