import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { findMedian } from '../statistics.ts';
import { type Entry, eachEntry } from './entries.ts';
import { type CallAll, checkCalls, stubFetch, timeCalls } from './measure-calls.ts';

/**
 * Lets the bundles that were made of the consumers take turns over the stub, and keeps the time of a call of each.
 */
export async function measureCalls(entries: readonly Entry[], rounds: number, runs: number): Promise<void> {
  const { fetch } = globalThis;
  globalThis.fetch = stubFetch;
  try {
    const ready: { entry: Entry; callAll: CallAll; times: number[] }[] = [];
    await eachEntry(entries, 'call', async (entry) => {
      const { callAll } = await import(pathToFileURL(join(entry.folder, 'entry.mjs')).href);
      await checkCalls(callAll);
      // Warmed up before any is measured.
      await timeCalls(callAll, runs);
      ready.push({ entry, callAll, times: [] });
    });
    for (let round = 0; round < rounds; round += 1) {
      for (const { callAll, times } of ready) {
        times.push(await timeCalls(callAll, runs));
      }
    }
    for (const { entry, times } of ready) {
      entry.figures.callMicroseconds = findMedian(times);
    }
  } finally {
    globalThis.fetch = fetch;
  }
}
