/** An interaction of a Pact file, of version 1 to 4, as far as the gates read it. */
export interface Interaction {
  /** V4 only: other types are messages, which no HTTP spec speaks of. */
  type?: string;
  description: string;
  /** From V3 on. */
  providerStates?: { name: string; params?: Record<string, unknown> }[];
  /** V2. */
  providerState?: string;
  request: RawRequest;
  response: RawResponse;
}

/** A request or a response in a Pact file. */
export interface RawMessage {
  /** From V4 on, a header is a list. */
  headers?: Record<string, string | string[]>;
  /** From V4 on, `{ content, contentType, encoded }`. */
  body?: unknown;
  /** From V3 on by part, before that by path. */
  matchingRules?: Record<string, unknown>;
}

/** A request in a Pact file. */
export interface RawRequest extends RawMessage {
  method: string;
  path: string;
  /** A string in V2, lists from V3 on. */
  query?: string | Record<string, string | string[]>;
}

/** A response in a Pact file. */
export interface RawResponse extends RawMessage {
  status: number;
}

/** A Pact file, as far as the gates read it. */
export interface Pact {
  consumer: { name: string };
  provider: { name: string };
  interactions: Interaction[];
  metadata?: {
    pactSpecification?: { version?: string };
    'pact-specification'?: { version?: string };
    /** As some libraries write it. */
    pactSpecificationVersion?: string;
  };
}

/**
 * Tells whether a pact is of version 4, in which a body is `{ content, contentType, encoded }`. Pact itself reads it off
 * the metadata alone.
 */
export function isVersion4(pact: Partial<Pact> | null): boolean {
  const { pactSpecification, 'pact-specification': older, pactSpecificationVersion } = pact?.metadata ?? {};
  const version = (pactSpecification ?? older)?.version ?? pactSpecificationVersion;
  return Number.parseInt(String(version), 10) >= 4;
}

/**
 * Lists the provider states of an interaction, in plain words.
 */
export function statesOf({ providerStates, providerState }: Interaction): string[] {
  return providerStates?.map(({ name }) => name) ?? (providerState === undefined ? [] : [providerState]);
}
