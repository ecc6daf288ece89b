import { type Finding, formatFinding } from '../finding.ts';
import type { Gate, GateContext } from './gate.ts';

/** What a gate found, and how long it took. */
export interface GateResult {
  gate: Gate;
  /** `not run` when an earlier gate had failed and the run was to stop then. */
  verdict: 'passed' | 'failed' | 'not run';
  findings: readonly Finding[];
  durationMs: number;
}

/** How gates are run. */
export interface RunSettings {
  /** How many gates may run at a time. Default: 4. Most of them wait for a process of their own. */
  concurrency?: number;
  /** Start no further gate once one has failed. Default: false. */
  bail?: boolean;
  /** Called as each gate ends. */
  onEnd?: (result: GateResult) => void;
}

/**
 * Runs gates side by side; none depends on another. The results keep the order of the gates.
 *
 * @throws what a gate throws for a broken setup, after those that run have ended
 */
export async function runGates(
  gates: readonly Gate[],
  context: GateContext,
  { concurrency = 4, bail = false, onEnd }: RunSettings = {},
): Promise<GateResult[]> {
  const results = new Map<Gate, GateResult>();
  const waiting = [...gates];
  const work = async (): Promise<void> => {
    for (let gate = waiting.shift(); gate !== undefined; gate = waiting.shift()) {
      const result = await runGate(gate, context);
      results.set(gate, result);
      onEnd?.(result);
      if (bail && result.verdict === 'failed') {
        waiting.length = 0;
      }
    }
  };
  const workers = Array.from({ length: concurrency }, work);
  await Promise.allSettled(workers);
  await Promise.all(workers);
  return gates.map((gate) => results.get(gate) ?? { gate, verdict: 'not run', findings: [], durationMs: 0 });
}

async function runGate(gate: Gate, context: GateContext): Promise<GateResult> {
  const start = performance.now();
  const findings = dropRepeated(await gate.run(context));
  const verdict = findings.length === 0 ? 'passed' : 'failed';
  return { gate, verdict, findings, durationMs: performance.now() - start };
}

// A tool that looks at one place from two sides says the same of it twice.
function dropRepeated(findings: readonly Finding[]): Finding[] {
  return [...new Map(findings.map((finding) => [formatFinding(finding), finding])).values()];
}
