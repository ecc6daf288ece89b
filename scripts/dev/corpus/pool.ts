import { type ChildProcess, fork } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { quietEnvironment } from '../../cli/tool.ts';
import type { ChildMessage, Job } from './child.ts';
import type { CorpusDocument } from './documents.ts';
import type { DocumentResult, Problem, Step } from './problem.ts';
import { stepTimeoutMs } from './steps.ts';

/** Heap of a process, in megabytes. */
const heapLimit = 1024;

// What earlier documents leave behind in a process must not count against a later one.
const documentsOfChild = 10;

/** How documents are run. */
export interface PoolSettings {
  /** The folder that gets a folder for each document. */
  folder: string;
  /** How many at a time. */
  parallel: number;
  /** The code of the processes. Default: what runs documents. */
  child?: URL;
  /** Time for one step, in milliseconds. Default: 60,000, and a little for what ends by itself then. */
  timeoutMs?: number;
  onResult: (result: DocumentResult) => void;
}

/**
 * Runs documents in processes of their own, several at a time. A step that does not end, and a process that dies, are
 * problems of that document.
 */
export async function runDocuments(
  documents: readonly CorpusDocument[],
  { folder, parallel, onResult, ...settings }: PoolSettings,
): Promise<void> {
  const waiting = [...documents];
  const work = async (): Promise<void> => {
    let child: Child | undefined;
    for (let document = waiting.shift(); document !== undefined; document = waiting.shift()) {
      if (child === undefined || child.isSpent()) {
        child?.end();
        child = new Child(settings);
      }
      const job = { document, folder: join(folder, document.name.replaceAll(/[^\w.-]+/g, '-')) };
      const isFresh = child.count === 0;
      let result = await child.run(job);
      if (!child.isAlive && !isFresh) {
        // It may be the process that was worn out.
        child = new Child(settings);
        result = await child.run(job);
      }
      onResult(result);
    }
    child?.end();
  };
  await Promise.all(Array.from({ length: parallel }, work));
}

type ChildSettings = Pick<PoolSettings, 'child' | 'timeoutMs'>;

const ownChild = new URL('./child.ts', import.meta.url);

class Child {
  count = 0;
  isAlive = true;
  readonly #process: ChildProcess;
  readonly #timeoutMs: number;

  constructor({ child = ownChild, timeoutMs = stepTimeoutMs + 3000 }: ChildSettings) {
    this.#timeoutMs = timeoutMs;
    this.#process = fork(child, {
      // A folder without a config.
      cwd: tmpdir(),
      env: { ...process.env, ...quietEnvironment },
      execArgv: [`--max-old-space-size=${heapLimit}`],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
  }

  isSpent(): boolean {
    return !this.isAlive || this.count >= documentsOfChild;
  }

  end(): void {
    this.isAlive = false;
    this.#process.kill('SIGKILL');
  }

  async run(job: Job): Promise<DocumentResult> {
    this.count += 1;
    const begun: { step: Step; start: number }[] = [];
    const { promise, resolve } = Promise.withResolvers<DocumentResult>();
    let timer: NodeJS.Timeout | undefined;
    let printed = '';
    const fail = (cause: string): void => {
      this.end();
      resolve(describeEnd(job.document, begun, cause, printed));
    };
    const listen = (message: ChildMessage): void => {
      clearTimeout(timer);
      if (message.kind === 'done') {
        resolve(message.result);
        return;
      }
      begun.push({ step: message.step, start: performance.now() });
      timer = setTimeout(() => fail('the step takes too long'), this.#timeoutMs);
    };
    const onExit = (): void =>
      fail(/heap out of memory/.test(printed) ? 'the step needs more than 1 GB' : 'the process died');
    this.#process.on('message', listen).on('exit', onExit);
    this.#process.stderr?.on('data', (data) => {
      printed = `${printed}${data}`.slice(-4000);
    });
    this.#process.send(job);
    const result = await promise;
    clearTimeout(timer);
    this.#process.off('message', listen).off('exit', onExit);
    this.#process.stderr?.removeAllListeners('data');
    return result;
  }
}

function describeEnd(
  { name, file }: CorpusDocument,
  begun: readonly { step: Step; start: number }[],
  cause: string,
  printed: string,
): DocumentResult {
  const end = performance.now();
  const durations = begun.map(({ step, start }, index) => [
    step,
    Math.round((begun[index + 1]?.start ?? end) - start),
  ]);
  const problem: Problem = { step: begun.at(-1)?.step ?? 'read', message: `${cause}\n${printed}` };
  return { name, file, operations: 0, problems: [problem], durations: Object.fromEntries(durations) };
}
