import { copyFileSync, existsSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Gate } from '../check/gate.ts';
import {
  gates,
  generatedFresh,
  pactAgainstMock,
  pactFresh,
  sourceLint,
  specVersion,
  types,
} from '../check/gates.ts';
import { openContext } from '../check/open-context.ts';
import { runGates } from '../check/run-gates.ts';
import { SetupError } from '../command.ts';
import { checkGenerated } from '../generate/check-generated.ts';
import { writeGenerated } from '../generate/write-generated.ts';
import type { PactDocument } from '../pact/read-pact.ts';
import { diffSpecs } from '../spec/diff-specs.ts';
import { readSpec, type Spec } from '../spec/read-spec.ts';
import { toPointer } from '../spec/to-pointer.ts';
import { verifyOnMock } from '../verify/mock/verify-on-mock.ts';
import { openVerifier, type Verifier } from '../verify/verifier/open-verifier.ts';
import { findEquivalence } from './equivalence.ts';
import type { JsonObject, Mutant } from './mutant.ts';
import { isSurvivor, type Verdict } from './verdict.ts';

// Those that look at the spec; the others look at sources, or at the client and its tests.
const otherGates: readonly Gate[] = [specVersion, types, pactFresh, sourceLint];

/** What mutants of a spec are judged with. */
export interface SpecBench {
  spec: Spec;
  pacts: readonly PactDocument[];
  /** A folder for the documents. */
  folder: string;
  onVerdict: (verdict: Verdict) => void;
}

/** A place where one mutant at a time is written and judged. */
interface Slot {
  specFile: string;
  gates: readonly Gate[];
}

/**
 * Runs the gates on every mutant of a spec; the pact, the client and the generated code stay those of the original.
 *
 * @throws {SetupError} when the gates find something in the original, so that they prove nothing
 */
export async function judgeSpecMutants(mutants: readonly Mutant[], bench: SpecBench): Promise<void> {
  await using verifier = openVerifier();
  const slot = await openSlot(bench, verifier);
  await refuseUncleanOriginal(bench, slot);
  for (const mutant of mutants) {
    bench.onVerdict(await judge(mutant, bench, slot));
  }
}

// The generated code and the workflows of the original lie beside the mutant, as they do in the repository.
async function openSlot(bench: SpecBench, verifier: Verifier): Promise<Slot> {
  const specFile = join(bench.folder, basename(bench.spec.file));
  const outDir = join(bench.folder, 'generated');
  const workflows = bench.spec.file.replace(/\.ya?ml$/, '.arazzo.yaml');
  if (existsSync(workflows)) {
    copyFileSync(workflows, join(bench.folder, basename(workflows)));
  }
  writeFileSync(specFile, JSON.stringify(bench.spec.document));
  await writeGenerated({ specFile, outDir });
  const runs = new Map<Gate, Gate['run']>([
    [generatedFresh, () => checkGenerated({ specFile, outDir })],
    [pactAgainstMock, (context) => verifyOnMock(context, verifier)],
  ]);
  const judging = gates.filter((gate) => !otherGates.includes(gate));
  return { specFile, gates: judging.map((gate) => ({ ...gate, run: runs.get(gate) ?? gate.run })) };
}

async function refuseUncleanOriginal(bench: SpecBench, slot: Slot): Promise<void> {
  const original = bench.spec.document as unknown as JsonObject;
  const unchanged: Mutant = {
    document: 'spec',
    operator: 'none',
    detail: '',
    original,
    keys: [],
    make: () => original,
  };
  const { killers } = await judge(unchanged, bench, slot);
  if (killers.length > 0) {
    throw new SetupError(
      `The original has findings of ${killers.join(', ')}. Mend them first: npm run check.`,
    );
  }
}

async function judge(mutant: Mutant, bench: SpecBench, slot: Slot): Promise<Verdict> {
  const document = mutant.make();
  // JSON is YAML, too.
  writeFileSync(slot.specFile, JSON.stringify(document));
  const { spec } = await readSpec(slot.specFile);
  if (spec === undefined) {
    return { mutant, killers: ['read'] };
  }
  const killers = await findKillers(slot.gates, spec, bench.pacts).catch((cause: unknown) => {
    const name = `${mutant.operator} (${mutant.detail}) at ${toPointer(mutant.keys)}`;
    throw new Error(`A gate broke down on the mutant ${name}.`, { cause });
  });
  const equivalence = findEquivalence(bench.spec.document as unknown as JsonObject, document);
  const verdict = { mutant, killers, ...(equivalence === undefined ? {} : { equivalence }) };
  return isSurvivor(verdict) ? { ...verdict, isBreaking: await isBreaking(bench.spec, spec) } : verdict;
}

async function findKillers(
  gates: readonly Gate[],
  spec: Spec,
  pacts: readonly PactDocument[],
): Promise<string[]> {
  await using context = openContext({ spec, pacts });
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
