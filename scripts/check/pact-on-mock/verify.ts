import type { Finding } from '../../cli/finding.ts';
import { serveSpec } from '../../mock/serve.ts';
import { type DocumentedAnswer, formatPreference, listAnswers, nameStatuses } from '../../openapi/answers.ts';
import { createMatcher } from '../../openapi/matcher.ts';
import type { OperationPlace } from '../../openapi/operations.ts';
import type { Spec } from '../../openapi/read-spec.ts';
import { type HttpInteraction, readInteractions } from '../../pact/interactions.ts';
import type { PactDocument } from '../../pact/read-pact.ts';
import type { Verifier } from '../../pact/verifier/verifier.ts';
import { type Candidate, replayInRounds, watchViolations } from './replay.ts';

/**
 * Replays the interactions of pacts on a mock of a spec. For a provider state that the spec names, the mock returns the
 * example of that state. An interaction without a state passes if any example of its expected status matches.
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
  const findCall = createMatcher(spec.document);
  const answers = listAnswers(spec.document);
  const candidates: Candidate[] = [];
  const findings: Finding[] = [];
  for (const interaction of readInteractions(pact.pact)) {
    const operation = findCall(interaction.request)?.place;
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
  return `the spec documents no ${status} for ${method.toUpperCase()} ${path}, so the mock cannot return it`;
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
      severity: 'error',
      message:
        `"${interaction.description}": found the provider state "${unknown}", ${expected} in the consumer test, ` +
        'or set x-provider-state of an example of the spec to your state.',
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

/**
 * Lists the `Prefer` headers that make the mock answer as an interaction may expect it. None where the spec documents
 * no such status.
 *
 * With a state, that is the answer which the spec has for it. Without, each example of the expected status.
 *
 * @param answers all of the spec
 */
function listPreferences(
  { states, response: { status } }: HttpInteraction,
  { operation, pointer }: OperationPlace,
  answers: readonly DocumentedAnswer[],
): string[] {
  const own = answers.filter(({ place }) => place.pointer === pointer);
  const inState = own.filter(({ state }) => state !== undefined && states.includes(state));
  if (inState.length > 0) {
    const ofStatus = inState.filter((answer) => answer.status === String(status));
    // Another status than the expected one is for the verifier to tell.
    return (ofStatus.length > 0 ? ofStatus : inState.slice(0, 1)).map(formatPreference);
  }
  const name = nameStatuses(status).find((candidate) => operation.responses?.[candidate] !== undefined);
  const examples = own.filter((answer) => answer.status === name && answer.example !== undefined);
  const preferences = examples.map((answer) => formatPreference({ ...answer, status: String(status) }));
  // Without a name, the mock takes a lone example, or makes a value up.
  return name === undefined || preferences.length > 0 ? preferences : [`code=${status}`];
}
