import { readFileSync } from 'node:fs';
import { SetupError } from '../cli/command.ts';
import type { Project } from '../cli/config.ts';
import { readSpec, type Spec } from '../openapi/read-spec.ts';
import { type PactDocument, readPact } from '../pact/read-pact.ts';
import { type JsonObject, type Mutant, setTo, toMutants, walkSpec } from './operators/mutant.ts';
import { interactionOperators, messageOperators, statesOf } from './operators/pact-operators.ts';
import { specOperators } from './operators/spec-operators.ts';

/** Which gates found a mutant. */
export interface MutantResult {
  mutant: Mutant;
  /** The gates that found an error, in their order. `read` stands for reading the document. */
  killedBy: readonly string[];
  /** For a survivor: the gates that found only a warning, which does not fail a check. */
  warnedBy?: readonly string[];
  /** Of a survivor: whether `redocly diff` calls the change breaking. */
  isBreaking?: boolean;
}

/**
 * Tells whether no gate found the mutant.
 */
export function isSurvivor({ killedBy }: Pick<MutantResult, 'killedBy'>): boolean {
  return killedBy.length === 0;
}

/**
 * Makes every mutant of a spec that the operators make: each operator on each object that it is about.
 */
export function listSpecMutants(document: JsonObject): Mutant[] {
  return walkSpec(document).flatMap(({ kind, node, keys }) =>
    Object.entries(specOperators[kind] ?? {}).flatMap(([operator, list]) =>
      toMutants('spec', document, operator, keys, list(node, { document })),
    ),
  );
}

/**
 * Makes every mutant of a pact that the operators make.
 */
export function listPactMutants(pact: JsonObject): Mutant[] {
  const interactions = pact.interactions as JsonObject[];
  const states = [...new Set(interactions.flatMap(statesOf).map(({ name }) => name))];
  return interactions.flatMap((interaction, index) => {
    const keys = ['interactions', String(index)];
    const own = Object.entries(interactionOperators).flatMap(([operator, list]) =>
      toMutants('pact', pact, operator, keys, list(interaction, { states })),
    );
    const ofMessages = ['request', 'response'].flatMap((part) =>
      Object.entries(messageOperators).flatMap(([operator, list]) =>
        toMutants('pact', pact, operator, [...keys, part], list(interaction[part] as JsonObject, { states })),
      ),
    );
    return [...dropInteraction(pact, index), ...own, ...ofMessages];
  });
}

function dropInteraction(pact: JsonObject, index: number): Mutant[] {
  const interactions = pact.interactions as JsonObject[];
  const left = interactions.filter((_, at) => at !== index);
  const { apply } = setTo('interactions', left);
  const detail = String(interactions[index]?.description);
  return toMutants('pact', pact, 'drop an interaction', [], [{ detail, apply }]);
}

/**
 * Takes the first of each so many mutants.
 */
export function takeEach(mutants: readonly Mutant[], step: number): Mutant[] {
  return mutants.filter((_, index) => index % step === 0);
}

/** The documents that mutants are made of. */
export interface Originals {
  spec: Spec;
  /** The spec as data. */
  document: JsonObject;
  pact: PactDocument;
  /** The pact as data, with all that the gates don't read. */
  pactDocument: JsonObject;
}

/**
 * Reads the spec and the pact of a project.
 *
 * @throws {SetupError} when either cannot be read
 */
export async function readOriginals(project: Project): Promise<Originals> {
  const { spec } = await readSpec(project.specFile, project.readSettings);
  const { document: pact } = readPact(project.pactFile);
  if (spec === undefined || pact === undefined) {
    throw new SetupError(
      `Cannot read the spec or the pact. Run ${project.formatCommand('check')} to see why.`,
    );
  }
  return {
    spec,
    document: spec.document as unknown as JsonObject,
    pact,
    pactDocument: JSON.parse(readFileSync(project.pactFile, 'utf8')) as JsonObject,
  };
}
