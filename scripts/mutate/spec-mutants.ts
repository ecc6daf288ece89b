import { copyFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Gate, GateResult } from '../check/gates/gate.ts';
import { generatedFresh, listGates, pactAgainstMock, pactFresh, specVersion, types } from '../check/gates.ts';
import { verifyOnMock } from '../check/pact-on-mock/verify.ts';
import { openContext, runGates } from '../check/run.ts';
import { SetupError } from '../cli/command.ts';
import type { Project } from '../cli/config.ts';
import type { Finding } from '../cli/finding.ts';
import { checkGenerated } from '../generate/files.ts';
import { writeGenerated } from '../generate/write.ts';
import { diffSpecs } from '../openapi/diff.ts';
import { readSpec, type Spec } from '../openapi/read-spec.ts';
import type { PactDocument } from '../pact/read-pact.ts';
import { openVerifier, type Verifier } from '../pact/verifier/verifier.ts';
import { isSurvivor, type MutantResult } from './mutants.ts';
import type { Mutant } from './operators/mutant.ts';

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
  /** The findings of the gates in the original. They do not kill a mutant. */
  known: ReadonlySet<string>;
}

/**
 * Runs the gates on every mutant of a spec; the pact, the client and the generated code stay those of the original. A
 * mutant is found if a gate reports an error that it does not report of the original.
 *
 * @throws {SetupError} when a gate cannot run on the original
 */
export async function testSpecMutants(
  mutants: readonly Mutant[],
  { project, spec, pacts, folder, onResult }: SpecMutantOptions,
): Promise<void> {
  await using verifier = openVerifier();
  const check = {
    ...(await prepare(project, spec, folder, verifier)),
    project,
    pacts,
    known: new Set<string>(),
  };
  const { spec: original } = await readDocument(spec.document, check);
  const results = original === undefined ? [] : await runAll(original, check);
  const broken = results.find(({ verdict }) => verdict === 'broken');
  if (original === undefined || broken !== undefined) {
    const command = project.formatCommand('check');
    throw new SetupError(
      `Cannot test the gates: ${broken?.gate.name ?? 'reading'} does not run on the original spec. ${broken?.problem ?? ''} Run ${command} and fix it first.`,
    );
  }
  const known = new Set(
    results.flatMap(({ gate, findings }) => findings.map((finding) => nameFinding(gate, finding))),
  );
  for (const mutant of mutants) {
    onResult(await testMutant(mutant, spec, { ...check, known }));
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
  const { spec } = await readDocument(mutant.make(), check);
  if (spec === undefined) {
    return { mutant, killedBy: ['read'] };
  }
  const { killedBy, warnedBy } = await listKillers(spec, check);
  return isSurvivor({ killedBy })
    ? { mutant, killedBy, warnedBy, isBreaking: await isBreaking(original, spec) }
    : { mutant, killedBy };
}

function readDocument(document: object, { specFile }: SpecCheck): ReturnType<typeof readSpec> {
  // JSON is YAML, too.
  writeFileSync(specFile, JSON.stringify(document));
  return readSpec(specFile);
}

async function runAll(spec: Spec, { project, gates, pacts }: SpecCheck): Promise<GateResult[]> {
  await using context = openContext({ project, spec, pacts });
  // Awaited here, since the mock of the context ends with this function.
  return await runGates(gates, context);
}

// The places of a document that is written anew say nothing.
function nameFinding({ name }: Gate, { code, severity, message }: Finding): string {
  return `${name} ${severity} ${code} ${message}`;
}

// A gate that breaks down fails a check, too.
async function listKillers(
  spec: Spec,
  check: SpecCheck,
): Promise<{ killedBy: string[]; warnedBy: string[] }> {
  const results = await runAll(spec, check);
  const fresh = results.map(({ gate, verdict, findings }) => ({
    gate,
    isBroken: verdict === 'broken',
    findings: findings.filter((finding) => !check.known.has(nameFinding(gate, finding))),
  }));
  const killers = fresh.filter(({ isBroken, findings }) => isBroken || findings.some(isError));
  return {
    killedBy: killers.map(({ gate, isBroken }) => (isBroken ? `${gate.name} (broken)` : gate.name)),
    warnedBy: fresh.filter(({ findings }) => findings.length > 0).map(({ gate }) => gate.name),
  };
}

function isError({ severity }: Finding): boolean {
  return severity === 'error';
}

async function isBreaking(base: Spec, spec: Spec): Promise<boolean> {
  const { changes } = await diffSpecs(base, spec);
  return changes.some(({ impact }) => impact === 'major');
}
