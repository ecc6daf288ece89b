import type { Pact } from '../../pact/pact.ts';
import type { HttpInteraction } from '../../pact/read-interactions.ts';
import { indexOf, interactionHeader } from '../verifier/narrow-pact.ts';
import type { Verifier } from '../verifier/open-verifier.ts';
import type { Watch } from './watch-violations.ts';

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
    const index = indexOf(interaction);
    return { index, headers: { prefer: preferences[round] ?? '', [interactionHeader]: String(index) } };
  });
  const failed = await verifier.verify({ pact, replays, url });
  return new Map(
    candidates.map(({ interaction }) => {
      const index = indexOf(interaction);
      const mismatches = failed.find((failure) => failure.index === index)?.reasons ?? [];
      return [interaction, [...mismatches, ...watch.takeViolations(index, interaction.response.status)]];
    }),
  );
}
