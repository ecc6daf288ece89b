import { type JsonObject, type Mutant, setTo, toMutants } from './mutant.ts';
import { interactionOperators, messageOperators } from './operators/pact-operators.ts';
import { specOperators } from './operators/spec-operators.ts';
import { walkSpec } from './walk-spec.ts';

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
  const states = [
    ...new Set(
      interactions.flatMap((one) => (one.providerStates as { name: string }[]).map(({ name }) => name)),
    ),
  ];
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
