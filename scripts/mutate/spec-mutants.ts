import { copyFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Gate } from '../check/gates/gate.ts';
import { generatedFresh, listGates, pactAgainstMock, pactFresh, specVersion, types } from '../check/gates.ts';
import { verifyOnMock } from '../check/pact-on-mock/verify.ts';
import { openContext, runGates } from '../check/run.ts';
import { SetupError } from '../cli/command.ts';
import type { Project } from '../cli/config.ts';
import { checkGenerated } from '../generate/check.ts';
import { writeGenerated } from '../generate/write.ts';
import { diffSpecs } from '../openapi/diff.ts';
import { readSpec, type Spec } from '../openapi/read-spec.ts';
import type { PactDocument } from '../pact/read-pact.ts';
import { openVerifier, type Verifier } from '../pact/verifier/verifier.ts';
import { isSurvivor, type MutantResult } from './mutants.ts';
import type { Mutant } from './operators/mutant.ts';
import { nameMutant } from './report.ts';

// They look at sources, at the client and its tests, or at an earlier spec. So do own gates whose subject is the source.
const otherGates: readonly Gate[] = [specVersion, types, pactFresh];

/** What mutants of a spec are tested with. */
export interface SpecMutantOptions {
  project: Project;
  spec: Spec;
  pacts: readonly PactDocument[];
  /** A folder for the documents. */
  folder: string;
  onResult: (result: MutantResult) => void;
}

/** How the spec is checked that is in a file now. */
interface SpecCheck {
  project: Project;
  specFile: string;
  gates: readonly Gate[];
  pacts: readonly PactDocument[];
}

/**
 * Runs the gates on every mutant of a spec; the pact, the client and the generated code stay those of the original.
 *
 * @throws {SetupError} when the gates find something in the original, so that they prove nothing
 */
export async function testSpecMutants(
  mutants: readonly Mutant[],
  { project, spec, pacts, folder, onResult }: SpecMutantOptions,
): Promise<void> {
  await using verifier = openVerifier();
  const check = { ...(await prepare(project, spec, folder, verifier)), project, pacts };
  const { killedBy } = await checkDocument(spec.document, check);
  if (killedBy.length > 0) {
    throw new SetupError(
      `Cannot test the gates: the original spec has findings of ${killedBy.join(', ')}. ` +
        `Run ${project.formatCommand('check')} and fix them first.`,
    );
  }
  for (const mutant of mutants) {
    onResult(await testMutant(mutant, spec, check));
  }
}

// The generated code and the workflows of the original lie beside the mutant, as they do in the repository.
async function prepare(
  project: Project,
  { file, document }: Spec,
  folder: string,
  verifier: Verifier,
): Promise<Pick<SpecCheck, 'specFile' | 'gates'>> {
  const specFile = join(folder, basename(file));
  const outDir = join(folder, 'generated');
  for (const name of project.config.lint?.beside ?? []) {
    copyFileSync(join(dirname(file), name), join(folder, name));
  }
  writeFileSync(specFile, JSON.stringify(document));
  await writeGenerated({ specFile, outDir });
  const runs = new Map<Gate, Gate['run']>([
    [generatedFresh, () => checkGenerated({ specFile, outDir })],
    [pactAgainstMock, (context) => verifyOnMock(context, verifier)],
  ]);
  const own = listGates(project).filter((gate) => !otherGates.includes(gate) && gate.subject !== 'source');
  return { specFile, gates: own.map((gate) => ({ ...gate, run: runs.get(gate) ?? gate.run })) };
}

async function testMutant(mutant: Mutant, original: Spec, check: SpecCheck): Promise<MutantResult> {
  const { killedBy, spec } = await checkDocument(mutant.make(), check).catch((cause: unknown) => {
    throw new Error(`A gate broke down on the mutant ${nameMutant(mutant)}.`, { cause });
  });
  return spec !== undefined && isSurvivor({ killedBy })
    ? { mutant, killedBy, isBreaking: await isBreaking(original, spec) }
    : { mutant, killedBy };
}

async function checkDocument(
  document: object,
  check: SpecCheck,
): Promise<{ killedBy: string[]; spec?: Spec }> {
  // JSON is YAML, too.
  writeFileSync(check.specFile, JSON.stringify(document));
  const { spec } = await readSpec(check.specFile);
  return spec === undefined ? { killedBy: ['read'] } : { killedBy: await listFailedGates(check, spec), spec };
}

async function listFailedGates({ project, gates, pacts }: SpecCheck, spec: Spec): Promise<string[]> {
  await using context = openContext({ project, spec, pacts });
  const results = await runGates(gates, context);
  const broken = results.find(({ verdict }) => verdict === 'broken');
  if (broken !== undefined) {
    throw new Error(broken.problem);
  }
  return results.flatMap(({ gate, verdict }) => (verdict === 'failed' ? [gate.name] : []));
}

async function isBreaking(base: Spec, spec: Spec): Promise<boolean> {
  const { changes } = await diffSpecs(base, spec);
  return changes.some(({ impact }) => impact === 'major');
}
