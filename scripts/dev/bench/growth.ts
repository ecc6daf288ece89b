import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Command, type CommandContext, defineCommand } from '../../cli/command.ts';
import { installPeers } from '../peers.ts';
import { alignTexts, findMedian, formatResult, type Limits, parseCount } from './benchmark.ts';
import type { CommandLine, Work } from './load.ts';
import { findBuiltCli, measure, type Sample, servePrism, serveWith, sourceCli } from './mock-contestants.ts';

/** `bench growth`. */
export const command: Command = defineCommand({
  name: 'growth',
  synopsis: ['[options]'],
  description: `Serves GitHub's document, of more than a thousand operations, with Prism's CLI and with this mock: without its cache, with
an empty one and with a warm one, which is one of the benchmark's own. Then serves a document that has only one of the operations. All requests are
different and call that operation. Responses are verified and servers run interleaved. Figures are medians.`,
  options: {
    rounds: { type: 'string', value: 'N', default: '3', help: 'the number of rounds' },
    seconds: { type: 'string', value: 'N', default: '2', help: 'the length of each load, in seconds' },
    source: { type: 'boolean', help: 'run the mock from its sources, even if it is built' },
    json: { type: 'boolean', help: 'print only the figures of each round' },
  },
  exitCodes: { 0: 'measured', 2: 'wrong usage, or no correct response from a server' },
  run: async (options, context) => {
    const rounds = parseCount('--rounds', options.rounds);
    const loadMs = parseCount('--seconds', options.seconds) * 1000;
    const cli =
      (options.source ? undefined : findBuiltCli('openapi-contract-kit/commands/cli.js')) ?? sourceCli;
    const folder = mkdtempSync(join(tmpdir(), 'bench-growth-'));
    const cache = join(folder, 'cache');
    // The servers inherit it.
    process.env.XDG_CACHE_HOME = cache;
    try {
      const rows = listRows(cli, await installPeers('peers/prism'), await writeDocuments(folder));
      const samples = await measureAll(rows, cache, rounds, { warmUpMs: loadMs / 4, loadMs }, context);
      (options.json ? [JSON.stringify(samples, null, 2)] : formatReport(samples)).forEach(context.stdout);
      return 0;
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
});

const gitHub = '@octokit/openapi/generated/api.github.com.json';
const path = '/gitignore/templates/{name}';

interface Documents {
  large: string;
  small: string;
}

async function writeDocuments(folder: string): Promise<Documents> {
  const large = join(await installPeers('peers/corpus'), 'node_modules', gitHub);
  const document: LargeDocument = JSON.parse(readFileSync(large, 'utf8'));
  const small = join(folder, 'small.json');
  writeFileSync(small, JSON.stringify(keepPath(document)));
  return { large, small };
}

interface LargeDocument {
  openapi: string;
  info: unknown;
  servers: unknown;
  paths: Record<string, unknown>;
  components: Record<string, Record<string, unknown>>;
}

/** Leaves one path of a document, and the components that it needs. */
function keepPath({ openapi, info, servers, paths, components }: LargeDocument): LargeDocument {
  const kept: LargeDocument = { openapi, info, servers, paths: { [path]: paths[path] }, components: {} };
  const open: unknown[] = [paths[path]];
  for (const node of open) {
    for (const [, kind = '', name = ''] of JSON.stringify(node).matchAll(
      /"#\/components\/(\w+)\/([^"]+)"/g,
    )) {
      const found = components[kind]?.[name];
      if (found !== undefined && kept.components[kind]?.[name] === undefined) {
        kept.components[kind] = { ...kept.components[kind], [name]: found };
        open.push(found);
      }
    }
  }
  return kept;
}

const work: Work = {
  repeat: () => format('C'),
  vary: (count) => format(`C${count}`),
  isGood: (answer) => answer.startsWith('HTTP/1.1 200 ') && answer.includes('"source"'),
};

function format(name: string): string {
  return `GET ${path.replace('{name}', name)} HTTP/1.1\r\nhost: 127.0.0.1\r\naccept: */*\r\n\r\n`;
}

/** The name of a row of the report. */
export type RowName =
  | 'prism'
  | 'mock, no cache'
  | 'mock, empty cache'
  | 'mock, warm cache'
  | 'prism, small'
  | 'mock, small';

type Rows = Readonly<Record<RowName, CommandLine>>;

function listRows(cli: string, prismFolder: string, { large, small }: Documents): Rows {
  const help = execFileSync(process.execPath, [cli, 'mock', '--help'], { encoding: 'utf8' });
  const uncached = help.includes('--no-cache') ? ['--no-cache'] : [];
  return {
    prism: servePrism(prismFolder, large),
    'mock, no cache': serveWith(cli, '--spec', large, ...uncached),
    'mock, empty cache': serveWith(cli, '--spec', large),
    'mock, warm cache': serveWith(cli, '--spec', large),
    'prism, small': servePrism(prismFolder, small),
    'mock, small': serveWith(cli, '--spec', small),
  };
}

/** The figures of each row, one sample a round. */
export type Samples = Readonly<Record<RowName, readonly Sample[]>>;

async function measureAll(
  rows: Rows,
  cache: string,
  rounds: number,
  settings: Parameters<typeof measure>[1],
  { stderr }: CommandContext,
): Promise<Samples> {
  const names = Object.keys(rows) as RowName[];
  const samples = Object.fromEntries(names.map((name): [string, Sample[]] => [name, []]));
  for (let round = 0; round <= rounds; round += 1) {
    for (const name of names) {
      stderr(round === 0 ? `warming up: ${name}` : `round ${round} of ${rounds}: ${name}`);
      if (name === 'mock, empty cache') {
        rmSync(cache, { recursive: true, force: true });
      }
      const sample = await measure({ command: rows[name] }, settings, work);
      // The first round fills the other caches, as that of V8.
      samples[name]?.push(...(round === 0 ? [] : [sample]));
    }
  }
  return samples as Record<RowName, Sample[]>;
}

interface Target extends Limits {
  title: string;
  row: RowName;
  key: keyof Sample;
  of: RowName;
}

const targets: readonly Target[] = [
  { title: 'start without a cache', row: 'mock, no cache', key: 'startMs', of: 'prism', atMost: 0.5 },
  { title: 'start with an empty cache', row: 'mock, empty cache', key: 'startMs', of: 'prism', atMost: 0.5 },
  { title: 'start with a warm cache', row: 'mock, warm cache', key: 'startMs', of: 'prism', atMost: 0.2 },
  { title: 'memory', row: 'mock, warm cache', key: 'memoryMiB', of: 'prism', atMost: 0.5 },
  // What routing costs: at most 1.5 of the small document's.
  { title: 'different/s', row: 'mock, warm cache', key: 'different', of: 'mock, small', atLeast: 0.67 },
];

/** Renders the medians of all rows, and says of each target whether it is reached. */
export function formatReport(samples: Samples): string[] {
  const figure = (row: RowName, key: keyof Sample): number =>
    findMedian(samples[row].map((sample) => sample[key]));
  const keys = ['startMs', 'memoryMiB', 'different', 'repeated'] as const;
  const show = (number: number): string => Math.round(number).toLocaleString('en');
  const table = (Object.keys(samples) as RowName[]).map((row) => [
    row,
    ...keys.map((key) => show(figure(row, key))),
  ]);
  const results = targets.map(({ title, row, key, of, ...limits }) =>
    formatResult(title, figure(row, key) / figure(of, key), of, limits),
  );
  return [
    ...alignTexts([['server', 'start, ms', 'memory, MiB', 'different/s', 'repeated/s'], ...table]),
    '',
    ...results,
  ];
}
