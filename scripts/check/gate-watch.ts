import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { SetupError } from '../command.ts';
import type { Finding } from '../finding.ts';
import { endGroup, noteLeader } from '../process/process-group.ts';
import type { Gate } from './gate.ts';
import type { ThreadJob, ThreadMessage } from './gate-thread.ts';
import type { GateResult } from './run-gates.ts';

/** How a thread ended. */
export interface ThreadEnd {
  /** What is wrong with the documents, so that no gate was run. */
  findings: Finding[];
  /** The gates that were under way when it was stopped. Of several, one is to blame, or more. */
  broken: GateResult[];
}

/** A thread that runs gates, watched from outside: a gate that is overdue stops it. */
export class GateWatch implements AsyncDisposable {
  /** Rejects with what kept the thread from running any gate. */
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
        this.#end.resolve({ findings: message.findings, broken: [] });
    }
  }

  #start(name: string): void {
    clearTimeout(this.#reading);
    this.#underWay.set(name, { start: performance.now(), timer: this.#startTimer('It') });
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
    const message = `${what} did not end within ${this.#timeoutMs / 1000} s. Give it more time with --timeout.`;
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
