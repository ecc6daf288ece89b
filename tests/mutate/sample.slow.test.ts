import { expect, it } from 'vitest';
import {
  isSurvivor,
  listPactMutants,
  listSpecMutants,
  type MutantResult,
  readOriginals,
} from '../../scripts/mutate/mutants.ts';
import type { Mutant } from '../../scripts/mutate/operators/mutant.ts';
import { testPactMutants } from '../../scripts/mutate/pact-mutants.ts';
import { nameMutant } from '../../scripts/mutate/report.ts';
import { testSpecMutants } from '../../scripts/mutate/spec-mutants.ts';
import { project } from '../own-project.ts';
import { makeTemporaryFolder } from '../temporary-folder.ts';

const { spec, document, pact, pactDocument } = await readOriginals(project);

/** Takes the first of each operator's mutants. */
function sample(mutants: readonly Mutant[]): Mutant[] {
  return [...new Map(mutants.toReversed().map((mutant) => [mutant.operator, mutant])).values()];
}

const listSurvivors = (results: readonly MutantResult[]): string[] =>
  results.filter(isSurvivor).map(({ mutant }) => nameMutant(mutant));

it('finds a mutant of the spec of each operator', async () => {
  const mutants = sample(listSpecMutants(document));
  const results: MutantResult[] = [];
  await testSpecMutants(mutants, {
    project,
    spec,
    pacts: [pact],
    folder: makeTemporaryFolder(),
    onResult: (result) => results.push(result),
  });
  expect(results).toHaveLength(mutants.length);
  expect(listSurvivors(results)).toEqual([]);
}, 300_000);

it('finds a mutant of the pact of each operator', async () => {
  const results = await testPactMutants(sample(listPactMutants(pactDocument)), {
    project,
    spec,
    pact: pactDocument,
    folder: makeTemporaryFolder(),
    onResult: () => {},
  });
  expect(listSurvivors(results)).toEqual([]);
}, 300_000);
