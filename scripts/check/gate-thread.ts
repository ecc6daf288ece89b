// A thread of its own, so that the command can end gates that never end by themselves, and still report the others.
import module from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';
import { SetupError } from '../command.ts';
import type { Finding } from '../finding.ts';
import { gates } from './gates.ts';
import { openContext } from './open-context.ts';
import { type DocumentPlaces, readDocuments } from './read-documents.ts';
import { type GateResult, runGates } from './run-gates.ts';

/** What the thread is to do. */
export interface ThreadJob {
  places: DocumentPlaces;
  /** The names of the gates. */
  names: readonly string[];
  /** How many gates may run at a time. */
  concurrency: number;
  /** Whether to start no further gate once one has failed or is broken. */
  bail: boolean;
  /** The variables that tools get. */
  env: Readonly<Record<string, string | undefined>>;
}

/** What the thread says. A message can't carry a gate itself, which holds functions. */
export type ThreadMessage =
  | { kind: 'started'; name: string }
  | { kind: 'ended'; name: string; result: Omit<GateResult, 'gate'> }
  | { kind: 'process'; id: number; isRunning: boolean }
  | { kind: 'failed'; error: { message: string; stack?: string; code?: string; isSetup: boolean } }
  | { kind: 'done'; findings: Finding[] };

// What V8 has compiled is kept for the next start, thread by thread.
module.enableCompileCache?.();
try {
  say({ kind: 'done', findings: await run(workerData as ThreadJob) });
} catch (error) {
  const { message, stack, code } = error as NodeJS.ErrnoException;
  const isSetup = error instanceof SetupError;
  say({ kind: 'failed', error: { message, isSetup, ...(stack && { stack }), ...(code && { code }) } });
}

function say(message: ThreadMessage): void {
  parentPort?.postMessage(message);
}

// Resolves to what is wrong with the documents, so that no gate was run.
async function run({ places, names, concurrency, bail, env }: ThreadJob): Promise<Finding[]> {
  const selected = gates.filter(({ name }) => names.includes(name));
  const [{ documents, findings }] = await Promise.all([
    readDocuments(places),
    ...selected.map(({ load }) => load?.()),
  ]);
  if (documents === undefined) {
    return findings;
  }
  const tools = {
    env,
    onProcess: (id: number, isRunning: boolean) => say({ kind: 'process', id, isRunning }),
  };
  await using context = openContext({ ...documents, tools });
  await runGates(selected, context, {
    concurrency,
    bail,
    onStart: ({ name }) => say({ kind: 'started', name }),
    onEnd: ({ gate, ...result }) => say({ kind: 'ended', name: gate.name, result }),
  });
  return [];
}
