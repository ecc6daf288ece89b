import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { type Command, type CommandContext, defineCommand, SetupError } from '../cli/command.ts';
import { configOption, loadProject, type Project, requireProject } from '../cli/config.ts';
import type { MutantResult } from './mutants.ts';
import type { Mutant } from './operators/mutant.ts';
import type { SharedResult } from './spec-thread.ts';

/** `mutate`. */
export const command: Command = defineCommand({
  name: 'mutate',
  synopsis: ['[options]'],
  description:
    'Tests the gates: changes the spec and the pact by rule, one small change at a time, and counts the changes that\nthe gates find.',
  options: {
    markdown: {
      type: 'string',
      value: 'FILE',
      default: 'reports/mutation.md',
      help: 'where to write the report',
    },
    goal: { type: 'string', value: 'PERCENT', default: '98', help: 'fail below this share of changes found' },
    sample: {
      type: 'string',
      value: 'COUNT',
      help: 'test about so many mutants, evenly spread, of a document that has too many (default: all)',
    },
    config: configOption,
  },
  exitCodes: {
    0: 'the goal is reached and no breaking change survived',
    1: 'below the goal, or a breaking change survived',
    2: 'wrong usage or a broken setup',
  },
  run: async (options, context) => {
    const goal = Number(options.goal);
    if (!(goal >= 0 && goal <= 100)) {
      throw new SetupError(`--goal is "${options.goal}", expected a number from 0 to 100.`);
    }
    const sample = Number(options.sample ?? Number.POSITIVE_INFINITY);
    if (!(sample >= 1)) {
      throw new SetupError(`--sample is "${options.sample}", expected a number of mutants, such as 500.`);
    }
    const project = requireProject(
      await loadProject({ configFile: options.config }),
      'mutate needs the spec, the pact and the gates of a config',
      'mutate --config contract.config.ts',
    );
    const start = performance.now();
    const results = await testAll(project, sample, context);
    const durationMs = performance.now() - start;
    const { countScore, formatMarkdown, formatTotals } = await import('./report.ts');
    const { writeWhole } = await import('../files/write-whole.ts');
    writeWhole(options.markdown, formatMarkdown(results, durationMs));
    context.stdout(formatTotals(results, durationMs));
    context.stderr(`Wrote ${options.markdown}.`);
    const { killed, total, breakingSurvivors } = countScore(results);
    return killed / total >= goal / 100 && breakingSurvivors.length === 0 ? 0 : 1;
  },
});

async function testAll(
  project: Project,
  sample: number,
  { stderr }: CommandContext,
): Promise<MutantResult[]> {
  const { listPactMutants, listSpecMutants, readOriginals, takeEach } = await import('./mutants.ts');
  const { testPactMutants } = await import('./pact-mutants.ts');
  const { spec, document, pactDocument } = await readOriginals(project);
  const allOfSpec = listSpecMutants(document);
  const allOfPact = listPactMutants(pactDocument);
  const step = Math.max(1, Math.ceil((allOfSpec.length + allOfPact.length) / sample));
  const ofSpec = takeEach(allOfSpec, step);
  const ofPact = takeEach(allOfPact, step);
  const onResult = countProgress(ofSpec.length + ofPact.length, stderr);
  const folder = mkdtempSync(join(tmpdir(), 'contract-kit-mutants-'));
  try {
    return [
      ...(await testInThreads(ofSpec, { configFile: project.file, step, onResult })),
      ...(await testPactMutants(ofPact, { project, spec, pact: pactDocument, folder, onResult })),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function countProgress(total: number, print: (line: string) => void): () => void {
  let done = 0;
  return () => {
    done += 1;
    if (done % 100 === 0 || done === total) {
      print(`  ${done} of ${total} mutants`);
    }
  };
}

// As many threads as there are cores, four at most. Each lists the mutants of the spec itself.
async function testInThreads(
  mutants: readonly Mutant[],
  { configFile, step, onResult }: { configFile: string; step: number; onResult: () => void },
): Promise<MutantResult[]> {
  const count = Math.min(4, availableParallelism());
  const results: MutantResult[] = [];
  const workers = Array.from(
    { length: count },
    (_, share) =>
      new Worker(new URL(`./spec-thread${extname(import.meta.url)}`, import.meta.url), {
        workerData: { configFile, share, count, step },
      }),
  );
  const take = ({ index, ...result }: SharedResult): void => {
    const mutant = mutants[index];
    if (mutant !== undefined) {
      results[index] = { ...result, mutant };
      onResult();
    }
  };
  try {
    await Promise.all(workers.map((worker) => waitFor(worker, take)));
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
  return results;
}

function waitFor(worker: Worker, take: (result: SharedResult) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    worker
      .on('message', take)
      .once('error', reject)
      .once('exit', () => resolve());
  });
}
