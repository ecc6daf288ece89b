import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Command, type CommandContext, defineCommand } from '../../cli/command.ts';
import { toolkitFile } from '../../cli/toolkit.ts';
import { installPeers } from '../peers.ts';
import { alignTexts, parseCount } from './benchmark.ts';
import {
  type Contestant,
  type Entry,
  eachEntry,
  type Figures,
  listOwn,
  listPeers,
  preparePeer,
} from './client-contestants.ts';

/** `bench client`. */
export const command: Command = defineCommand({
  name: 'client',
  synopsis: ['[options]'],
  description: `Compares the client of dist/ with openapi-fetch, Hey API and orval. Each is used by a consumer that calls every
operation, or builds its URL where a browser goes there. Results are verified and clients run interleaved. Times are
medians, in brackets relative to openapi-fetch. The others are installed once, into node_modules/.cache/client-peers.

  minified, gzipped      the consumer's bundle for the browser
  types, instantiations  of type-checking the consumer against the published declarations
  call                   one call over a fetch without a network
  generate               the whole process; for openapi-fetch, that of openapi-typescript
  nothing to do          the same when nothing has changed since`,
  options: {
    rounds: { type: 'string', value: 'N', default: '7', help: 'the number of rounds' },
    runs: { type: 'string', value: 'N', default: '2000', help: 'how often a consumer runs in a round' },
    own: { type: 'boolean', help: 'skip the clients that must be installed' },
    json: { type: 'boolean', help: 'print only the figures' },
  },
  exitCodes: { 0: 'measured', 2: 'wrong usage, or the other clients cannot be installed' },
  run: async (options, { stdout, stderr }) => {
    const rounds = parseCount('--rounds', options.rounds);
    const runs = parseCount('--runs', options.runs);
    const cache = toolkitFile('node_modules/.cache');
    mkdirSync(cache, { recursive: true });
    const folder = mkdtempSync(join(cache, 'bench-client-'));
    try {
      const rows = await measureAll(await enter(folder, options.own), rounds, runs, stderr);
      const lines = options.json
        ? [JSON.stringify(rows, null, 2)]
        : [...formatTable(rows), '', 'this client:', ...formatResults(rows).map((result) => `  ${result}`)];
      lines.forEach(stdout);
      return 0;
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
});

async function measureAll(
  entries: readonly Entry[],
  rounds: number,
  runs: number,
  stderr: CommandContext['stderr'],
): Promise<Row[]> {
  const { measureBytes, measureCalls, measureGeneration, measureTypes } = await import('./client-measure.ts');
  stderr('bytes and types');
  await eachEntry(entries, 'bundle', async ({ contestant, folder, figures }) => {
    Object.assign(figures, await measureBytes(contestant.consumerFile, folder));
  });
  await eachEntry(entries, 'type-check', async ({ contestant, folder, figures }) => {
    Object.assign(figures, await measureTypes(contestant.consumerFile, folder));
  });
  stderr('calls');
  await measureCalls(entries, rounds, runs);
  stderr('generation');
  await measureGeneration(entries, rounds);
  // One that fails does so in every round.
  return entries.map(({ contestant: { name, title }, figures, absences }) => {
    return { name, title, figures, absences: [...new Set(absences)] };
  });
}

async function enter(folder: string, isOwnOnly: boolean): Promise<Entry[]> {
  const open = (contestant: Contestant): Entry => {
    const own = join(folder, contestant.name);
    mkdirSync(own);
    return { contestant, folder: own, figures: {}, absences: [] };
  };
  const entries = listOwn().map(open);
  if (isOwnOnly) {
    return entries;
  }
  const peersFolder = await installPeers('bench/client-peers', '--own');
  const peers = listPeers(peersFolder).map(open);
  await eachEntry(peers, 'generate', ({ contestant }) => preparePeer(contestant, peersFolder));
  return [...entries, ...peers];
}

/** A client, with its figures and why some are missing. */
export interface Row {
  name: string;
  title: string;
  figures: Figures;
  absences: readonly string[];
}

const columns: readonly { key: keyof Figures; title: string; digits?: number }[] = [
  { key: 'minified', title: 'minified, B' },
  { key: 'gzipped', title: 'gzipped, B' },
  { key: 'types', title: 'types' },
  { key: 'instantiations', title: 'instantiations' },
  { key: 'callMicroseconds', title: 'call, us', digits: 1 },
  { key: 'generateMs', title: 'generate, ms' },
  { key: 'idleMs', title: 'nothing to do, ms' },
];

/** Renders all rows: each figure with its share of openapi-fetch's in brackets. */
export function formatTable(rows: readonly Row[]): string[] {
  const base = findFigures(rows, 'openapi-fetch');
  const body = rows.map(({ title, figures }) => [
    title,
    ...columns.map(({ key, digits = 0 }) => formatCell(figures[key], base?.[key], digits)),
  ]);
  const head = ['client', ...columns.map(({ title }) => title)];
  const absences = rows.flatMap(({ title, absences }) => absences.map((reason) => `- ${title}: ${reason}`));
  return [...alignTexts([head, ...body]), ...absences];
}

/** Says of each target whether this client reaches it. Leaves out one whose figures are missing. */
export function formatResults(rows: readonly Row[]): string[] {
  const own = findFigures(rows, 'own') ?? {};
  const base = findFigures(rows, 'openapi-fetch') ?? {};
  const share = (one?: number, other?: number): number => (one ?? Number.NaN) / (other ?? Number.NaN);
  const more = ((own.gzipped ?? Number.NaN) - (base.gzipped ?? Number.NaN)) / 1000;
  return [
    compare('gzipped', more, 1, "kB more than openapi-fetch's"),
    compare('instantiations', share(own.instantiations, base.instantiations), 0.25, "of openapi-fetch's"),
    compare('call', share(own.callMicroseconds, base.callMicroseconds), 1.1, "of openapi-fetch's"),
    compare('generate', share(own.generateMs, base.generateMs), 1, "of openapi-typescript's"),
    compare('nothing to do', share(own.idleMs, base.generateMs), 0.3, "of openapi-typescript's"),
  ].flat();
}

function compare(title: string, figure: number, atMost: number, unit: string): string[] {
  return Number.isNaN(figure)
    ? []
    : [
        `${figure <= atMost ? 'reached' : 'missed '}  ${title}: ${figure.toFixed(3)} ${unit}, at most ${atMost}`,
      ];
}

function findFigures(rows: readonly Row[], name: string): Figures | undefined {
  return rows.find((row) => row.name === name)?.figures;
}

function formatCell(figure: number | undefined, base: number | undefined, digits: number): string {
  if (figure === undefined) {
    return '-';
  }
  const text = figure.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return base === undefined ? text : `${text} (${(figure / base).toFixed(2)})`;
}
