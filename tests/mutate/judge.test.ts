import { describe, expect, it } from 'vitest';
import { SetupError } from '../../scripts/command.ts';
import { judgePactMutants } from '../../scripts/mutate/judge-pact-mutants.ts';
import { judgeSpecMutants } from '../../scripts/mutate/judge-spec-mutants.ts';
import { listPactMutants, listSpecMutants } from '../../scripts/mutate/list-mutants.ts';
import type { JsonObject, Mutant } from '../../scripts/mutate/mutant.ts';
import { readOriginals } from '../../scripts/mutate/read-originals.ts';
import type { Verdict } from '../../scripts/mutate/verdict.ts';
import { makeTemporaryFolder } from '../temporary-folder.ts';

const originals = await readOriginals();
const unchanged = (document: Mutant['document'], original: JsonObject): Mutant => ({
  document,
  operator: 'none',
  detail: '',
  original,
  keys: document === 'pact' ? ['interactions', '0'] : [],
  make: () => structuredClone(original),
});

describe('judgeSpecMutants', () => {
  const judge = async (mutants: Mutant[], spec = originals.spec): Promise<Verdict[]> => {
    const verdicts: Verdict[] = [];
    const onVerdict = (verdict: Verdict) => verdicts.push(verdict);
    await judgeSpecMutants(mutants, {
      spec,
      pacts: [originals.pact],
      folder: makeTemporaryFolder(),
      onVerdict,
    });
    return verdicts;
  };

  it('names the gates that find a mutant, and knows an unchanged spec', async () => {
    const all = listSpecMutants(originals.document);
    const rename = all.find(
      ({ operator, detail }) => operator === 'rename a property' && detail.startsWith('jwt'),
    );
    const [renamed, same] = await judge([rename ?? expect.fail(), unchanged('spec', originals.document)]);
    expect(renamed?.killers).toEqual(expect.arrayContaining(['spec-lint', 'generated-fresh', 'pact-rules']));
    expect(renamed).not.toHaveProperty('equivalence');
    expect(same).toMatchObject({ killers: [], equivalence: expect.any(String) });
  }, 60_000);

  it('proves nothing with an original that has findings', async () => {
    const document = structuredClone(originals.spec.document);
    Reflect.deleteProperty(document.paths ?? {}, '/login');
    await expect(judge([], { ...originals.spec, document })).rejects.toThrow(SetupError);
  }, 60_000);
});

describe('judgePactMutants', () => {
  const judge = (mutants: Mutant[], pact = originals.pactDocument): Promise<Verdict[]> =>
    judgePactMutants(mutants, {
      spec: originals.spec,
      pact,
      folder: makeTemporaryFolder(),
      onVerdict: () => {},
    });
  const all = listPactMutants(originals.pactDocument);

  it('names the gates that find each mutant, and knows an unchanged pact', async () => {
    const pick = (operator: string): Mutant =>
      all.find((mutant) => mutant.operator === operator) ?? expect.fail();
    const verdicts = await judge([
      pick('change a status'),
      unchanged('pact', originals.pactDocument),
      pick('drop an interaction'),
    ]);
    expect(verdicts.map(({ killers }) => killers.toSorted())).toEqual([
      ['pact-against-mock', 'pact-against-spec', 'pact-fresh'],
      [],
      expect.arrayContaining(['pact-fresh']),
    ]);
    expect(verdicts[1]?.equivalence).toEqual(expect.any(String));
  }, 60_000);

  it('proves nothing with an original that has findings', async () => {
    const pact = all.find(({ operator }) => operator === 'change a status')?.make() ?? expect.fail();
    await expect(judge([], pact)).rejects.toThrow('The gates find something in the original pact.');
  }, 60_000);
});
