import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CommandContext, type ExitCode, parseOptions, SetupError } from '../../command.ts';
import { findOwnSpec } from '../../mock/load-spec.ts';
import { readSpec } from '../../spec/read-spec.ts';
import { parseCount } from '../parse-count.ts';
import {
  type Contestant,
  type ContestantName,
  contestantNames,
  listContestants,
  peerNames,
} from './contestants.ts';
import { installPeers } from './install-peers.ts';
import { type MeasureSettings, measure, validates } from './measure.ts';
import { formatTable, formatVerdicts, type Row } from './table.ts';

/** The text of `bench mock --help`. */
export const usage: string = `Usage: npm run bench -- mock [options]

Measures the mock beside plain Prism, Mockoon, Scalar's mock server, openapi-backend and a bare node:http, all with
the same spec and the same work: a sign-in. Every answer is looked at. The servers take turns; figures are medians,
in brackets as a share of Prism's. The others are installed once, into node_modules/.cache/mock-peers.

  start      from the start of the process to the first good answer
  repeated   answers a second to one request, again and again, over 16 connections
  different  the same to requests of which no two are alike
  memory     resident, half a second after the start

Options:
  --rounds N    how often each server takes its turn (default 3)
  --seconds N   how long each load lasts (default 2)
  --only NAMES  of ${contestantNames.join(', ')}
  --json        print the figures of each round, and nothing else

Exit code: 0 measured, 2 wrong usage, or Prism or this mock gives no good answer.`;

/**
 * Runs the benchmark and prints its table.
 *
 * @throws {SetupError} for wrong usage, when the peers can't be installed, and when Prism or this mock gives no good
 *   answer
 */
export async function run(args: string[], context: CommandContext): Promise<ExitCode> {
  const options = parseOptions(args, {
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '2' },
    only: { type: 'string', default: contestantNames.join(',') },
    json: { type: 'boolean', default: false },
  });
  const rounds = parseCount('--rounds', options.rounds);
  const loadMs = parseCount('--seconds', options.seconds) * 1000;
  const rows = await measureAll(parseNames(options.only), rounds, { warmUpMs: loadMs / 4, loadMs }, context);
  const lines = options.json ? [JSON.stringify(rows, null, 2)] : formatReport(rows);
  lines.forEach(context.stdout);
  return 0;
}

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
  const folder = mkdtempSync(join(tmpdir(), 'bench-mock-'));
  try {
    const specFile = join(folder, 'openapi.json');
    writeFileSync(specFile, JSON.stringify((await readSpec(findOwnSpec())).spec?.document));
    const hasPeers = names.some((name) => peerNames.includes(name));
    const listed = listContestants(
      names,
      specFile,
      hasPeers ? await installPeers('mock-peers', '--only prism,source,built,bare') : '',
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
  const judged = own.find((row) => row !== undefined);
  const verdicts = judged === undefined ? [] : formatVerdicts(judged, rows);
  return [
    ...formatTable(rows),
    ...(verdicts.length === 0 ? [] : ['', `${judged?.title}:`, ...verdicts.map((verdict) => `  ${verdict}`)]),
  ];
}
