import { fileURLToPath } from 'node:url';

/** The folder of this toolkit, whatever the working directory. */
export const toolkitFolder: string = fileURLToPath(new URL('..', import.meta.url));

/**
 * Finds a file of this toolkit.
 */
export function toolkitFile(path: string): string {
  return fileURLToPath(new URL(`../${path}`, import.meta.url));
}
