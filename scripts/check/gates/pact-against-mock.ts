import type { Finding } from '../../finding.ts';
import { statesOf } from '../../pact/pact.ts';
import type { PactDocument } from '../../pact/read-pact.ts';
import { type DocumentedAnswer, listAnswers } from '../../spec/list-answers.ts';
import type { Gate } from '../gate.ts';
import { verifyPact } from '../verify-pact.ts';

/**
 * Pact and mock: Pact's verifier replays every interaction on Prism, which answers with the example of the
 * provider state. Findings: `pact.unknown-state`, `pact.refused-by-mock`.
 */
export const pactAgainstMock: Gate = {
  name: 'pact-against-mock',
  subject: 'pact',
  standard: 'mock',
  run: async ({ spec, pacts, mock }) => {
    const answers = listAnswers(spec.document);
    const unknown = pacts.flatMap((pact) => findUnknownStates(pact, answers));
    if (unknown.length > 0) {
      return unknown;
    }
    const { url } = await mock();
    const findings = await Promise.all(pacts.map((pact) => verifyPact(pact, url, answers)));
    return findings.flat();
  },
};

function findUnknownStates({ pact, locate }: PactDocument, answers: readonly DocumentedAnswer[]): Finding[] {
  const known = new Set(answers.map(({ state }) => state));
  return pact.interactions.flatMap((interaction, index) =>
    statesOf(interaction)
      .filter((state) => !known.has(state))
      .map((state) => ({
        code: 'pact.unknown-state' as const,
        severity: 'error' as const,
        message: `"${interaction.description}": no example or response of the spec has the x-provider-state "${state}".`,
        at: locate(`#/interactions/${index}`),
      })),
  );
}
