import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { toolkitFile } from '../../cli/toolkit.ts';

/** The spec that this package serves: the one in it. */
export const ownSpecFile: string = toolkitFile('openapi/nexudus-auth.yaml');

/**
 * Finds the folder of the toolkit from the working directory, or else from this package. `undefined` where it is not
 * installed.
 */
export function findToolkit(): string | undefined {
  for (const place of [join(process.cwd(), 'package.json'), import.meta.url]) {
    try {
      return dirname(createRequire(place).resolve('openapi-contract-kit/package.json'));
    } catch {
      // It is looked for from the next place.
    }
  }
  return undefined;
}

/**
 * Says in one line how the toolkit is installed.
 *
 * @param part what needs it, as the sentence begins
 */
export function explainMissingToolkit(part: string): string {
  return `${part} needs the package openapi-contract-kit: npm install --save-dev openapi-contract-kit`;
}
