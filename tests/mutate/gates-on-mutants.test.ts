import { describe, expect, it } from 'vitest';
import {
  listPactMutants,
  listSpecMutants,
  type MutantResult,
  readOriginals,
} from '../../scripts/mutate/mutants.ts';
import type { JsonObject, Mutant } from '../../scripts/mutate/operators/mutant.ts';
import { testPactMutants } from '../../scripts/mutate/pact-mutants.ts';
import { testSpecMutants } from '../../scripts/mutate/spec-mutants.ts';
import { project } from '../own-project.ts';
import { makeTemporaryFolder } from '../temporary-folder.ts';

const originals = await readOriginals(project);
const unchanged = (document: Mutant['document'], original: JsonObject): Mutant => ({
  document,
  operator: 'none',
  detail: '',
  original,
  keys: document === 'pact' ? ['interactions', '0'] : [],
  make: () => structuredClone(original),
});

describe('testSpecMutants', () => {
  const test = async (mutants: Mutant[], spec = originals.spec): Promise<MutantResult[]> => {
    const results: MutantResult[] = [];
    const onResult = (result: MutantResult) => results.push(result);
    await testSpecMutants(mutants, {
      project,
      spec,
      pacts: [originals.pact],
      folder: makeTemporaryFolder(),
      onResult,
    });
    return results;
  };

  it('names the gates that find a mutant, and none for an unchanged spec', async () => {
    const all = listSpecMutants(originals.document);
    const rename = all.find(
      ({ operator, detail }) => operator === 'rename a property' && detail.startsWith('jwt'),
    );
    const [renamed, same] = await test([rename ?? expect.fail(), unchanged('spec', originals.document)]);
    expect(renamed?.killedBy).toEqual(expect.arrayContaining(['spec-lint', 'generated-fresh', 'pact-rules']));
    expect(same).toMatchObject({ killedBy: [] });
  }, 60_000);

  it('counts what a gate finds in the original for no mutant, and what is new for one', async () => {
    const document = structuredClone(originals.spec.document);
    Reflect.deleteProperty(document.paths ?? {}, '/login');
    const unclean = document as unknown as JsonObject;
    const drop = listSpecMutants(unclean).find(({ operator }) => operator === 'drop an operation');
    const [same, dropped] = await test([unchanged('spec', unclean), drop ?? expect.fail()], {
      ...originals.spec,
      document,
    });
    expect(same).toMatchObject({ killedBy: [] });
    expect(dropped?.killedBy).toContain('pact-against-spec');
  }, 60_000);
});

describe('testPactMutants', () => {
  const test = (mutants: Mutant[], pact = originals.pactDocument): Promise<MutantResult[]> =>
    testPactMutants(mutants, {
      project,
      spec: originals.spec,
      pact,
      folder: makeTemporaryFolder(),
      onResult: () => {},
    });
  const all = listPactMutants(originals.pactDocument);

  it('names the gates that find each mutant, and none for an unchanged pact', async () => {
    const pick = (operator: string): Mutant =>
      all.find((mutant) => mutant.operator === operator) ?? expect.fail();
    const results = await test([
      pick('change a status'),
      unchanged('pact', originals.pactDocument),
      pick('drop an interaction'),
    ]);
    expect(results.map(({ killedBy }) => killedBy.toSorted())).toEqual([
      ['pact-against-mock', 'pact-against-spec', 'pact-fresh'],
      [],
      expect.arrayContaining(['pact-fresh']),
    ]);
  }, 60_000);

  it('counts what a gate finds in the original for no mutant, and what is new for one', async () => {
    const unclean = all.find(({ operator }) => operator === 'change a status')?.make() ?? expect.fail();
    const drop = listPactMutants(unclean).find(({ operator }) => operator === 'change a path');
    const [same, changed] = await test([unchanged('pact', unclean), drop ?? expect.fail()], unclean);
    expect(same).toMatchObject({ killedBy: [] });
    expect(changed?.killedBy).toContain('pact-against-spec');
  }, 60_000);
});
