import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Mutant } from './mutant.ts';
import type { SharedVerdict } from './spec-worker.ts';
import type { Verdict } from './verdict.ts';

/**
 * Judges mutants of the spec in as many threads as there are cores, four at most.
 *
 * @param mutants all of them, as the threads list them themselves
 * @throws what a thread throws, once the others are stopped
 */
export async function judgeInThreads(mutants: readonly Mutant[], onVerdict: () => void): Promise<Verdict[]> {
  const count = Math.min(4, availableParallelism());
  const verdicts: Verdict[] = [];
  const workers = Array.from(
    { length: count },
    (_, share) => new Worker(new URL('./spec-worker.ts', import.meta.url), { workerData: { share, count } }),
  );
  const take = ({ index, ...verdict }: SharedVerdict): void => {
    const mutant = mutants[index];
    if (mutant !== undefined) {
      verdicts[index] = { ...verdict, mutant };
      onVerdict();
    }
  };
  try {
    await Promise.all(workers.map((worker) => waitFor(worker, take)));
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
  return verdicts;
}

function waitFor(worker: Worker, take: (verdict: SharedVerdict) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    worker
      .on('message', take)
      .once('error', reject)
      .once('exit', () => resolve());
  });
}
