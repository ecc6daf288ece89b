import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { SetupError } from '../cli/command.ts';
import { endGroup, noteLeader } from '../cli/tool.ts';
import type { GateRun, ThreadJob, ThreadMessage } from './gate-thread.ts';
import type { Gate, GateResult } from './gates/gate.ts';
import { toNotRun } from './run.ts';

/** How a thread ended. */
export interface ThreadEnd extends GateRun {
  /** The gates that were running when the thread was stopped. At least one of them took too long. */
  broken: GateResult[];
}

/** A thread that runs gates, and that is stopped if a gate takes too long. */
class GateWatch implements AsyncDisposable {
  /** Rejects with the error that kept the thread from running any gate. */
  readonly end: Promise<ThreadEnd>;
  readonly #end = Promise.withResolvers<ThreadEnd>();
  readonly #worker: Worker;
  readonly #gates: ReadonlyMap<string, Gate>;
  readonly #keep: (result: GateResult) => void;
  readonly #timeoutMs: number;
  readonly #underWay = new Map<string, { start: number; timer: NodeJS.Timeout }>();
  readonly #processes = new Set<number>();
  readonly #reading: NodeJS.Timeout;

  constructor(gates: readonly Gate[], job: ThreadJob, timeoutMs: number, keep: (result: GateResult) => void) {
    this.end = this.#end.promise;
    this.#gates = new Map(gates.map((gate) => [gate.name, gate]));
    this.#keep = keep;
    this.#timeoutMs = timeoutMs;
    this.#reading = this.#startTimer('Reading the documents');
    const file = new URL(`./gate-thread${extname(import.meta.url)}`, import.meta.url);
    this.#worker = new Worker(file, { workerData: job })
      .on('message', (message: ThreadMessage) => this.#take(message))
      .once('error', (error: Error) => this.#stop(error));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearTimeout(this.#reading);
    for (const { timer } of this.#underWay.values()) {
      clearTimeout(timer);
    }
    await this.#worker.terminate();
    for (const id of this.#processes) {
      endGroup(id);
      noteLeader(id, false);
    }
  }

  #take(message: ThreadMessage): void {
    switch (message.kind) {
      case 'started':
        this.#start(message.name);
        break;
      case 'ended':
        this.#finish(message.name, message.result);
        break;
      case 'process':
        this.#noteProcess(message.id, message.isRunning);
        break;
      case 'failed':
        this.#end.reject(toError(message.error));
        break;
      case 'done':
        this.#end.resolve({ ...message, broken: [] });
    }
  }

  #start(name: string): void {
    clearTimeout(this.#reading);
    this.#underWay.set(name, { start: performance.now(), timer: this.#startTimer('The gate') });
  }

  #finish(name: string, result: Omit<GateResult, 'gate'>): void {
    const gate = this.#gates.get(name);
    clearTimeout(this.#underWay.get(name)?.timer);
    this.#underWay.delete(name);
    if (gate !== undefined) {
      this.#keep({ gate, ...result });
    }
  }

  #noteProcess(id: number, isRunning: boolean): void {
    noteLeader(id, isRunning);
    if (isRunning) {
      this.#processes.add(id);
    } else {
      this.#processes.delete(id);
    }
  }

  #startTimer(what: string): NodeJS.Timeout {
    const message = `${what} did not end within ${this.#timeoutMs / 1000} s. Allow more time with --timeout.`;
    return setTimeout(() => this.#stop(new SetupError(message)), this.#timeoutMs);
  }

  #stop(error: Error): void {
    const problem =
      error instanceof SetupError ? error.message : `This is a defect of the gate. ${error.stack}`;
    const broken = [...this.#underWay].flatMap(([name, { start }]): GateResult[] => {
      const gate = this.#gates.get(name);
      const durationMs = performance.now() - start;
      return gate === undefined ? [] : [{ gate, verdict: 'broken', findings: [], problem, durationMs }];
    });
    if (broken.length === 0) {
      this.#end.reject(error);
    } else {
      this.#end.resolve({ findings: [], broken });
    }
  }
}

function toError({ isSetup, message, ...rest }: Extract<ThreadMessage, { kind: 'failed' }>['error']): Error {
  return Object.assign(isSetup ? new SetupError(message) : new Error(message), rest);
}

/** How gates are run in a thread. */
export interface ThreadSettings extends Omit<ThreadJob, 'names' | 'concurrency'> {
  /** How long a gate may take, in milliseconds. */
  timeoutMs: number;
  /** Called as each gate ends. */
  onEnd: (result: GateResult) => void;
}

/**
 * Runs gates in a thread of their own, in parallel. A gate that does not end in time is broken, and all processes that it
 * started are ended. The other gates that were running are run again, one at a time, because the command cannot see
 * which of several gates blocks the thread.
 *
 * @returns the results in the order of the gates, the findings in the documents and the config, and what the spec calls
 *   itself; no gate is run where the documents have errors
 * @throws {SetupError} from reading the documents, and for errors that keep the thread from running any gate
 */
export async function runInThread(
  gates: readonly Gate[],
  { timeoutMs, onEnd, ...job }: ThreadSettings,
): Promise<GateRun & { results: GateResult[] }> {
  const results = new Map<Gate, GateResult>();
  const keep = (result: GateResult): void => {
    results.set(result.gate, result);
    onEnd(result);
  };
  let concurrency = 4;
  let waiting = gates;
  let said: GateRun = { findings: [] };
  while (waiting.length > 0) {
    const names = waiting.map(({ name }) => name);
    await using watch = new GateWatch(waiting, { ...job, names, concurrency }, timeoutMs, keep);
    const { findings, info, broken } = await watch.end;
    if (results.size === 0 && broken.length === 0) {
      return { results: gates.map(toNotRun), findings };
    }
    said = { ...said, ...(findings.length > 0 && { findings }), ...(info && { info }) };
    const [suspect, ...others] = broken;
    if (suspect !== undefined && others.length === 0) {
      keep(suspect);
    }
    const isOver = suspect === undefined || (job.bail && results.has(suspect.gate));
    waiting = isOver ? [] : waiting.filter((gate) => !results.has(gate));
    concurrency = 1;
  }
  return { results: gates.map((gate) => results.get(gate) ?? toNotRun(gate)), ...said };
}
