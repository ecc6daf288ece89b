import type { Answer } from '../../http/message.ts';
import type { OnAnswer } from '../../mock/serve.ts';
import type { HttpInteraction } from '../../pact/interactions.ts';
import type { Pact } from '../../pact/pact.ts';
import { interactionHeader } from '../../pact/verifier/replay.ts';
import type { Verifier } from '../../pact/verifier/verifier.ts';

/** An interaction, and the `Prefer` headers that may make the mock answer as it expects. */
export interface Candidate {
  interaction: HttpInteraction;
  preferences: readonly string[];
}

/** An interaction that no answer met, and what was wrong with the first of them. */
export interface Failure {
  interaction: HttpInteraction;
  reasons: readonly string[];
}

/** Where to replay, with what, and who watches it. */
export interface Stage {
  url: string;
  verifier: Verifier;
  watch: Watch;
}

/**
 * Replays interactions with their first preferences, those that fail with their second ones, and so on.
 */
export async function replayInRounds(
  pact: Pact,
  candidates: readonly Candidate[],
  stage: Stage,
): Promise<Failure[]> {
  const failures = new Map<HttpInteraction, readonly string[]>();
  let open = candidates;
  for (let round = 0; open.length > 0; round += 1) {
    const reasonsOf = await replayRound(pact, open, round, stage);
    for (const { interaction } of open) {
      const reasons = reasonsOf.get(interaction) ?? [];
      if (reasons.length === 0) {
        failures.delete(interaction);
      } else if (round === 0) {
        failures.set(interaction, reasons);
      }
    }
    open = open.filter(
      ({ interaction, preferences }) => failures.has(interaction) && round + 1 < preferences.length,
    );
  }
  return [...failures].map(([interaction, reasons]) => ({ interaction, reasons }));
}

async function replayRound(
  pact: Pact,
  candidates: readonly Candidate[],
  round: number,
  { url, verifier, watch }: Stage,
): Promise<Map<HttpInteraction, string[]>> {
  const replays = candidates.map(({ interaction, preferences }) => {
    const { index } = interaction;
    return { index, headers: { prefer: preferences[round] ?? '', [interactionHeader]: String(index) } };
  });
  const failed = await verifier.verify({ pact, replays, url });
  return new Map(
    candidates.map(({ interaction }) => {
      const { index } = interaction;
      const mismatches = failed.find((failure) => failure.index === index)?.reasons ?? [];
      return [interaction, [...mismatches, ...watch.takeViolations(index, interaction.response.status)]];
    }),
  );
}

/** Keeps what the mock answered to each interaction. */
interface Watch {
  onAnswer: OnAnswer;
  /**
   * Lists what the mock found wrong, and forgets the answer. Where an interaction expects to be refused, its request
   * may be wrong on purpose.
   */
  takeViolations: (index: number, expectedStatus: number) => string[];
}

/**
 * Watches a mock, whose answers carry their violations of the spec.
 */
export function watchViolations(): Watch {
  const answers = new Map<string, Answer>();
  return {
    onAnswer: ({ headers }, answer) => {
      answers.set(String(headers[interactionHeader]), answer);
    },
    takeViolations: (index, expectedStatus) => {
      const answer = answers.get(String(index));
      answers.delete(String(index));
      return answer === undefined ? [] : listViolations(answer, expectedStatus);
    },
  };
}

function listViolations({ violations = [] }: Answer, expectedStatus: number): string[] {
  return violations
    .filter(({ severity }) => severity === 'Error' || severity === 'Warning')
    .filter(({ location: [side] }) => expectedStatus < 400 || side === 'response')
    .map(({ location, message }) => `the mock found a violation in ${location.join('.')}: ${message}`);
}
