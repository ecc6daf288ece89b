import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LiveState } from '../../scripts/cli/config.ts';
import { readSpec, type Spec } from '../../scripts/openapi/read-spec.ts';
import { type PactDocument, readPact } from '../../scripts/pact/read-pact.ts';
import { project } from '../own-project.ts';
import { makeTemporaryFolder } from '../temporary-folder.ts';

/** The provider states of `contract.config.ts` that a live provider can be in. */
export const liveStates: readonly LiveState[] = project.config.verify?.states ?? [];

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
