import type { Finding } from '../../cli/finding.ts';
import { serveSpec } from '../../mock/serve.ts';
import type { DocumentedAnswer } from '../../openapi/answers.ts';
import type { OperationPlace } from '../../openapi/operations.ts';
import type { Spec } from '../../openapi/read-spec.ts';
import { type HttpInteraction, readInteractions } from '../../pact/interactions.ts';
import type { PactDocument } from '../../pact/read-pact.ts';
import type { Verifier } from '../../pact/verifier/verifier.ts';
import { matchInteraction, readSpecModel, type SpecModel } from '../rules/interaction.ts';
import { listAttempts } from './attempts.ts';
import { type Candidate, type Failure, replayInRounds, watchAnswers } from './replay.ts';
import { dropUncheckable } from './served.ts';

/**
 * Replays the interactions of pacts on a mock of a spec. For a provider state that the spec names, the mock returns the
 * example of that state. An interaction without a state, or in one that the spec does not name, passes if it fits any
 * response of its status.
 *
 * Findings: `pact.unknown-state`, `pact.refused-by-mock`.
 *
 * @throws {SetupError} when the mock can't be started, or the verifier did not verify
 */
export async function verifyOnMock(
  { spec, pacts }: { spec: Spec; pacts: readonly PactDocument[] },
  verifier: Verifier,
): Promise<Finding[]> {
  if (pacts.every(({ pact }) => readInteractions(pact).length === 0)) {
    return [];
  }
  const watch = watchAnswers();
  const served = { ...spec, document: dropUncheckable(spec.document) };
  await using mock = await serveSpec(served, { onAnswer: watch.onAnswer });
  const model = readSpecModel(spec.document);
  const findings: Finding[] = [];
  for (const pact of pacts) {
    const { candidates, findings: unfit } = prepare(pact, model);
    const failed = await replayInRounds(pact.pact, candidates, { url: mock.url, verifier, watch });
    findings.push(...unfit, ...failed.map((failure) => toFinding(failure, pact)));
  }
  return findings;
}

function prepare(pact: PactDocument, model: SpecModel): { candidates: Candidate[]; findings: Finding[] } {
  const candidates: Candidate[] = [];
  const findings: Finding[] = [];
  for (const interaction of readInteractions(pact.pact)) {
    const matched = matchInteraction(model, interaction);
    const raw = pact.pact.interactions[interaction.index];
    const attempts =
      matched === undefined || raw === undefined ? [] : listAttempts(raw, matched, model.answers);
    findings.push(
      ...(matched === undefined ? [] : findUnknownStates(interaction, matched.place, model.answers, pact)),
    );
    if (attempts.length > 0) {
      candidates.push({ interaction, attempts });
    } else {
      findings.push(toFinding({ interaction, reasons: [describeGap(interaction)], severity: 'error' }, pact));
    }
  }
  return { candidates, findings };
}

// The mock answers such a request itself, with a 404, which an interaction may happen to expect.
function describeGap({ request: { method, path }, response: { status } }: HttpInteraction): string {
  return `the spec documents no ${status} for ${method.toUpperCase()} ${path}, so the mock cannot return it`;
}

function toFinding({ interaction, reasons, severity }: Failure, { locate }: PactDocument): Finding {
  return {
    code: 'pact.refused-by-mock',
    severity,
    message: `"${interaction.description}": ${reasons.join('; ')}`,
    at: locate(interaction.pointer),
  };
}

/**
 * Finds the provider states of an interaction that the spec does not name for its operation, each a finding of
 * code `pact.unknown-state` that lists those it names. A spec that names no states at all knows them all.
 *
 * @param answers all of the spec
 */
function findUnknownStates(
  interaction: HttpInteraction,
  operation: OperationPlace,
  answers: readonly DocumentedAnswer[],
  { locate }: PactDocument,
): Finding[] {
  const inState = answers.filter(({ state }) => state !== undefined);
  const own = inState.filter(({ place }) => place.pointer === operation.pointer);
  const expected = describeExpected(interaction, operation, own);
  return interaction.states
    .filter((unknown) => inState.length > 0 && !own.some(({ state }) => state === unknown))
    .map((unknown) => ({
      code: 'pact.unknown-state',
      severity: 'warning',
      message:
        `"${interaction.description}": found the provider state "${unknown}", ${expected} in the consumer test, ` +
        'set x-provider-state of an example to your state, in the spec or in an overlay, or map your state to one of ' +
        'the spec in `states` of contract.config.ts. Replayed with any example of the status.',
      at: locate(interaction.pointer),
    }));
}

function describeExpected(
  { response }: HttpInteraction,
  { operation, method, path }: OperationPlace,
  answers: readonly DocumentedAnswer[],
): string {
  const name = operation.operationId ?? `${method.toUpperCase()} ${path}`;
  const ofStatus = answers.filter(({ status }) => status === String(response.status));
  if (answers.length === 0) {
    return `but the spec names no state for ${name}. Remove it`;
  }
  const list = ofStatus.map(({ state }) => `"${state}"`).join(', ');
  const others = answers.map(({ state, status }) => `"${state}" (${status})`).join(', ');
  return ofStatus.length > 0
    ? `expected one that the spec names for ${name} ${response.status}: ${list}. Use one of them`
    : `but the spec names none for ${name} ${response.status}. It names states for other statuses: ${others}. Use one of them`;
}
