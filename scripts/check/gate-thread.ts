// A separate thread, so that the command can stop gates that never end, and still report the others.
import module from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';
import { SetupError } from '../cli/command.ts';
import { loadProject } from '../cli/config.ts';
import type { Finding } from '../cli/finding.ts';
import { type DocumentPlaces, readDocuments } from './documents.ts';
import type { Gate, GateResult } from './gates/gate.ts';
import { gates, listGates } from './gates.ts';
import { createRating, rateSeverity } from './ratings.ts';
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
  /** The lowest severity that fails a gate. */
  failOn: Finding['severity'];
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
  | ({ kind: 'done' } & GateRun);

/** What came of the documents, beside the results of the gates. */
export interface GateRun {
  /** The findings in the documents and the config. If those in the documents are errors, no gate ran. */
  findings: Finding[];
  /** The title and the version that the spec names. Missing if it cannot be read. */
  info?: { title: string; version: string };
}

// What V8 has compiled is kept for the next start, thread by thread.
module.enableCompileCache?.();
try {
  say({ kind: 'done', ...(await run(workerData as ThreadJob)) });
} catch (error) {
  const { message, stack, code } = error as NodeJS.ErrnoException;
  const isSetup = error instanceof SetupError;
  say({ kind: 'failed', error: { message, isSetup, ...(stack && { stack }), ...(code && { code }) } });
}

function say(message: ThreadMessage): void {
  parentPort?.postMessage(message);
}

async function run(job: ThreadJob): Promise<GateRun> {
  const { places, configFile, names, concurrency, failOn, bail, env } = job;
  const project = configFile === undefined ? undefined : await loadProject({ configFile });
  const offered = project === undefined ? gates : listGates(project);
  // A pact that is named is checked by gates that the config may lack the parts for.
  const all = [...offered, ...gates.filter((gate) => !offered.includes(gate))];
  const selected = all.filter(({ name }) => names.includes(name));
  const [{ documents, findings }] = await Promise.all([
    readDocuments(places, project),
    ...selected.map(({ load }) => load?.()),
  ]);
  if (documents === undefined) {
    return { findings };
  }
  const tools = {
    env: project?.withoutSecrets(env) ?? env,
    onProcess: (id: number, isRunning: boolean) => say({ kind: 'process', id, isRunning }),
  };
  await using context = openContext({ ...documents, project, tools });
  const rating = createRating(context);
  const results = await runGates(selected, context, {
    concurrency,
    failOn,
    bail,
    rating,
    onStart: ({ name }) => say({ kind: 'started', name }),
    onEnd: ({ gate, ...result }) => say({ kind: 'ended', name: gate.name, result }),
  });
  // An ignore may be for a finding of another gate. Without --base, one gate never runs.
  const hasRun = (gate: Gate): boolean =>
    gate.standard === 'last release' ||
    results.some((one) => one.gate === gate && ['passed', 'failed'].includes(one.verdict));
  const isWhole = project !== undefined && offered.every(hasRun);
  const stale = rating.listStale().flatMap((finding) => rateSeverity(finding, project) ?? []);
  const { title = '', version = '' } = documents.spec.document.info ?? {};
  return {
    findings: isWhole ? [...findings, ...stale] : findings,
    info: { title: String(title), version: String(version) },
  };
}
