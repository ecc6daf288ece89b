import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Command, type CommandContext, defineCommand, SetupError } from '../../cli/command.ts';
import { installPeers } from '../peers.ts';
import { alignTexts, findMedian, formatResult, formatShare, type Limits, parseCount } from './benchmark.ts';
import {
  type Contestant,
  type ContestantName,
  contestantNames,
  listContestants,
  type MeasureSettings,
  measure,
  neededNames,
  peerNames,
  type Sample,
  validates,
} from './mock-contestants.ts';

/** `bench mock`. */
export const command: Command = defineCommand({
  name: 'mock',
  synopsis: ['[options]'],
  description: `Compares the mock, also with --simulate and with 100 worlds, with plain Prism, Mockoon, Scalar's mock server,
openapi-backend, Steady and a bare node:http. All servers have the same spec and do the same work: a sign-in. Responses
are verified and servers run interleaved. Figures are medians, in brackets relative to Prism. The other servers are
installed once, into node_modules/.cache/mock-peers.

  start      from the start of the process to the first correct response
  repeated   responses per second to one repeated request, over 16 connections
  different  responses per second to requests that are all different
  memory     resident, half a second after the start`,
  options: {
    rounds: { type: 'string', value: 'N', default: '3', help: 'the number of rounds' },
    seconds: { type: 'string', value: 'N', default: '2', help: 'the length of each load, in seconds' },
    only: {
      type: 'string',
      value: 'NAMES',
      help: `run only these servers, comma-separated (default: all). Of ${contestantNames.join(', ')}`,
    },
    json: { type: 'boolean', help: 'print only the figures of each round' },
  },
  exitCodes: { 0: 'measured', 2: 'wrong usage, or no correct response from Prism or this mock' },
  run: async (options, context) => {
    const rounds = parseCount('--rounds', options.rounds);
    const loadMs = parseCount('--seconds', options.seconds) * 1000;
    const names = parseNames(options.only ?? contestantNames.join(','));
    const rows = await measureAll(names, rounds, { warmUpMs: loadMs / 4, loadMs }, context);
    const lines = options.json ? [JSON.stringify(rows, null, 2)] : formatReport(rows);
    lines.forEach(context.stdout);
    return 0;
  },
});

function parseNames(text: string): ContestantName[] {
  return text.split(',').map((name) => {
    const known = contestantNames.find((one) => one === name);
    if (known === undefined) {
      throw new SetupError(`--only has "${name}", expected some of ${contestantNames.join(',')}.`);
    }
    return known;
  });
}

