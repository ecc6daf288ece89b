// A thread of its own: it tests its share of the mutants of the spec, so that two cores are busy.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { loadProject, requireProject } from '../cli/config.ts';
import { listSpecMutants, type MutantResult, readOriginals, takeEach } from './mutants.ts';
import { testSpecMutants } from './spec-mutants.ts';

/** Which mutants a thread tests: each whose place, divided by `count`, leaves `share`. */
export interface Share {
  configFile: string;
  share: number;
  count: number;
  /** The first of each so many mutants are tested. */
  step: number;
}

/** What a thread reports of a mutant: a message cannot carry the mutant itself, which holds functions. */
export type SharedResult = Omit<MutantResult, 'mutant'> & { index: number };

const { configFile, share, count, step } = workerData as Share;
const need = 'mutate needs the spec and the pact of a config';
const project = requireProject(await loadProject({ configFile }), need, 'mutate');
const { spec, pact, document } = await readOriginals(project);
const mine = [...takeEach(listSpecMutants(document), step).entries()].filter(
  ([index]) => index % count === share,
);
const indexes = new Map(mine.map(([index, mutant]) => [mutant, index]));
const folder = mkdtempSync(join(tmpdir(), 'contract-kit-mutants-'));
try {
  await testSpecMutants([...indexes.keys()], {
    project,
    spec,
    pacts: [pact],
    folder,
    onResult: ({ mutant, ...result }) =>
      parentPort?.postMessage({ ...result, index: indexes.get(mutant) ?? -1 } satisfies SharedResult),
  });
} finally {
  rmSync(folder, { recursive: true, force: true });
}
