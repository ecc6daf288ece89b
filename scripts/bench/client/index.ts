import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type CommandContext, type ExitCode, parseOptions } from '../../command.ts';
import { toolkitFile } from '../../toolkit.ts';
import { installPeers } from '../mock/install-peers.ts';
import { parseCount } from '../parse-count.ts';
import { type Contestant, listOwn, listPeers, preparePeer } from './contestants.ts';
import { type Entry, eachEntry } from './entries.ts';
import { measureBytes } from './measure-bytes.ts';
import { measureGeneration } from './measure-generation.ts';
import { measureTypes } from './measure-types.ts';
import { formatTable, formatVerdicts, type Row } from './table.ts';
import { measureCalls } from './take-turns.ts';

/** The text of `bench client --help`. */
export const usage: string = `Usage: npm run bench -- client [options]

Measures the client of dist/ beside openapi-fetch, Hey API and orval, each in a consumer that calls every operation, or
builds its URL where a browser goes there. What they give is looked at. They take turns; times are medians, in
brackets as a share of openapi-fetch's. The others are installed once, into node_modules/.cache/client-peers.

  minified, gzipped      the consumer's bundle for the browser
  types, instantiations  of type-checking the consumer, by the declarations that are published
  call                   one call over a fetch without a network
  generate               the whole process; beside openapi-fetch it is openapi-typescript's
  nothing to do          the same, when nothing has changed since

Options:
  --rounds N  how often each takes its turn (default 7)
  --runs N    how often a consumer runs in its turn (default 2000)
  --own       without those that have to be installed
  --json      print the figures, and nothing else

Exit code: 0 measured, 2 wrong usage, or the others can't be installed.`;

/**
 * Runs the benchmark and prints its table.
 *
 * @throws {SetupError} for wrong usage, and when the peers can't be installed
 */
export async function run(args: string[], { stdout, stderr }: CommandContext): Promise<ExitCode> {
  const options = parseOptions(args, {
    rounds: { type: 'string', default: '7' },
    runs: { type: 'string', default: '2000' },
    own: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  });
  const rounds = parseCount('--rounds', options.rounds);
  const runs = parseCount('--runs', options.runs);
  const cache = toolkitFile('node_modules/.cache');
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, 'bench-client-'));
  try {
    const rows = await measureAll(await enter(folder, options.own), rounds, runs, stderr);
    const lines = options.json
      ? [JSON.stringify(rows, null, 2)]
      : [...formatTable(rows), '', 'this client:', ...formatVerdicts(rows).map((verdict) => `  ${verdict}`)];
    lines.forEach(stdout);
    return 0;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measureAll(
  entries: readonly Entry[],
  rounds: number,
  runs: number,
  stderr: CommandContext['stderr'],
): Promise<Row[]> {
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
  const peersFolder = await installPeers('client-peers', '--own');
  const peers = listPeers(peersFolder).map(open);
  await eachEntry(peers, 'generate', ({ contestant }) => preparePeer(contestant, peersFolder));
  return [...entries, ...peers];
}
