import type { Finding, FindingCode } from '../../finding.ts';
import { readInteractions } from '../../pact/read-interactions.ts';
import type { PactDocument } from '../../pact/read-pact.ts';
import type { Spec } from '../../spec/read-spec.ts';
import { runLimited, toUnchecked } from '../run-limited.ts';
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
 * Checks every interaction of some pacts against a spec, and gives a finding for each remark. Where a check breaks down
 * on an interaction, that is a finding of code `pact.unchecked`.
 */
export function checkInteractions(
  { document }: Spec,
  pacts: readonly PactDocument[],
  checks: readonly Check[],
): Finding[] {
  const model = readSpecModel(document);
  return pacts.flatMap((pact) => checkPact(pact, model, checks));
}

function checkPact(document: PactDocument, model: SpecModel, checks: readonly Check[]): Finding[] {
  const all = readInteractions(document.pact).flatMap(
    (interaction) => matchInteraction(model, interaction) ?? [],
  );
  return all.flatMap((matched) => checkMatched(matched, all, document, checks));
}

function checkMatched(
  matched: MatchedInteraction,
  all: readonly MatchedInteraction[],
  document: PactDocument,
  checks: readonly Check[],
): Finding[] {
  const others = all.filter(({ place }) => place.pointer === matched.place.pointer);
  const { description, pointer: parent } = matched.interaction;
  try {
    const remarks = runLimited(() =>
      checks.flatMap(([code, check]) => check(matched, others).map((remark) => ({ code, ...remark }))),
    );
    return remarks.map(({ code, message, pointer }) => ({
      code,
      severity: 'error',
      message: `"${description}": ${message}`,
      at: document.locate(`${parent}${pointer}`),
    }));
  } catch (error) {
    return [toUnchecked(matched.interaction, document, error)];
  }
}
