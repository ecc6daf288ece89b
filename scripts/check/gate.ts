import type { Finding } from '../finding.ts';
import type { PactDocument } from '../pact/read-pact.ts';
import type { Spec } from '../spec/read-spec.ts';

/** What is held against each other. */
export interface GateContext {
  spec: Spec;
  pact: PactDocument;
}

/**
 * Holds two artifacts against each other. What is wrong is a finding; a gate throws for a broken setup only.
 */
export interface Gate {
  /** Short, in kebab-case, as `--only` would name it. */
  name: string;
  /** What is held against what, in a few words. */
  title: string;
  run: (context: GateContext) => Promise<Finding[]>;
}
