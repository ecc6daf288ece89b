import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pactAgainstMock, pactAgainstSpec, pactCoverage, pactFresh, pactRules } from '../check/gates.ts';
import { rateSeverity } from '../check/ratings.ts';
import { openContext } from '../check/run.ts';
import { SetupError } from '../cli/command.ts';
import type { Project } from '../cli/config.ts';
import type { Finding } from '../cli/finding.ts';
import { comparePact } from '../contract/run.ts';
import type { Spec } from '../openapi/read-spec.ts';
import { type PactDocument, readPact } from '../pact/read-pact.ts';
import type { MutantResult } from './mutants.ts';
import type { JsonObject, Mutant } from './operators/mutant.ts';

/** What mutants of a pact are tested with. */
export interface PactMutantOptions {
  project: Project;
  spec: Spec;
  /** The original, as the consumer tests write it. */
  pact: JsonObject;
  /** A folder for the documents. */
  folder: string;
  onResult: () => void;
}

/** The gates that check an interaction by itself, apart from the rest of the pact. */
const interactionGates = [pactAgainstSpec, pactRules, pactAgainstMock];

/**
 * Runs the gates on every mutant of a pact; spec and client stay as they are.
 *
 * Changed interactions are put into one pact, which the gates that check each by itself read once; the others
 * read each mutant as a pact of its own.
 *
 * @throws {SetupError} when the gates find something in the original, so that they prove nothing
 */
export async function testPactMutants(
  mutants: readonly Mutant[],
  options: PactMutantOptions,
): Promise<MutantResult[]> {
  const findings = await checkTogether(mutants, options);
  const results: MutantResult[] = [];
  for (const [index, mutant] of mutants.entries()) {
    const killedBy = [...(await checkAlone(mutant.make(), options)), ...(findings.get(index) ?? [])];
    results.push({ mutant, killedBy });
    options.onResult();
  }
  return results;
}

async function checkTogether(
  mutants: readonly Mutant[],
  { project, spec, pact, folder }: PactMutantOptions,
): Promise<Map<number, string[]>> {
  const originals = pact.interactions as JsonObject[];
  const changed = mutants.map((mutant, index) => {
    const [, at] = mutant.keys;
    // What is left after an interaction is dropped is the original's, in which these gates find nothing.
    const interaction =
      at === undefined ? originals[0] : (mutant.make().interactions as JsonObject[])[Number(at)];
    return { ...interaction, description: `mutant ${index}` };
  });
  const interactions = [...changed, ...originals];
  const file = join(folder, 'mutants.json');
  writeFileSync(file, JSON.stringify({ ...pact, interactions }));
  await using context = openContext({ spec, pacts: [open(file)] });
  const killedBy = new Map<number, string[]>();
  for (const gate of interactionGates) {
    for (const index of new Set(listErrors(await gate.run(context), project).map(indexOf))) {
      killedBy.set(index, [...(killedBy.get(index) ?? []), gate.name]);
    }
  }
  refuseUncleanOriginal(
    [...killedBy.keys()].filter((index) => index >= changed.length),
    project,
  );
  return killedBy;
}

// As in a check: what is a warning lets a mutant live.
function listErrors(findings: readonly Finding[], project: Project): Finding[] {
  return findings
    .flatMap((finding) => rateSeverity(finding, project) ?? [])
    .filter(({ severity }) => severity === 'error');
}

function indexOf({ at }: Finding): number {
  return Number(/^#\/interactions\/(\d+)/.exec(at.pointer ?? '')?.[1]);
}

function refuseUncleanOriginal(found: readonly number[], project: Project): void {
  if (found.length > 0) {
    const command = project.formatCommand('check');
    throw new SetupError(
      `Cannot test the gates: the original pact has findings. Run ${command} and fix them first.`,
    );
  }
}

// The consumer tests write the original, whatever became of the file.
async function checkAlone(
  changed: JsonObject,
  { project, spec, pact, folder }: PactMutantOptions,
): Promise<string[]> {
  const file = join(folder, 'mutant.json');
  writeFileSync(file, JSON.stringify(changed, null, 2));
  const found = await pactCoverage.run({ spec, pacts: [open(file)], mock: refuseMock });
  const gaps = listErrors(found, project);
  return [
    ...(comparePact(JSON.stringify(pact, null, 2), file, project.formatCommand('contract')).length > 0
      ? [pactFresh.name]
      : []),
    ...(gaps.length > 0 ? [pactCoverage.name] : []),
  ];
}

function open(file: string): PactDocument {
  const { document } = readPact(file);
  if (document === undefined) {
    throw new SetupError(`The mutant in ${file} is not a pact.`);
  }
  return document;
}

function refuseMock(): never {
  throw new Error('This gate uses no mock.');
}
