import type { Contestant } from './contestants.ts';
import type { Figures } from './table.ts';

/** A client at work: its folder for what is made of it, and what is known of it so far. */
export interface Entry {
  contestant: Contestant;
  folder: string;
  figures: Figures;
  absences: string[];
}

/**
 * Does a piece of work for each, in turn. That one can't do it says something about it, and leaves the others their
 * figures.
 *
 * @param what the work is called in the reason that is kept
 */
export async function eachEntry(
  entries: readonly Entry[],
  what: string,
  work: (entry: Entry) => Promise<void>,
): Promise<void> {
  for (const entry of entries) {
    try {
      await work(entry);
    } catch (error) {
      entry.absences.push(`${what}: ${(error as Error).message.slice(0, 400)}`);
    }
  }
}
