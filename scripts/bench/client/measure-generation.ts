import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { toolkitFile } from '../../toolkit.ts';
import { findMedian } from '../statistics.ts';
import { type Entry, eachEntry } from './entries.ts';
import { runTimed } from './run-timed.ts';

/**
 * Times the whole process that generates each client, into a new folder and then again with nothing to do.
 */
export async function measureGeneration(entries: readonly Entry[], rounds: number): Promise<void> {
  const samples = entries.map((): { fresh: number[]; idle: number[] } => ({ fresh: [], idle: [] }));
  for (let round = 0; round < rounds; round += 1) {
    await eachEntry(entries, 'generate', async ({ contestant, folder }) => {
      const target = join(folder, `generated-${round}`);
      mkdirSync(target);
      const sample = samples[entries.findIndex((entry) => entry.contestant === contestant)];
      const time = async (): Promise<number> =>
        (await runTimed(contestant.generate(target), toolkitFile('.'))).durationMs;
      sample?.fresh.push(await time());
      sample?.idle.push(await time());
    });
  }
  for (const [at, { figures }] of entries.entries()) {
    const { fresh = [], idle = [] } = samples[at] ?? {};
    if (idle.length > 0) {
      Object.assign(figures, { generateMs: findMedian(fresh), idleMs: findMedian(idle) });
    }
  }
}
