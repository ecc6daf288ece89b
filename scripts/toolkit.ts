import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

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