async function measureAll(
  names: readonly ContestantName[],
  rounds: number,
  settings: MeasureSettings,
  { stderr }: CommandContext,
): Promise<Row[]> {
  const { findOwnSpec } = await import('../../mock/engine/spec.ts');
  const { readSpec } = await import('../../openapi/read-spec.ts');
  const folder = mkdtempSync(join(tmpdir(), 'bench-mock-'));
  try {
    const specFile = join(folder, 'openapi.json');
    writeFileSync(specFile, JSON.stringify((await readSpec(await findOwnSpec())).spec?.document));
    const hasPeers = names.some((name) => peerNames.includes(name));
    const listed = listContestants(
      names,
      specFile,
      names.includes('prism') ? await installPeers('peers/prism', '--only source,built,bare') : '',
      hasPeers ? await installPeers('bench/mock-peers', '--only prism,source,built,bare') : '',
    );
    const rows: Row[] = listed.map(({ name, title, ...rest }) => ({
      name,
      title,
      samples: [],
      ...('absence' in rest ? rest : {}),
    }));
    for (let round = 1; round <= rounds; round += 1) {
      for (const [at, contestant] of listed.entries()) {
        const row = rows[at];
        if (row !== undefined && row.absence === undefined && 'command' in contestant) {
          stderr(`round ${round} of ${rounds}: ${contestant.title}`);
          rows[at] = await addSample(row, contestant, settings);
        }
      }
    }
    return rows;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

// That a peer can't do the work says something about the peer; that what it is compared with can't, about the set-up.
async function addSample(row: Row, contestant: Contestant, settings: MeasureSettings): Promise<Row> {
  try {
    return {
      ...row,
      validates: row.validates ?? (await validates(contestant)),
      samples: [...row.samples, await measure(contestant, settings)],
    };
  } catch (error) {
    if (neededNames.some((name) => name === row.name)) {
      throw error;
    }
    return { ...row, samples: [], absence: (error as Error).message.slice(0, 300) };
  }
}

function formatReport(rows: readonly Row[]): string[] {
  const results = formatResults(rows);
  return [...formatTable(rows), ...(results.length === 0 ? [] : ['', ...results])];
}

/** A server, with what was measured or why it was not. */
export interface Row {
  name: string;
  title: string;
  samples: readonly Sample[];
  /** Whether it refuses a request that breaks the spec. */
  validates?: boolean;
  absence?: string;
}

/** What a row has to reach: its figure as a share of that of another row. */
interface Target extends Limits {
  row: ContestantName;
  key: keyof Sample;
  of: ContestantName;
}

/** What is published counts, but for the start from the sources. */
const targets: readonly Target[] = [
  { row: 'built', key: 'different', of: 'prism', atLeast: 10 },
  { row: 'built', key: 'different', of: 'openapi-backend', atLeast: 1 },
  { row: 'built', key: 'repeated', of: 'bare', atLeast: 0.7 },
  { row: 'built', key: 'startMs', of: 'bare', atMost: 1.25 },
  { row: 'source', key: 'startMs', of: 'prism', atMost: 0.33 },
  { row: 'built', key: 'memoryMiB', of: 'bare', atMost: 1.2 },
  { row: 'simulate', key: 'different', of: 'built', atLeast: 0.6 },
  { row: 'simulate', key: 'repeated', of: 'built', atLeast: 0.6 },
  { row: 'worlds', key: 'different', of: 'built', atLeast: 0.6 },
  { row: 'worlds', key: 'repeated', of: 'built', atLeast: 0.6 },
];

const columns: readonly { key: keyof Sample; title: string }[] = [
  { key: 'startMs', title: 'start, ms' },
  { key: 'repeated', title: 'repeated/s' },
  { key: 'different', title: 'different/s' },
  { key: 'memoryMiB', title: 'memory, MiB' },
];

/** Takes the median of each figure. `undefined` where nothing was measured. */
export function summarize({ samples }: Row): Sample | undefined {
  if (samples.length === 0) {
    return undefined;
  }
  const medianOf = (key: keyof Sample): number => findMedian(samples.map((sample) => sample[key]));
  return {
    startMs: medianOf('startMs'),
    repeated: medianOf('repeated'),
    different: medianOf('different'),
    memoryMiB: medianOf('memoryMiB'),
  };
}

/** Renders all rows: each figure with its share of Prism's in brackets. */
export function formatTable(rows: readonly Row[]): string[] {
  const prism = findPrism(rows);
  const head = ['server', 'validates', ...columns.map(({ title }) => title)];
  const body = rows.map((row) => {
    const summary = summarize(row);
    const cells = columns.map(({ key }) =>
      summary === undefined ? '-' : formatCell(summary[key], prism?.[key]),
    );
    return [row.title, row.validates === undefined ? '-' : row.validates ? 'yes' : 'no', ...cells];
  });
  const absences = rows.flatMap(({ title, absence }) =>
    absence === undefined ? [] : [`- ${title}: ${absence}`],
  );
  return [...alignTexts([head, ...body]), ...absences];
}

/** Says of each target whether it is reached, where both of its rows were measured. */
export function formatResults(rows: readonly Row[]): string[] {
  const find = (name: ContestantName): Row | undefined => rows.find((row) => row.name === name);
  return targets.flatMap(({ row, key, of, ...limits }) => {
    const [measured, reference] = [find(row), find(of)].map((one) => one && summarize(one));
    if (measured === undefined || reference === undefined) {
      return [];
    }
    const column = columns.find((one) => one.key === key)?.title.split(',')[0];
    const title = `${find(row)?.title}: ${column}`;
    return formatResult(title, measured[key] / reference[key], find(of)?.title ?? of, limits);
  });
}

function findPrism(rows: readonly Row[]): Sample | undefined {
  const row = rows.find(({ name }) => name === 'prism');
  return row && summarize(row);
}

function formatCell(figure: number, ofPrism: number | undefined): string {
  const text = Math.round(figure).toLocaleString('en');
  return ofPrism === undefined ? text : `${text} (${formatShare(figure / ofPrism)})`;
}
