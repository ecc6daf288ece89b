import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { getHttpOperationsFromSpec } from '@stoplight/prism-http';
import { SetupError } from '../command.ts';
import { formatFinding } from '../finding.ts';
import { hashSpec } from '../mock/compiled-spec.ts';
import { defaultSpecFile, readSpec } from '../spec/read-spec.ts';
import { toolkitFile } from '../toolkit.ts';

/**
 * Writes the spec as JSON, and the operations that Prism reads from it: a mock that starts with them need not load what
 * reads a spec.
 *
 * @throws {SetupError} that lists what is wrong in the spec
 */
export async function compileSpec(folder: string): Promise<void> {
  const file = toolkitFile(defaultSpecFile);
  const { spec, findings } = await readSpec(file);
  if (spec === undefined) {
    throw new SetupError(findings.map(formatFinding).join('\n'));
  }
  const operations = await getHttpOperationsFromSpec(structuredClone(spec.document));
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'openapi.json'), JSON.stringify(spec.document));
  writeFileSync(
    join(folder, 'prism-operations.json'),
    JSON.stringify({ specHash: hashSpec(readFileSync(file)), operations }),
  );
}
