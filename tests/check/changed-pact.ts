import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { GateContext } from '../../scripts/check/gates/gate.ts';
import { readSpec } from '../../scripts/openapi/read-spec.ts';
import { readPact } from '../../scripts/pact/read-pact.ts';
import { project, specFile } from '../own-project.ts';
import { makeTemporaryFolder } from '../temporary-folder.ts';
import { openTestContext } from './open-test-context.ts';

// Read once: the tests that change the pact leave the spec as it is.
const committedSpec = readSpec(specFile);
const committed = readFileSync('contracts/pacts/nexudus-portal-nexudus-api.json', 'utf8');

interface Body {
  content: unknown;
  contentType: string;
}

/** A part of a Pact file, open to any change. */
export interface Changeable {
  description: string;
  providerStates: { name: string }[];
  request: {
    path: string;
    query: Record<string, unknown>;
    headers: Record<string, unknown>;
    body: Body;
    matchingRules: Record<string, unknown>;
  };
  response: {
    status: number;
    headers: Record<string, unknown>;
    body: Omit<Body, 'content'> & { content: Record<string, unknown> };
    matchingRules: Record<string, unknown>;
  };
}

/** Changes an interaction in place. */
export type Change = (interaction: Changeable) => void;

/** What gates are run with: the spec, and the committed pact with one interaction changed. */
export async function contextWith(description: string, change: Change): Promise<GateContext> {
  const pact = JSON.parse(committed) as { interactions: Changeable[] };
  const interaction = pact.interactions.find((candidate) => candidate.description === description);
  if (interaction === undefined) {
    throw new Error(`The pact has no interaction "${description}".`);
  }
  change(interaction);
  const file = join(makeTemporaryFolder(), 'pact.json');
  writeFileSync(file, JSON.stringify(pact, null, 2));
  const { spec } = await committedSpec;
  const { document } = readPact(file);
  if (spec === undefined || document === undefined) {
    throw new Error('The spec or the pact cannot be read.');
  }
  return openTestContext({ project, spec, pacts: [document] });
}
