// A separate thread, so that the command can stop gates that never end, and still report the others.
import module from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';
import { SetupError } from '../cli/command.ts';
import { loadProject } from '../cli/config.ts';
import type { Finding } from '../cli/finding.ts';
import { type DocumentPlaces, readDocuments } from './documents.ts';
import type { GateResult } from './gates/gate.ts';
import { gates, listGates } from './gates.ts';
import { openContext, runGates } from './run.ts';

/** The job of the thread. */
export interface ThreadJob {
  places: DocumentPlaces;
  /** The config of the contract that is checked. Default: the documents alone are. */
  configFile?: string | undefined;
  /** The names of the gates. */
  names: readonly string[];
  /** How many gates may run at a time. */
  concurrency: number;
  /** Whether to start no further gate once one has failed or is broken. */
  bail: boolean;
  /** The variables that tools get. */
  env: Readonly<Record<string, string | undefined>>;
}

/** The messages of the thread. They name a gate, because functions cannot be sent. */
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

// Resolves to the findings in the documents. If there are any, no gate ran.
async function run({ places, configFile, names, concurrency, bail, env }: ThreadJob): Promise<Finding[]> {
  const project = configFile === undefined ? undefined : await loadProject({ configFile });
  const offered = project === undefined ? gates : listGates(project);
  const selected = offered.filter(({ name }) => names.includes(name));
  const [{ documents, findings }] = await Promise.all([
    readDocuments(places),
    ...selected.map(({ load }) => load?.()),
  ]);
  if (documents === undefined) {
    return findings;
  }
  const tools = {
    env: project?.withoutSecrets(env) ?? env,
    onProcess: (id: number, isRunning: boolean) => say({ kind: 'process', id, isRunning }),
  };
  await using context = openContext({ ...documents, project, tools });
  await runGates(selected, context, {
    concurrency,
    bail,
    onStart: ({ name }) => say({ kind: 'started', name }),
    onEnd: ({ gate, ...result }) => say({ kind: 'ended', name: gate.name, result }),
  });
  return [];
}
