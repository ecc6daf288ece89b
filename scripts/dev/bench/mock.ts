import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Command, type CommandContext, defineCommand, SetupError } from '../../cli/command.ts';
import { installPeers } from '../peers.ts';
import { alignTexts, findMedian, parseCount } from './benchmark.ts';
import {
  type Contestant,
  type ContestantName,
  contestantNames,
  listContestants,
  type MeasureSettings,
  measure,
  peerNames,
  type Sample,
  validates,
} from './mock-contestants.ts';

/** `bench mock`. */
export const command: Command = defineCommand({
  name: 'mock',
  synopsis: ['[options]'],
  description: `Compares the mock with plain Prism, Mockoon, Scalar's mock server, openapi-backend and a bare node:http. All servers
have the same spec and do the same work: a sign-in. Responses are verified and servers run interleaved. Figures are
medians, in brackets relative to Prism. The other servers are installed once, into node_modules/.cache/mock-peers.

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
        if (row !== undefined && row.absence === undefined && 'args' in contestant) {
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

// That a peer can't do the work says something about the peer; that this mock or Prism can't, about the set-up.
async function addSample(row: Row, contestant: Contestant, settings: MeasureSettings): Promise<Row> {
  try {
    return {
      ...row,
      validates: row.validates ?? (await validates(contestant)),
      samples: [...row.samples, await measure(contestant, settings)],
    };
  } catch (error) {
    if (!peerNames.some((name) => name === row.name)) {
      throw error;
    }
    return { ...row, samples: [], absence: (error as Error).message.slice(0, 300) };
  }
}

function formatReport(rows: readonly Row[]): string[] {
  // What gets published counts; without it, the sources have to do.
  const own = ['built', 'source'].map((name) =>
    rows.find((row) => row.name === name && row.samples.length > 0),
  );
  const measured = own.find((row) => row !== undefined);
  const results = measured === undefined ? [] : formatResults(measured, rows);
  return [
    ...formatTable(rows),
    ...(results.length === 0 ? [] : ['', `${measured?.title}:`, ...results.map((result) => `  ${result}`)]),
  ];
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

/** What the mock has to reach, as its share of Prism's figure. */
export const targets: Readonly<Record<keyof Sample, { atMost?: number; atLeast?: number }>> = {
  startMs: { atMost: 0.3 },
  repeated: { atLeast: 15 },
  different: { atLeast: 3 },
  memoryMiB: { atMost: 0.7 },
};

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

/** Says of each target whether a row reaches it. Empty without Prism's figures. */
export function formatResults(row: Row, rows: readonly Row[]): string[] {
  const summary = summarize(row);
  const prism = findPrism(rows);
  if (summary === undefined || prism === undefined) {
    return [];
  }
  return columns.map(({ key, title }) => {
    const share = summary[key] / prism[key];
    const { atMost = Number.POSITIVE_INFINITY, atLeast = 0 } = targets[key];
    const isMet = share <= atMost && share >= atLeast;
    const target = atLeast > 0 ? `at least ${atLeast}` : `at most ${atMost}`;
    return `${isMet ? 'reached' : 'missed '}  ${title.split(',')[0]}: ${formatShare(share)} of Prism's, ${target}`;
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

function formatShare(share: number): string {
  return share.toFixed(share < 10 ? 2 : 1);
}
