import { readFileSync } from 'node:fs';
import { SetupError } from '../command.ts';
import { pactFile } from '../contract/pact-file.ts';
import { type PactDocument, readPact } from '../pact/read-pact.ts';
import { defaultSpecFile, readSpec, type Spec } from '../spec/read-spec.ts';
import { toolkitFile } from '../toolkit.ts';
import type { JsonObject } from './mutant.ts';

/** The documents that mutants are made of. */
export interface Originals {
  spec: Spec;
  /** The spec as data. */
  document: JsonObject;
  pact: PactDocument;
  /** The pact as data, with all that the gates don't read. */
  pactDocument: JsonObject;
}

/**
 * Reads the toolkit's own spec and pact.
 *
 * @throws {SetupError} when either cannot be read
 */
export async function readOriginals(): Promise<Originals> {
  const { spec } = await readSpec(toolkitFile(defaultSpecFile));
  const { document: pact } = readPact(toolkitFile(pactFile));
  if (spec === undefined || pact === undefined) {
    throw new SetupError('The spec or the pact cannot be read: npm run check says why.');
  }
  return {
    spec,
    document: spec.document as unknown as JsonObject,
    pact,
    pactDocument: JSON.parse(readFileSync(toolkitFile(pactFile), 'utf8')) as JsonObject,
  };
}
