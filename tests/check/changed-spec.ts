import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { GateContext } from '../../scripts/check/gates/gate.ts';
import { readSpec } from '../../scripts/openapi/read-spec.ts';
import { readPact } from '../../scripts/pact/read-pact.ts';
import { project } from '../own-project.ts';
import { makeTemporaryFolder } from '../temporary-folder.ts';
import { openTestContext } from './open-test-context.ts';

const source = readFileSync('openapi/nexudus-auth.yaml', 'utf8');

/** What gates are run with: the committed pact, and a copy of the spec, with one passage replaced if given. */
export async function contextWithSpec(found = '', replacement = ''): Promise<GateContext> {
  expect(source).toContain(found);
  const file = join(makeTemporaryFolder(), 'spec.yaml');
  writeFileSync(file, source.replace(found, replacement));
  const { spec } = await readSpec(file);
  const { document: pact } = readPact('contracts/pacts/nexudus-portal-nexudus-api.json');
  return spec === undefined || pact === undefined
    ? expect.fail('the changed spec cannot be read')
    : openTestContext({ project, spec, pacts: [pact] });
}
