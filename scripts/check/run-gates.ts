import { SetupError } from '../command.ts';
import { type Finding, formatFinding } from '../finding.ts';
import type { Gate, GateContext } from './gate.ts';

/** What a gate found, and how long it took. */
export interface GateResult {
  gate: Gate;
  /** `broken`: it did not end as a gate does. `not run`: the run was to stop at an earlier gate. */
  verdict: 'passed' | 'failed' | 'broken' | 'not run';
  findings: readonly Finding[];
  /** Why a broken gate is broken, in one sentence or more. */
  problem?: string;
  durationMs: number;
}

/** How gates are run. */
export interface RunSettings {
  /** How many gates may run at a time. Default: 4. Most of them wait for a process of their own. */
  concurrency?: number;
  /** Start no further gate once one has failed or is broken. Default: false. */
  bail?: boolean;
  /** Called as each gate starts. */
  onStart?: (gate: Gate) => void;
  /** Called as each gate ends. */
  onEnd?: (result: GateResult) => void;
}

/**
 * Runs gates side by side; none depends on another. The results keep the order of the gates. What a gate throws is a
 * problem of that gate alone: the others are run, and nothing is thrown.
 */
export async function runGates(
  gates: readonly Gate[],
  context: GateContext,
  { concurrency = 4, bail = false, onStart, onEnd }: RunSettings = {},
): Promise<GateResult[]> {
  const results = new Map<Gate, GateResult>();
  const waiting = [...gates];
  const work = async (): Promise<void> => {
    for (let gate = waiting.shift(); gate !== undefined; gate = waiting.shift()) {
      onStart?.(gate);
      const result = await runGate(gate, context);
      results.set(gate, result);
      onEnd?.(result);
      if (bail && result.verdict !== 'passed') {
        waiting.length = 0;
      }
    }
  };
  await Promise.all(Array.from({ length: concurrency }, work));
  return gates.map((gate) => results.get(gate) ?? toNotRun(gate));
}

/**
 * Makes the result of a gate that was not run.
 */
export function toNotRun(gate: Gate): GateResult {
  return { gate, verdict: 'not run', findings: [], durationMs: 0 };
}

async function runGate(gate: Gate, context: GateContext): Promise<GateResult> {
  const start = performance.now();
  try {
    const findings = dropRepeated(await gate.run(context));
    const verdict = findings.length === 0 ? 'passed' : 'failed';
    return { gate, verdict, findings, durationMs: performance.now() - start };
  } catch (error) {
    const problem = describeProblem(error);
    return { gate, verdict: 'broken', findings: [], problem, durationMs: performance.now() - start };
  }
}

// What is no broken setup is a defect of the gate, which its stack helps to find.
function describeProblem(error: unknown): string {
  return error instanceof SetupError || !(error instanceof Error)
    ? String((error as Partial<Error> | undefined)?.message ?? error)
    : `This is a defect of the gate. ${error.stack ?? error.message}`;
}

// A tool that looks at one place from two sides says the same of it twice.
function dropRepeated(findings: readonly Finding[]): Finding[] {
  return [...new Map(findings.map((finding) => [formatFinding(finding), finding])).values()];
}
