// A thread of its own: it judges its share of the mutants of the spec, so that two cores are busy.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { judgeSpecMutants } from './judge-spec-mutants.ts';
import { listSpecMutants } from './list-mutants.ts';
import { readOriginals } from './read-originals.ts';
import type { Verdict } from './verdict.ts';

/** Which mutants a thread judges: each whose place, divided by `count`, leaves `share`. */
export interface Share {
  share: number;
  count: number;
}

/** What a thread reports of a mutant: a message can't carry the mutant itself, which holds functions. */
export type SharedVerdict = Omit<Verdict, 'mutant'> & { index: number };

const { share, count } = workerData as Share;
const { spec, pact, document } = await readOriginals();
const mine = [...listSpecMutants(document).entries()].filter(([index]) => index % count === share);
const indexes = new Map(mine.map(([index, mutant]) => [mutant, index]));
const folder = mkdtempSync(join(tmpdir(), 'nexudus-mutants-'));
try {
  await judgeSpecMutants([...indexes.keys()], {
    spec,
    pacts: [pact],
    folder,
    onVerdict: ({ mutant, ...verdict }) =>
      parentPort?.postMessage({ ...verdict, index: indexes.get(mutant) ?? -1 } satisfies SharedVerdict),
  });
} finally {
  rmSync(folder, { recursive: true, force: true });
}
