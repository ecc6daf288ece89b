import type { Finding } from '../finding.ts';
import type { Mock } from '../mock/mock.ts';
import type { PactDocument } from '../pact/read-pact.ts';
import type { ToolSettings } from '../process/run-tool.ts';
import type { Spec } from '../spec/read-spec.ts';

/** What a gate can hold against what: the artifacts of a contract, from its source to its users. */
export const artifacts = [
  'rules',
  'last release',
  'spec',
  'generated code',
  'client',
  'URL builders',
  'pact',
  'mock',
  'source',
  'package',
] as const;

/** One of them. */
export type Artifact = (typeof artifacts)[number];

/** What is held against each other. */
export interface GateContext {
  spec: Spec;
  /** At least one. */
  pacts: readonly PactDocument[];
  /** An earlier version of the spec, where there is one to compare with. */
  base?: Spec;
  /** How the tools of other packages are run. Default: with the variables of this process. */
  tools?: ToolSettings;
  /** Starts the mock of the spec, once for all gates of a run. */
  mock: () => Promise<Mock>;
}

/**
 * Holds two artifacts against each other. What is wrong is a finding; a gate throws for a broken setup only.
 */
export interface Gate {
  /** Short, in kebab-case, as `--only` would name it. */
  name: string;
  /** What is held. */
  subject: Artifact;
  /** What it is held against. */
  standard: Artifact;
  /** Loads what it runs on, so that a missing package is known before any gate is run. */
  load?: () => Promise<unknown>;
  run: (context: GateContext) => Promise<Finding[]>;
}

/**
 * Says what a gate holds against what, as `pact against spec`.
 */
export function formatTitle({ subject, standard }: Gate): string {
  return `${subject} against ${standard}`;
}
