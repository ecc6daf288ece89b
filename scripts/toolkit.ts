import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SetupError } from './command.ts';

const manifest = import.meta.resolve('nexudus-auth-contract/package.json');

/** The folder of this toolkit, whatever the working directory. */
export const toolkitFolder: string = fileURLToPath(new URL('.', manifest));

/**
 * Finds a file of this toolkit, by its path in the package: from the sources and from the compiled files alike.
 */
export function toolkitFile(path: string): string {
  return fileURLToPath(new URL(path, manifest));
}

/** What this toolkit's `package.json` says, in part. */
export interface Manifest {
  name: string;
  version: string;
  /** Packages that are left to whoever needs them, and the versions that fit. */
  peerDependencies?: Record<string, string>;
}

/**
 * Reads this toolkit's `package.json`.
 */
export function readManifest(): Manifest {
  return JSON.parse(readFileSync(toolkitFile('package.json'), 'utf8'));
}

/**
 * Refuses to take this toolkit's own files for those that were not named, outside of its own repository: it is there if
 * the nearest `package.json` above the working directory is its own. In the folder of an app, nobody means them.
 *
 * @param need what has to be named, as a sentence without its full stop
 * @param example the words of a command that names it
 * @throws {SetupError} in the folder of an app
 */
export function requireOwnRepository(need: string, example: string): void {
  const folder = findPackageFolder(process.cwd());
  if (folder === undefined || realpathSync(folder) !== realpathSync(toolkitFolder)) {
    throw new SetupError(`${need}, such as:\n\n  npx nexudus-auth-contract ${example}`);
  }
}

function findPackageFolder(folder: string): string | undefined {
  if (existsSync(join(folder, 'package.json'))) {
    return folder;
  }
  const parent = dirname(folder);
  return parent === folder ? undefined : findPackageFolder(parent);
}
