import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pactAgainstMock, pactAgainstSpec, pactCoverage, pactFresh, pactRules } from '../check/gates.ts';
import { openContext } from '../check/open-context.ts';
import { SetupError } from '../command.ts';
import { comparePact } from '../contract/check-pact.ts';
import type { Finding } from '../finding.ts';
import { type PactDocument, readPact } from '../pact/read-pact.ts';
import type { Spec } from '../spec/read-spec.ts';
import { findEquivalence } from './equivalence.ts';
import type { JsonObject, Mutant } from './mutant.ts';
import type { Verdict } from './verdict.ts';

/** What mutants of a pact are judged with. */
export interface PactBench {
  spec: Spec;
  /** The original, as the consumer tests write it. */
  pact: JsonObject;
  /** A folder for the documents. */
  folder: string;
  onVerdict: () => void;
}

/** The gates that judge an interaction by itself, whatever else is in the pact. */
const interactionGates = [pactAgainstSpec, pactRules, pactAgainstMock];

/**
 * Runs the gates on every mutant of a pact; spec and client stay as they are.
 *
 * Changed interactions are put into one pact, which the gates that judge each by itself see once; the others see
 * each mutant as a pact of its own.
 *
 * @throws {SetupError} when the gates find something in the original, so that they prove nothing
 */
export async function judgePactMutants(mutants: readonly Mutant[], bench: PactBench): Promise<Verdict[]> {
  const killers = await findKillersAtOnce(mutants, bench);
  const verdicts: Verdict[] = [];
  for (const [index, mutant] of mutants.entries()) {
    const changed = mutant.make();
    const equivalence = findEquivalence(bench.pact, changed);
    verdicts.push({
      mutant,
      killers: [...(await findOwnKillers(changed, bench)), ...(killers.get(index) ?? [])],
      ...(equivalence === undefined ? {} : { equivalence }),
    });
    bench.onVerdict();
  }
  return verdicts;
}

async function findKillersAtOnce(
  mutants: readonly Mutant[],
  bench: PactBench,
): Promise<Map<number, string[]>> {
  const originals = bench.pact.interactions as JsonObject[];
  const changed = mutants.map((mutant, index) => {
    const [, at] = mutant.keys;
    // What is left after an interaction is dropped is the original's, in which these gates find nothing.
    const interaction =
      at === undefined ? originals[0] : (mutant.make().interactions as JsonObject[])[Number(at)];
    return { ...interaction, description: `mutant ${index}` };
  });
  const interactions = [...changed, ...originals];
  const file = join(bench.folder, 'mutants.json');
  writeFileSync(file, JSON.stringify({ ...bench.pact, interactions }));
  await using context = openContext({ spec: bench.spec, pacts: [open(file)] });
  const killers = new Map<number, string[]>();
  for (const gate of interactionGates) {
    for (const index of new Set((await gate.run(context)).map(indexOf))) {
      killers.set(index, [...(killers.get(index) ?? []), gate.name]);
    }
  }
  refuseUncleanOriginal([...killers.keys()].filter((index) => index >= changed.length));
  return killers;
}

function indexOf({ at }: Finding): number {
  return Number(/^#\/interactions\/(\d+)/.exec(at.pointer ?? '')?.[1]);
}

function refuseUncleanOriginal(found: readonly number[]): void {
  if (found.length > 0) {
    throw new SetupError('The gates find something in the original pact. Mend it first: npm run check.');
  }
}

// The consumer tests write the original, whatever became of the file.
async function findOwnKillers(changed: JsonObject, { spec, pact, folder }: PactBench): Promise<string[]> {
  const file = join(folder, 'mutant.json');
  writeFileSync(file, JSON.stringify(changed, null, 2));
  const gaps = await pactCoverage.run({ spec, pacts: [open(file)], mock: refuseMock });
  return [
    ...(comparePact(JSON.stringify(pact, null, 2), file).length > 0 ? [pactFresh.name] : []),
    ...(gaps.length > 0 ? [pactCoverage.name] : []),
  ];
}

function open(file: string): PactDocument {
  const { document } = readPact(file);
  if (document === undefined) {
    throw new SetupError(`The mutant in ${file} is no pact.`);
  }
  return document;
}

function refuseMock(): never {
  throw new Error('This gate uses no mock.');
}
