import { SetupError } from '../cli/command.ts';
import { type Finding, fails, formatFinding } from '../cli/finding.ts';
import type { Mock } from '../mock/mock.ts';
import { serveSpec } from '../mock/serve.ts';
import type { Gate, GateContext, GateResult } from './gates/gate.ts';
import { createRating, type Rating } from './ratings.ts';

/** How gates are run. */
export interface RunSettings {
  /** How many gates may run at a time. Default: 4. Most of them wait for a process of their own. */
  concurrency?: number;
  /** The lowest severity that fails a gate. Default: error. */
  failOn?: Finding['severity'];
  /** How findings are rated. Default: the severities and ignores of the project. */
  rating?: Rating;
  /** Start no further gate once one has failed or is broken. Default: false. */
  bail?: boolean;
  /** Called as each gate starts. */
  onStart?: (gate: Gate) => void;
  /** Called as each gate ends. */
  onEnd?: (result: GateResult) => void;
}

/**
 * Runs gates in parallel; none depends on another. Returns the results in the order of the gates. A gate that throws is
 * broken, and the others still run.
 */
export async function runGates(
  gates: readonly Gate[],
  context: GateContext,
  {
    concurrency = 4,
    failOn = 'error',
    rating = createRating(context),
    bail = false,
    onStart,
    onEnd,
  }: RunSettings = {},
): Promise<GateResult[]> {
  const results = new Map<Gate, GateResult>();
  const waiting = [...gates];
  const work = async (): Promise<void> => {
    for (let gate = waiting.shift(); gate !== undefined; gate = waiting.shift()) {
      onStart?.(gate);
      const result = await runGate(gate, context, rating, failOn);
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
 * Returns the result of a gate that was not run.
 */
export function toNotRun(gate: Gate): GateResult {
  return { gate, verdict: 'not run', findings: [], durationMs: 0 };
}

async function runGate(
  gate: Gate,
  context: GateContext,
  rating: Rating,
  failOn: Finding['severity'],
): Promise<GateResult> {
  const start = performance.now();
  try {
    const { findings, ignored } = rating.rate(dropRepeated(await gate.run(context)));
    const verdict = fails(findings, failOn) ? 'failed' : 'passed';
    return { gate, verdict, findings, ignored, durationMs: performance.now() - start };
  } catch (error) {
    const problem = describeProblem(error);
    return { gate, verdict: 'broken', findings: [], problem, durationMs: performance.now() - start };
  }
}

// Any other error is a defect of the gate. The stack helps to find it.
function describeProblem(error: unknown): string {
  return error instanceof SetupError || !(error instanceof Error)
    ? String((error as Partial<Error> | undefined)?.message ?? error)
    : `This is a defect of the gate. ${error.stack ?? error.message}`;
}

// A tool that looks at one place from two sides says the same of it twice.
function dropRepeated(findings: readonly Finding[]): Finding[] {
  return [...new Map(findings.map((finding) => [formatFinding(finding), finding])).values()];
}

/** The documents and the mock of a run, until it is disposed of. */
export interface OpenContext extends GateContext, AsyncDisposable {}

/**
 * Opens the context of a run: all gates share one mock of the spec, which starts on the first use and stops at the end.
 *
 * @throws {SetupError} from `mock()`, where the mock can't be started
 */
export function openContext(documents: Omit<GateContext, 'mock'>): OpenContext {
  let mock: Promise<Mock> | undefined;
  return {
    ...documents,
    mock: () => {
      mock ??= serveSpec(documents.spec);
      return mock;
    },
    [Symbol.asyncDispose]: async () => {
      await (await mock?.catch(() => undefined))?.close();
    },
  };
}
