import type { Finding } from '../../finding.ts';
import { serveSpec } from '../../mock/serve-spec.ts';
import { type HttpInteraction, readInteractions } from '../../pact/read-interactions.ts';
import type { PactDocument } from '../../pact/read-pact.ts';
import { findOperation } from '../../spec/find-operation.ts';
import { listAnswers } from '../../spec/list-answers.ts';
import { listOperations } from '../../spec/list-operations.ts';
import type { Spec } from '../../spec/read-spec.ts';
import type { Verifier } from '../verifier/open-verifier.ts';
import { findUnknownStates } from './find-unknown-states.ts';
import { listPreferences } from './list-preferences.ts';
import { type Candidate, replayInRounds } from './replay-in-rounds.ts';
import { watchViolations } from './watch-violations.ts';

/**
 * Replays the interactions of pacts on a mock of a spec. One in a provider state that the spec names is answered with
 * the example of it; one without a state holds when any example of its expected status meets it.
 *
 * Findings: `pact.unknown-state`, `pact.refused-by-mock`.
 *
 * @throws {SetupError} when the mock can't be started, or the verifier did not verify
 */
export async function verifyOnMock(
  { spec, pacts }: { spec: Spec; pacts: readonly PactDocument[] },
  verifier: Verifier,
): Promise<Finding[]> {
  const watch = watchViolations();
  await using mock = await serveSpec(spec, { onAnswer: watch.onAnswer });
  const findings: Finding[] = [];
  for (const pact of pacts) {
    const { candidates, findings: unfit } = prepare(pact, spec);
    const failed = await replayInRounds(pact.pact, candidates, { url: mock.url, verifier, watch });
    findings.push(...unfit, ...failed.map((failure) => toFinding(failure, pact)));
  }
  return findings;
}

function prepare(pact: PactDocument, spec: Spec): { candidates: Candidate[]; findings: Finding[] } {
  const operations = listOperations(spec.document);
  const answers = listAnswers(spec.document);
  const candidates: Candidate[] = [];
  const findings: Finding[] = [];
  for (const interaction of readInteractions(pact.pact)) {
    const operation = findOperation(operations, interaction.request);
    const unknown = operation === undefined ? [] : findUnknownStates(interaction, operation, answers, pact);
    const preferences = operation === undefined ? [] : listPreferences(interaction, operation, answers);
    if (unknown.length > 0) {
      findings.push(...unknown);
    } else if (preferences.length > 0) {
      candidates.push({ interaction, preferences });
    } else {
      findings.push(toFinding({ interaction, reasons: [describeGap(interaction)] }, pact));
    }
  }
  return { candidates, findings };
}

// The mock answers such a request itself, with a 404, which an interaction may happen to expect.
function describeGap({ request: { method, path }, response: { status } }: HttpInteraction): string {
  return `the spec documents no ${status} for ${method.toUpperCase()} ${path}, so the mock has none`;
}

function toFinding(
  { interaction, reasons }: { interaction: HttpInteraction; reasons: readonly string[] },
  { locate }: PactDocument,
): Finding {
  return {
    code: 'pact.refused-by-mock',
    severity: 'error',
    message: `"${interaction.description}": ${reasons.join('; ')}`,
    at: locate(interaction.pointer),
  };
}
