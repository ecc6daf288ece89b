/** An interaction of a Pact file, as far as the gates read it. V4 and older name their states differently. */
export interface Interaction {
  description: string;
  providerStates?: { name: string }[];
  providerState?: string;
  request: { method: string; path: string };
  response: { status: number };
}

/** A Pact file, as far as the gates read it. */
export interface Pact {
  consumer: { name: string };
  provider: { name: string };
  interactions: Interaction[];
}

/**
 * Lists the provider states of an interaction, in plain words.
 */
export function statesOf({ providerStates, providerState }: Interaction): string[] {
  return providerStates?.map(({ name }) => name) ?? (providerState === undefined ? [] : [providerState]);
}
