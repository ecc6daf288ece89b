import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { SetupError } from '../cli/command.ts';
import { formatPath, pathWithin } from '../cli/finding.ts';
import { readManifest, toolkitFolder } from '../cli/toolkit.ts';
import { isPlainObject } from '../openapi/document.ts';
import { readIfThere } from './plan.ts';
import { type ManagerName, managers } from './templates.ts';

/** The parts of a `package.json` that an init reads. */
export interface ProjectManifest {
  name?: string;
  type?: string;
  scripts?: Record<string, string>;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
  packageManager?: string;
}

/** The folder that gets a contract. */
export interface Surroundings {
  folder: string;
  /** The text of its `package.json`. `undefined`: there is none. */
  manifestText: string | undefined;
  manifest: ProjectManifest;
  /** By its lock file or its `packageManager`. `undefined`: nothing says. */
  manager: ManagerName | undefined;
  /** Whether it is the top of a git repository, or in none. */
  isTop: boolean;
}

const lockFiles: readonly (readonly [file: string, manager: ManagerName])[] = [
  ['pnpm-lock.yaml', 'pnpm'],
  ['yarn.lock', 'yarn'],
  ['package-lock.json', 'npm'],
  ['npm-shrinkwrap.json', 'npm'],
];

/**
 * Looks at the folder that gets a contract.
 *
 * @throws {SetupError} for a `package.json` that is not valid
 */
export function inspectFolder(folder: string): Surroundings {
  const file = join(folder, 'package.json');
  const manifestText = readIfThere(file);
  const manifest = manifestText === undefined ? {} : parseManifest(manifestText, file);
  return { folder, manifestText, manifest, manager: findManager(folder, manifest), isTop: isTop(folder) };
}

function parseManifest(text: string, file: string): ProjectManifest {
  try {
    const manifest: unknown = JSON.parse(text);
    if (isPlainObject(manifest)) {
      return manifest;
    }
  } catch (cause) {
    throw new SetupError(`${formatPath(file)} is not valid JSON: ${(cause as Error).message}. Correct it.`, {
      cause,
    });
  }
  throw new SetupError(`${formatPath(file)} holds no object, expected a package.json. Correct it.`);
}

function findManager(folder: string, { packageManager = '' }: ProjectManifest): ManagerName | undefined {
  const [named] = packageManager.split('@');
  if (named !== undefined && Object.hasOwn(managers, named)) {
    return named as ManagerName;
  }
  // In a workspace, the lock file is in a folder above.
  const found = lockFiles.find(([file]) => existsSync(join(folder, file)))?.[1];
  const parent = dirname(folder);
  return (
    found ?? (parent === folder || existsSync(join(folder, '.git')) ? undefined : findManager(parent, {}))
  );
}

function isTop(folder: string): boolean {
  const parent = dirname(folder);
  return existsSync(join(folder, '.git')) || parent === folder || !isInRepository(parent);
}

function isInRepository(folder: string): boolean {
  const parent = dirname(folder);
  return existsSync(join(folder, '.git')) || (parent !== folder && isInRepository(parent));
}

/**
 * Names a project for a pact: its package without the scope, else its folder.
 */
export function nameProject({ manifest, folder }: Surroundings): string {
  return toSlug(manifest.name?.replace(/^@[^/]+\//, '') ?? basename(folder)) || 'consumer';
}

/**
 * Turns a title into words with dashes between them, as `Train Travel API` into `train-travel-api`.
 */
export function toSlug(text: string): string {
  return text
    .normalize('NFKD')
    .replaceAll(/[^\w\s.-]/g, '')
    .trim()
    .replaceAll(/[\s_.-]+/g, '-')
    .replaceAll(/^-|-$/g, '')
    .toLowerCase();
}

/** The other packages that a contract needs, at the versions that the toolkit is tested with. */
export const neededPackages: Readonly<Record<string, string>> = {
  '@pact-foundation/pact': '17.1.4',
  '@types/node': '24.19.2',
  typescript: '5.9.3',
  vitest: '5.1.1',
};

/**
 * Says where to install the toolkit from: from where it was installed to be run now, such as a tarball, else from the
 * registry at its own version.
 */
export function findToolkitSource(folder: string, toolkit: string = toolkitFolder): string {
  const { name, version } = readManifest();
  // What npx or a project has installed is in node_modules, beside the manifest that says where from.
  const owner = resolve(toolkit, '../..', 'package.json');
  const { dependencies = {}, devDependencies = {} } = (
    existsSync(owner) ? JSON.parse(readFileSync(owner, 'utf8')) : {}
  ) as ProjectManifest;
  const source = dependencies[name] ?? devDependencies[name] ?? '';
  if (!source.startsWith('file:')) {
    return version;
  }
  const path = resolve(dirname(owner), source.slice('file:'.length));
  return `file:${relative(folder, path).split('\\').join('/')}`;
}

/**
 * Tells whether the TypeScript project of a folder compiles the files of a contract, and cannot: they import `.ts` files.
 */
export async function isCompiledInVain(folder: string, contractFolder: string): Promise<boolean> {
  const file = join(folder, 'tsconfig.json');
  if (!existsSync(file)) {
    return false;
  }
  const { default: ts } = await import('typescript');
  const { config = {} } = ts.readConfigFile(file, ts.sys.readFile);
  const { fileNames, options } = ts.parseJsonConfigFileContent(config, ts.sys, folder);
  const isInside = fileNames.some((name) => pathWithin(join(folder, contractFolder), name) !== undefined);
  return (
    isInside &&
    options.allowImportingTsExtensions !== true &&
    options.rewriteRelativeImportExtensions !== true
  );
}
