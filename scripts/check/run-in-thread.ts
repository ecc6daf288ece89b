import type { Finding } from '../finding.ts';
import type { Gate } from './gate.ts';
import type { ThreadJob } from './gate-thread.ts';
import { GateWatch } from './gate-watch.ts';
import { type GateResult, toNotRun } from './run-gates.ts';

/** How gates are run in a thread. */
export interface ThreadSettings extends Omit<ThreadJob, 'names' | 'concurrency'> {
  /** How long a gate may take, in milliseconds. */
  timeoutMs: number;
  /** Called as each gate ends. */
  onEnd: (result: GateResult) => void;
}

/**
 * Runs gates in a thread of their own, side by side. A gate that does not end in time is ended with all that it
 * started, and is broken. What else was under way then is run again, one gate at a time: which of several keeps a
 * thread busy can't be seen from outside.
 *
 * @returns the results in the order of the gates, or what is wrong with the documents
 * @throws {SetupError} from reading the documents, and what keeps the thread from running any gate
 */
export async function runInThread(
  gates: readonly Gate[],
  { timeoutMs, onEnd, ...job }: ThreadSettings,
): Promise<{ results: GateResult[]; findings: Finding[] }> {
  const results = new Map<Gate, GateResult>();
  const keep = (result: GateResult): void => {
    results.set(result.gate, result);
    onEnd(result);
  };
  let concurrency = 4;
  let waiting = gates;
  while (waiting.length > 0) {
    const names = waiting.map(({ name }) => name);
    await using watch = new GateWatch(waiting, { ...job, names, concurrency }, timeoutMs, keep);
    const { findings, broken } = await watch.end;
    if (findings.length > 0) {
      return { results: [], findings };
    }
    const [suspect, ...others] = broken;
    if (suspect !== undefined && others.length === 0) {
      keep(suspect);
    }
    const isOver = suspect === undefined || (job.bail && results.has(suspect.gate));
    waiting = isOver ? [] : waiting.filter((gate) => !results.has(gate));
    concurrency = 1;
  }
  return { results: gates.map((gate) => results.get(gate) ?? toNotRun(gate)), findings: [] };
}
