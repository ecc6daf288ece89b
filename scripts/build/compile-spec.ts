import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { getHttpOperationsFromSpec } from '@stoplight/prism-http';
import { hashContent } from '../files/hash-content.ts';
import { readGoodSpec } from '../mock/load-spec.ts';
import { defaultSpecFile } from '../spec/default-spec-file.ts';
import { toolkitFile } from '../toolkit.ts';

/**
 * Writes the spec as JSON, and the operations that Prism reads from it: a mock that starts with them need not load what
 * reads a spec.
 *
 * @throws {SetupError} that lists what is wrong in the spec
 */
export async function compileSpec(folder: string): Promise<void> {
  const file = toolkitFile(defaultSpecFile);
  const { document } = await readGoodSpec(file);
  const operations = await getHttpOperationsFromSpec(structuredClone(document));
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'openapi.json'), JSON.stringify(document));
  writeFileSync(
    join(folder, 'prism-operations.json'),
    JSON.stringify({ specHash: hashContent(readFileSync(file)), operations }),
  );
}
