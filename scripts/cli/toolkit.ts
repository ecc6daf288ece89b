import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What people type before the name of a command. */
export const programName = 'contract-kit';

const isSource = import.meta.url.endsWith('.ts');
// This file is one folder below that of the package: here, and bundled into `commands/`.
const manifestFile = fileURLToPath(new URL('../package.json', import.meta.url));

/** The folder of this repository, or of the package that this is published in, whatever the working directory. */
export const toolkitFolder: string = fileURLToPath(new URL(isSource ? '../..' : '..', import.meta.url));

/**
 * Finds a file by its path in the repository, or in the package that this is published in.
 */
export function toolkitFile(path: string): string {
  return join(toolkitFolder, path);
}

/**
 * Finds a file that the mock starts faster with, and that the build has to write before.
 */
export function builtFile(name: string): string {
  return join(builtFolder, name);
}

let builtFolder = toolkitFile(isSource ? 'dist/vendor' : 'vendor');

/** Has the build work with the files that it has just written, in place of those of the last build. */
export function useBuiltFiles(folder: string): void {
  builtFolder = folder;
}

/** What the `package.json` of the package says, in part. */
export interface Manifest {
  name: string;
  version: string;
}

/**
 * Reads the `package.json` of the package.
 */
export function readManifest(): Manifest {
  return JSON.parse(readFileSync(manifestFile, 'utf8'));
}
