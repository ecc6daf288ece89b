import { SetupError } from '../../cli/command.ts';
import type { ContractConfig, Project } from '../../cli/config.ts';
import type { Finding, FindingCode } from '../../cli/finding.ts';
import type { ToolSettings } from '../../cli/tool.ts';
import type { Mock } from '../../mock/mock.ts';
import type { Spec } from '../../openapi/read-spec.ts';
import type { PactDocument } from '../../pact/read-pact.ts';

/** The artifacts of a contract, from its source to its users: the order of the report. Gates may have others, too. */
export const artifacts: readonly string[] = [
  'rules',
  'last release',
  'spec',
  'generated code',
  'client',
  'URL builders',
  'pact',
  'workflows',
  'mock',
  'source',
  'package',
];

/** The documents that gates check, and how they run. */
export interface GateContext {
  spec: Spec;
  /** What reading the spec has found. Default: nothing. */
  warnings?: readonly Finding[];
  /** At least one, for a gate that needs pacts. */
  pacts: readonly PactDocument[];
  /** An earlier version of the spec to compare with. Default: none. */
  base?: Spec;
  /** The contract that is checked. Missing for documents that are named one by one. */
  project?: Project | undefined;
  /** How the tools of other packages are run. Default: with the variables of this process. */
  tools?: ToolSettings;
  /** Starts the mock of the spec, once for all gates of a run. */
  mock: () => Promise<Mock>;
}

/**
 * Checks one artifact against another. Problems are findings; a gate throws only for a broken setup.
 */
export interface Gate {
  /** Short, in kebab-case, as in `--only`. */
  name: string;
  /** The artifact that is checked. */
  subject: string;
  /** The artifact that it is checked against. */
  standard: string;
  /** The parts of the config that it needs. Without them it does not run. Default: none. */
  needs?: readonly (keyof ContractConfig)[];
  /** What another gate may have found that makes this one find more. Default: nothing. */
  followsFrom?: readonly Cause[];
  /** Loads the code of the gate, so that a missing package is reported before any gate runs. */
  load?: () => Promise<unknown>;
  run: (context: GateContext) => Promise<Finding[]>;
}

/** Findings of a code, from which findings of another gate may follow: in any place, or in the same one only. */
export interface Cause {
  code: FindingCode;
  /** Default: anywhere. */
  in?: 'file' | 'interaction';
}

/**
 * Returns the title of a gate, such as `pact against spec`.
 */
export function formatTitle({ subject, standard }: Gate): string {
  return `${subject} against ${standard}`;
}

/**
 * Returns the contract that a gate needs.
 *
 * @throws {SetupError} when documents are checked without one
 */
export function requireProject({ project }: Pick<GateContext, 'project'>): Project {
  if (project === undefined) {
    throw new SetupError(
      'This gate needs a contract.config.ts. Write one, or leave the gate out with --skip.',
    );
  }
  return project;
}

/** A finding that the config ignores, and why. */
export interface IgnoredFinding {
  finding: Finding;
  reason: string;
}

/** The findings of a gate, and how long it took. */
export interface GateResult {
  gate: Gate;
  /** `failed`: it found errors, or warnings where these fail. `broken`: the gate threw or took too long. `not run`: the run stopped at an earlier gate. */
  verdict: 'passed' | 'failed' | 'broken' | 'not run';
  findings: readonly Finding[];
  /** Default: none. */
  ignored?: readonly IgnoredFinding[];
  /** Why a broken gate is broken, in one sentence or more. */
  problem?: string;
  durationMs: number;
}
