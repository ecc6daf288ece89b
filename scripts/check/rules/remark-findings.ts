import type { Finding, FindingCode } from '../../finding.ts';
import { readInteractions } from '../../pact/read-interactions.ts';
import type { PactDocument } from '../../pact/read-pact.ts';
import type { Spec } from '../../spec/read-spec.ts';
import {
  type MatchedInteraction,
  matchInteraction,
  type Remark,
  readSpecModel,
  type SpecModel,
} from './matched-interaction.ts';

/**
 * Looks at an interaction beside its operation, and the code of what it remarks. It is given all interactions of the
 * same operation as well.
 */
export type Check = readonly [
  FindingCode,
  (matched: MatchedInteraction, others: readonly MatchedInteraction[]) => Remark[],
];

/**
 * Holds every interaction of some pacts against a spec, and gives a finding for each remark.
 */
export function checkInteractions(
  { document }: Spec,
  pacts: readonly PactDocument[],
  checks: readonly Check[],
): Finding[] {
  const model = readSpecModel(document);
  return pacts.flatMap((pact) => checkPact(pact, model, checks));
}

function checkPact({ pact, locate }: PactDocument, model: SpecModel, checks: readonly Check[]): Finding[] {
  const all = readInteractions(pact).flatMap((interaction) => matchInteraction(model, interaction) ?? []);
  return all.flatMap((matched) => {
    const others = all.filter(({ place }) => place.pointer === matched.place.pointer);
    const { description, pointer: parent } = matched.interaction;
    return checks.flatMap(([code, check]) =>
      check(matched, others).map(({ message, pointer }) => ({
        code,
        severity: 'error' as const,
        message: `"${description}": ${message}`,
        at: locate(`${parent}${pointer}`),
      })),
    );
  });
}
