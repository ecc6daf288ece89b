import type { Interaction, Pact } from '../../pact/pact.ts';
import type { HttpInteraction } from '../../pact/read-interactions.ts';

/** The header of a request that tells a server which interaction it is of. */
export const interactionHeader = 'x-pact-interaction';

/**
 * Gives the place of an interaction in its pact, from 0.
 */
export function indexOf({ pointer }: HttpInteraction): number {
  return Number(pointer.split('/').at(-1));
}

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
