import { readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readFiles } from '../init/run-init.ts';
import { createProject, type Ending, type Project, packPackage } from './project.ts';

const fixture = (name: string): string => resolve('tests/init/fixtures', name);

/** From the tarball, with nothing installed before. */
let first: Project;
let tarball: string;
const projects: Project[] = [];

function makeProject(): Project {
  const project = createProject();
  projects.push(project);
  return project;
}

/** A project that has installed all that a contract needs. */
function makeInstalled(files: Readonly<Record<string, string>>): Project {
  const project = makeProject();
  for (const [path, text] of Object.entries(files)) project.write(path, text);
  symlinkSync(join(first.folder, 'node_modules'), join(project.folder, 'node_modules'));
  return project;
}

/** Reads the files of a project, without what is installed. */
function readOwned({ folder }: Project): Record<string, string> {
  const names = readdirSync(folder, { withFileTypes: true });
  const files = names.filter((one) => one.isFile() && !one.name.endsWith('.tgz')).map(({ name }) => name);
  const folders = names.filter((one) => one.isDirectory() && one.name !== 'node_modules');
  return Object.fromEntries([
    ...files.map((name) => [name, readFileSync(join(folder, name), 'utf8')] as const),
    ...folders.flatMap(({ name }) =>
      Object.entries(readFiles(join(folder, name))).map(([path, text]) => [`${name}/${path}`, text] as const),
    ),
  ]);
}

const kit = (project: Project, ...args: string[]): Promise<Ending> =>
  project.run('npx', '--no', '--', 'contract-kit', ...args);

function expectGreen({ status, stdout, stderr }: Ending): void {
  expect({ status, output: status === 0 ? '' : stdout + stderr }).toEqual({ status: 0, output: '' });
  expect(stdout).toMatch(/The contract is green: \d+ consumer tests/);
}

beforeAll(() => {
  first = makeProject();
  tarball = packPackage('openapi-contract-kit', first.folder);
}, 60_000);

afterAll(() => {
  for (const project of projects) project.remove();
}, 60_000);

describe('contract-kit init', () => {
  it('makes a green contract of a REST API with a key, by npx from the tarball', async () => {
    const words = [
      '--yes',
      `--package=file:${tarball}`,
      '--',
      'openapi-contract-kit',
      'init',
      fixture('shop.yaml'),
    ];
    expectGreen(await first.run('npx', ...words, '--yes', '--consumer', 'web-shop'));
    const { devDependencies } = JSON.parse(readFileSync(join(first.folder, 'package.json'), 'utf8'));
    expect(devDependencies['openapi-contract-kit']).toMatch(/^file:openapi-contract-kit-.*\.tgz$/);
    expect(readOwned(first)).toHaveProperty(['contracts/pacts/web-shop-bicycle-shop-api.json']);
  }, 600_000);

  it('changes nothing when it runs again', async () => {
    const before = readOwned(first);
    expectGreen(await kit(first, 'init', fixture('shop.yaml'), '--yes', '--consumer', 'web-shop'));
    expect(readOwned(first)).toEqual(before);
  }, 180_000);

  it('makes a green contract of an auth server with forms, in a CommonJS project without TypeScript', async () => {
    const project = makeInstalled({
      'package.json': '{\n    "name": "portal",\n    "type": "commonjs",\n    "main": "index.js"\n}\n',
      'index.js': 'module.exports = {};\n',
    });
    expectGreen(await kit(project, 'init', fixture('sign-in.yaml'), '--yes'));
    const files = readOwned(project);
    expect(files['package.json']).toMatch(/^\{\n {4}"name": "portal",\n {4}"type": "commonjs",/);
    expect(files['index.js']).toBe('module.exports = {};\n');
  }, 180_000);

  it('makes a green contract of an API without any example', async () => {
    const project = makeInstalled({ 'openapi.yaml': readFileSync(fixture('trains.yaml'), 'utf8') });
    expectGreen(await kit(project, 'init', 'openapi.yaml', '--yes'));
    expect(readOwned(project)['contract.config.ts']).toMatch("spec: 'openapi.yaml'");
  }, 180_000);

  it('leaves a project in which contract, generate, check and mutate do what they say', async () => {
    const pact = join(first.folder, 'contracts/pacts/web-shop-bicycle-shop-api.json');
    first.write(
      'contracts/pacts/web-shop-bicycle-shop-api.json',
      readFileSync(pact, 'utf8').replace('Rover', 'Other'),
    );
    expect(await kit(first, 'check', '--only', 'pact-fresh')).toMatchObject({ status: 1 });
    expect(await kit(first, 'contract')).toMatchObject({ status: 0 });
    expect(await kit(first, 'generate', '--check')).toMatchObject({ status: 0 });
    expect(await kit(first, 'check', '--only', 'pact-fresh')).toMatchObject({ status: 0 });
    const mutate = await kit(first, 'mutate', '--sample', '20', '--goal', '0');
    expect(mutate.stdout).toMatch(/^both: [\d.]+ % of \d+ mutants found/m);
  }, 300_000);
});
