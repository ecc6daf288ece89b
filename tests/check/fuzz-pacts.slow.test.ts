import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Gate } from '../../scripts/check/gates/gate.ts';
import { pactAgainstMock, pactAgainstSpec, pactCoverage, pactRules } from '../../scripts/check/gates.ts';
import { runGates } from '../../scripts/check/run.ts';
import { readSpec } from '../../scripts/openapi/read-spec.ts';
import { readPact } from '../../scripts/pact/read-pact.ts';
import { specFile } from '../own-project.ts';
import { makeTemporaryFolder } from '../temporary-folder.ts';
import { createRandom, mutatePact } from './mutate-pact.ts';
import { openTestContext } from './open-test-context.ts';
import { readPactOfVersion } from './pact-of-version.ts';

const count = Number(process.env.FUZZ_PACTS ?? 300);
const bases = ([2, 3, 4] as const).map(readPactOfVersion);

// Any other reason why an interaction could not be checked is a defect of a gate.
const isOfPact = /no HTTP message can carry|the check did not end within|the spec has no operation for/;

/** Checks changed pacts, and gives what broke down: none, whatever is in a pact. */
async function listBreakdowns(seeds: Iterable<number>, gates: readonly Gate[]): Promise<object[]> {
  const { spec } = await readSpec(specFile);
  const file = join(makeTemporaryFolder(), 'pact.json');
  const breakdowns: object[] = [];
  for (const seed of seeds) {
    writeFileSync(file, JSON.stringify(mutatePact(bases[seed % bases.length] ?? null, createRandom(seed))));
    const { document, findings } = readPact(file);
    if (document === undefined || spec === undefined) {
      expect(findings).toMatchObject([{ code: 'pact.unreadable', at: { file } }]);
      continue;
    }
    const results = await runGates(gates, openTestContext({ spec, pacts: [document] }), { concurrency: 1 });
    for (const { gate, problem, findings: found } of results) {
      breakdowns.push(
        ...(problem === undefined ? [] : [{ seed, gate: gate.name, problem }]),
        ...found.filter(({ code, message }) => code === 'pact.unchecked' && !isOfPact.test(message)),
      );
    }
  }
  return breakdowns;
}

const seeds = (from: number, length: number): number[] => Array.from({ length }, (_, index) => from + index);

it('finds something in a pact of any kind, or nothing, and never breaks down', async () => {
  expect(await listBreakdowns(seeds(0, count), [pactAgainstSpec, pactRules, pactCoverage])).toEqual([]);
}, 600_000);

it('replays what it can of a pact of any kind, and never breaks down', async () => {
  expect(await listBreakdowns(seeds(1_000_000, count / 20), [pactAgainstMock])).toEqual([]);
}, 600_000);

it.each([2, 3, 4] as const)('begins with a pact of version %i that is clean', async (version) => {
  const { spec } = await readSpec(specFile);
  const file = join(makeTemporaryFolder(), 'pact.json');
  writeFileSync(file, JSON.stringify(readPactOfVersion(version)));
  const { document, findings } = readPact(file);
  expect(findings).toEqual([]);
  if (spec !== undefined && document !== undefined) {
    const context = openTestContext({ spec, pacts: [document] });
    for (const gate of [pactAgainstSpec, pactRules, pactAgainstMock]) {
      expect(await gate.run(context)).toEqual([]);
    }
  }
});
