import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type PactDocument, readPact } from '../../scripts/pact/read-pact.ts';
import { readSpec, type Spec } from '../../scripts/spec/read-spec.ts';
import { makeTemporaryFolder } from '../temporary-folder.ts';

/** Writes a spec with these paths, and reads it. */
export async function makeSpec(paths: object): Promise<Spec> {
  const file = join(makeTemporaryFolder(), 'spec.json');
  const document = { openapi: '3.1.0', info: { title: 'A bookshop', version: '1' }, paths };
  writeFileSync(file, JSON.stringify(document));
  const { spec, findings } = await readSpec(file);
  if (spec === undefined) {
    throw new Error(JSON.stringify(findings));
  }
  return spec;
}

/** Writes a pact with these interactions, and reads it. */
export function makePact(version: '2.0.0' | '3.0.0' | '4.0', interactions: readonly object[]): PactDocument {
  const file = join(makeTemporaryFolder(), 'pact.json');
  const pact = {
    consumer: { name: 'a reader' },
    provider: { name: 'a bookshop' },
    interactions,
    metadata: { pactSpecification: { version } },
  };
  writeFileSync(file, JSON.stringify(pact, null, 2));
  const { document, findings } = readPact(file);
  if (document === undefined) {
    throw new Error(JSON.stringify(findings));
  }
  return document;
}
