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
 * read each mutant as a pact of its own. A mutant is found if a gate reports an error that it does not report of the
 * original.
 */
export async function testPactMutants(
  mutants: readonly Mutant[],
  options: PactMutantOptions,
): Promise<MutantResult[]> {
  const findings = await checkTogether(mutants, options);
  const known = new Set(await listGaps(options.pact, options));
  const results: MutantResult[] = [];
  for (const [index, mutant] of mutants.entries()) {
    const killedBy = [...(await checkAlone(mutant.make(), known, options)), ...(findings.get(index) ?? [])];
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
  // The other interactions are those of the original.
  const placeOf = ({ keys: [, at] }: Mutant): number => Number(at ?? 0);
  const changed = mutants.map((mutant, index) => {
    const isDropped = mutant.keys[1] === undefined;
    const interactions = isDropped ? originals : (mutant.make().interactions as JsonObject[]);
    return { ...interactions[placeOf(mutant)], description: `mutant ${index}` };
  });
  const file = join(folder, 'mutants.json');
  writeFileSync(file, JSON.stringify({ ...pact, interactions: [...changed, ...originals] }));
  await using context = openContext({ spec, pacts: [open(file)] });
  const killedBy = new Map<number, string[]>();
  for (const gate of interactionGates) {
    const found = Map.groupBy(listErrors(await gate.run(context), project), indexOf);
    for (const [index, mutant] of mutants.entries()) {
      const known = new Set(found.get(changed.length + placeOf(mutant))?.map(describeFinding));
      if (found.get(index)?.some((finding) => !known.has(describeFinding(finding)))) {
        killedBy.set(index, [...(killedBy.get(index) ?? []), gate.name]);
      }
    }
  }
  return killedBy;
}

// As in a check: what is a warning lets a mutant live.

function indexOf({ at }: Finding): number {
  return Number(/^#\/interactions\/(\d+)/.exec(at.pointer ?? '')?.[1]);
}

// Without the description, which a mutant does not share with its original.
function describeFinding({ code, message }: Finding): string {
  return `${code} ${message.replace(/^"(?:mutant \d+|.*?)":? /s, '')}`;
}

async function listGaps(
  changed: JsonObject,
  { project, spec, folder }: PactMutantOptions,
): Promise<string[]> {
  const file = join(folder, 'mutant.json');
  writeFileSync(file, JSON.stringify(changed, null, 2));
  const findings = await pactCoverage.run({ spec, pacts: [open(file)], mock: refuseMock });
  return listErrors(findings, project).map(({ code, message }) => `${code} ${message}`);
}

function listErrors(findings: readonly Finding[], project: Project): Finding[] {
  return findings
    .flatMap((finding) => rateSeverity(finding, project) ?? [])
    .filter(({ severity }) => severity === 'error');
}

// The consumer tests write the original again, even if the file was changed.
async function checkAlone(
  changed: JsonObject,
  known: ReadonlySet<string>,
  options: PactMutantOptions,
): Promise<string[]> {
  const gaps = await listGaps(changed, options);
  const file = join(options.folder, 'mutant.json');
  const command = options.project.formatCommand('contract');
  return [
    ...(comparePact(JSON.stringify(options.pact, null, 2), file, command).length > 0 ? [pactFresh.name] : []),
    ...(gaps.some((gap) => !known.has(gap)) ? [pactCoverage.name] : []),
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
