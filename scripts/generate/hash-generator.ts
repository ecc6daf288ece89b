import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { hashContent } from '../files/hash-content.ts';

/** All that the generator is made of, below the folder that its code is in. */
export const generatorParts: readonly string[] = [
  'generate',
  'spec',
  'files',
  'command',
  'finding',
  'near-words',
  'toolkit',
];

/** The packages that make the generated code. What they stand on is in the record of the installation. */
const packages = ['@redocly/openapi-core', 'ajv', 'openapi-typescript', 'typescript'];

const record = '.package-lock.json';

/**
 * Finds the `node_modules` in which npm keeps a record of what is installed, for what is in a folder.
 */
export function findModules(folder: string): string | undefined {
  const modules = join(folder, 'node_modules');
  if (existsSync(join(modules, record))) {
    return modules;
  }
  const parent = dirname(folder);
  return parent === folder ? undefined : findModules(parent);
}

/**
 * Computes what tells one generator from another: its code, the versions of all packages, and the version of Node.js,
 * which brings the tables of letters and the regular expressions.
 *
 * @param scripts the folder that its code is in
 * @param modules as `findModules` has it
 */
export function hashGenerator(scripts: string, modules: string): string {
  const manifests = packages.map((name) => join(modules, name, 'package.json'));
  const files = [
    ...listCode(scripts),
    join(modules, record),
    ...manifests.filter((file) => existsSync(file)),
  ];
  return hashContent(
    JSON.stringify([process.version, ...files.map((file) => [file, readFileSync(file, 'utf8')])]),
  );
}

function listCode(scripts: string): string[] {
  return readdirSync(scripts)
    .filter((name) => name.endsWith('.js') || generatorParts.includes(name.replace(/\.ts$/, '')))
    .flatMap((name) => listFiles(join(scripts, name)))
    .sort();
}

function listFiles(path: string): string[] {
  return statSync(path).isDirectory()
    ? readdirSync(path).flatMap((name) => listFiles(join(path, name)))
    : [path];
}
