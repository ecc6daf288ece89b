import { SetupError } from '../../cli/command.ts';
import type { Interaction, Pact } from '../pact.ts';
import type { VerifierError, WorkerResult } from './verify-worker.ts';

/** The header of a request that tells a server which interaction it is of. */
export const interactionHeader = 'x-pact-interaction';

/** An interaction to replay. */
export interface Replay {
  /** Its place in the pact, from 0. */
  index: number;
  /** Headers for its request, instead of its own of the same names. */
  headers: Readonly<Record<string, string>>;
}

/**
 * Makes a pact of some interactions of another. Each is described by its place there, since two can have one
 * description in different states, and has no states: its headers say all that the server needs to know.
 */
export function narrowPact(pact: Pact, replays: readonly Replay[]): Pact {
  const interactions = replays.flatMap(({ index, headers }) => {
    const interaction = pact.interactions[index];
    return interaction === undefined ? [] : [narrowInteraction(interaction, index, headers)];
  });
  return { ...pact, interactions };
}

function narrowInteraction(
  { providerState, providerStates, ...interaction }: Interaction,
  index: number,
  headers: Replay['headers'],
): Interaction {
  const replaced = Object.keys(headers).map((name) => name.toLowerCase());
  const kept = Object.entries(interaction.request.headers ?? {}).filter(
    ([name]) => !replaced.includes(name.toLowerCase()),
  );
  const request = { ...interaction.request, headers: { ...Object.fromEntries(kept), ...headers } };
  return { ...interaction, description: String(index), request };
}

/** An interaction that the server did not answer as the pact has it. */
export interface FailedInteraction {
  /** Its place in the pact, from 0. */
  index: number;
  /** What is wrong, as `$.Status: Expected 200 (Integer) to be equal to 5 (Integer)`. Quotes what was answered. */
  reasons: string[];
}

/**
 * Reads which interactions failed out of what the verifier's process sent back, and which it did not replay.
 *
 * @throws {SetupError} when the verifier did not verify
 */
export function readResult(
  result: WorkerResult,
  replays: readonly Replay[],
): { failed: FailedInteraction[]; passedOver: FailedInteraction[] } {
  if ('failure' in result) {
    throw new SetupError(`Pact's verifier did not verify: ${result.failure}`);
  }
  const errors = result.errors.map(toFailedInteraction);
  const [failed, ofPact] = [errors.filter(isPlaced), errors.filter((error) => !isPlaced(error))];
  const replayed = result.interactionResults.map(({ description }) => Number(description));
  const passedOver = replays.filter(({ index }) => !replayed.includes(index));
  return {
    failed,
    passedOver: passedOver.map(({ index }) => ({ index, reasons: [describeUnreadable(ofPact)] })),
  };
}

// Of a pact that it cannot read, the verifier replays nothing, and its error names no interaction.
function isPlaced({ index }: FailedInteraction): boolean {
  return !Number.isNaN(index);
}

function describeUnreadable(errors: readonly FailedInteraction[]): string {
  const reasons = errors.flatMap(({ reasons }) => reasons);
  // The file is a temporary one that stands for the pact.
  const told = reasons.map((reason) => reason.replaceAll(/^Failed to load .*? - | Source: .*$/g, ''));
  return ["Pact's verifier cannot read the pact.", ...told].join(' ');
}

function toFailedInteraction({ interaction, mismatch }: VerifierError): FailedInteraction {
  const reasons = mismatch.mismatches?.map(({ path, key, mismatch: reason }) => {
    const place = path ?? key;
    return place === undefined || place === '$' ? reason : `${place}: ${reason}`;
  });
  return {
    index: Number(/ - (\d+)$/.exec(interaction)?.[1]),
    reasons: reasons ?? [mismatch.message ?? 'refused'],
  };
}
