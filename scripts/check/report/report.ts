import type { Finding } from '../../finding.ts';
import type { GateResult } from '../run-gates.ts';

/** A run of the gates: what every format of the report is rendered from. */
export interface CheckReport {
  /** In the order of the gates, from the source of the data to its end. */
  results: readonly GateResult[];
  /** What is wrong with a document that no gate could be run on. */
  findings: readonly Finding[];
  /** Of the whole run, in milliseconds; the gates run side by side. */
  durationMs: number;
}

/**
 * Lists everything that was found: in the documents first, then gate by gate.
 */
export function listFindings({ findings, results }: CheckReport): Finding[] {
  return [...findings, ...results.flatMap((result) => result.findings)];
}
