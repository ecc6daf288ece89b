import { type Finding, formatFinding } from '../finding.ts';
import type { Gate, GateContext } from './gate.ts';

/** What a gate found, and how long it took. */
export interface GateResult {
  gate: Gate;
  findings: Finding[];
  durationMs: number;
}

/**
 * Runs the gates side by side; none depends on another. The results keep the order of the gates.
 *
 * @param onEnd called as each gate ends
 * @throws what a gate throws for a broken setup, after all have ended
 */
export async function runGates(
  gates: readonly Gate[],
  context: GateContext,
  onEnd: (result: GateResult) => void,
): Promise<GateResult[]> {
  const runs = gates.map(async (gate) => {
    const start = performance.now();
    const findings = dropRepeated(await gate.run(context));
    const result = { gate, findings, durationMs: performance.now() - start };
    onEnd(result);
    return result;
  });
  await Promise.allSettled(runs);
  return Promise.all(runs);
}

// A tool that looks at one place from two sides says the same of it twice.
function dropRepeated(findings: readonly Finding[]): Finding[] {
  return [...new Map(findings.map((finding) => [formatFinding(finding), finding])).values()];
}
