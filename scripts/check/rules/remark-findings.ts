import type { Finding, FindingCode } from '../../finding.ts';
import { readInteractions } from '../../pact/read-interactions.ts';
import type { PactDocument } from '../../pact/read-pact.ts';
import type { Spec } from '../../spec/read-spec.ts';
import { createValidator } from '../../spec/validator.ts';
import { type MatchedInteraction, matchInteraction, type Remark } from './matched-interaction.ts';

/** Looks at an interaction beside its operation, and the code of what it remarks. */
export type Check = readonly [FindingCode, (matched: MatchedInteraction) => Remark[]];

/**
 * Holds every interaction of some pacts against a spec, and gives a finding for each remark.
 */
export function checkInteractions(
  { document }: Spec,
  pacts: readonly PactDocument[],
  checks: readonly Check[],
): Finding[] {
  const validator = createValidator(document);
  return pacts.flatMap(({ pact, locate }) =>
    readInteractions(pact).flatMap((interaction) => {
      const matched = matchInteraction(document, validator, interaction);
      const remarks = checks.flatMap(([code, check]) =>
        (matched === undefined ? [] : check(matched)).map((remark) => ({ code, ...remark })),
      );
      return remarks.map(({ code, message, pointer }) => ({
        code,
        severity: 'error' as const,
        message: `"${interaction.description}": ${message}`,
        at: locate(`${interaction.pointer}${pointer}`),
      }));
    }),
  );
}
