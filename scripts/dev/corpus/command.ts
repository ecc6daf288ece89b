import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { type Command, defineCommand, type ExitCode, SetupError } from '../../cli/command.ts';
import { toolkitFile } from '../../cli/toolkit.ts';
import { writeWhole } from '../../files/write-whole.ts';
import { installPeers } from '../peers.ts';
import { listOwnDocuments, type Sample, sampleCorpus } from './documents.ts';
import { runDocuments } from './pool.ts';
import { type DocumentResult, outcomeOf } from './problem.ts';
import { formatProblems, renderReport } from './report.ts';

/** `corpus`. */
export const command: Command = defineCommand({
  name: 'corpus',
  synopsis: ['[options]', 'PLACE... [options]'],
  description: `Takes OpenAPI documents that nobody here wrote through all that the toolkit does: read, generate, compile with both
versions of TypeScript, serve as a mock, call each operation with the generated client, check. Prints a table by step
and cause, and writes it to reports/corpus.md. The documents are those of npm packages, which are installed once, into
node_modules/.cache/corpus.`,
  options: {
    place: {
      type: 'argument',
      value: 'PLACE',
      multiple: true,
      help: 'a file, or a folder of documents, instead; as many as you like',
    },
    count: { type: 'string', value: 'N', default: '300', help: 'how many documents' },
    seed: { type: 'string', value: 'TEXT', default: '1', help: 'what the sample is drawn by' },
    only: {
      type: 'string',
      value: 'NAME',
      help: 'run only documents whose name contains this, and print all messages',
    },
    parallel: {
      type: 'string',
      value: 'N',
      help: 'how many at a time (default: as many as there are cores)',
    },
    resume: { type: 'boolean', help: 'go on with a run that was stopped: keep the results that it has' },
  },
  exitCodes: {
    0: 'all documents pass, or fail by what is shown to be a fault of their own',
    1: 'some do not',
    2: 'wrong usage',
  },
  run: async (options, { stdout, stderr }): Promise<ExitCode> => {
    const { only, seed } = options;
    const all = await listSample(options.place, { seed, count: readCount('--count', options.count) });
    const documents = all.documents.filter(({ name }) => only === undefined || name.includes(only));
    if (documents.length === 0) {
      throw new SetupError(`There is no document "${only}" among the ${all.documents.length} of the sample.`);
    }
    const start = performance.now();
    const parallel = readCount('--parallel', options.parallel ?? String(availableParallelism()));
    const results = await runAll(
      documents,
      { parallel, resume: options.resume, isKept: only === undefined },
      stderr,
    );
    const report = renderReport(results, { ...all, seed, durationMs: performance.now() - start });
    if (only === undefined) {
      writeWhole(toolkitFile('reports/corpus.md'), report);
    }
    stdout(only === undefined ? report : results.map(formatProblems).join('\n'));
    return results.some((result) => outcomeOf(result) === 'toolkit') ? 1 : 0;
  },
});

async function listSample(
  places: readonly string[] | undefined,
  settings: { seed: string; count: number },
): Promise<Sample> {
  return places === undefined
    ? sampleCorpus(await installPeers('peers/corpus'), settings)
    : { documents: listOwnDocuments(places), leftOut: [] };
}

async function runAll(
  documents: Sample['documents'],
  { parallel, resume, isKept }: { parallel: number; resume: boolean; isKept: boolean },
  stderr: (line: string) => void,
): Promise<DocumentResult[]> {
  const folder = toolkitFile('reports/corpus');
  mkdirSync(folder, { recursive: true });
  const record = join(folder, 'results.jsonl');
  if (isKept && !resume) {
    rmSync(record, { force: true });
  }
  const known = resume && existsSync(record) ? readRecord(record) : [];
  const results = known.filter(({ name }) => documents.some((document) => document.name === name));
  const waiting = documents.filter(({ name }) => results.every((result) => result.name !== name));
  await runDocuments(waiting, {
    folder,
    parallel,
    onResult: (result) => {
      results.push(result);
      stderr(`${results.length}/${documents.length} ${outcomeOf(result)} ${result.name}`);
      if (isKept) {
        appendFileSync(record, `${JSON.stringify(result)}\n`);
      }
    },
  });
  const order = documents.map(({ name }) => name);
  return results.toSorted((one, other) => order.indexOf(one.name) - order.indexOf(other.name));
}

function readRecord(file: string): DocumentResult[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as DocumentResult);
}

function readCount(option: string, text: string): number {
  if (!/^[1-9]\d{0,4}$/.test(text)) {
    throw new SetupError(`${option} is "${text}", expected a whole number from 1.`);
  }
  return Number(text);
}
