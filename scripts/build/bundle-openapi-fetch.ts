import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

// The modules of the client that import it.
const importers = ['build-url.js', 'send.js'];

/**
 * Puts what the client uses of openapi-fetch beside the compiled client, and leads the client there: its next version
 * breaks the contract's `null`s, so that it must not be replaced by another one.
 *
 * @param folder the compiled sources
 * @returns the paths of the modules that are in it
 * @throws {Error} for a module of the client that does not import it any more
 * @see https://github.com/openapi-ts/openapi-typescript/issues/2620
 */
export async function bundleOpenapiFetch(folder: string): Promise<string[]> {
  const bundle = await rolldown({
    input: fileURLToPath(new URL('./openapi-fetch-entry.ts', import.meta.url)),
    platform: 'browser',
  });
  const { output } = await bundle.write({ file: join(folder, 'vendor/openapi-fetch.js') });
  await bundle.close();
  for (const name of importers) {
    const file = join(folder, 'src', name);
    const code = readFileSync(file, 'utf8');
    if (!code.includes("from 'openapi-fetch'")) {
      throw new Error(`${file} does not import openapi-fetch, expected it to.`);
    }
    writeFileSync(file, code.replace("from 'openapi-fetch'", "from '../vendor/openapi-fetch.js'"));
  }
  return output[0].moduleIds;
}
