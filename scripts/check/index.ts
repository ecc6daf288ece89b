import { type CommandContext, type ExitCode, parseOptions } from '../command.ts';
import { defaultSpecFile } from '../spec/read-spec.ts';
import { toolkitFile } from '../toolkit.ts';
import { formatTitle } from './gate.ts';
import { gates, pactGates } from './gates.ts';
import { openContext } from './open-context.ts';
import { readDocuments } from './read-documents.ts';
import type { CheckReport } from './report/report.ts';
import { writeReports } from './report/write-reports.ts';
import { runGates } from './run-gates.ts';
import { selectGates } from './select-gates.ts';

/** The text of `check --help`. */
export const usage: string = `Usage: nexudus-auth-contract check [options]

Holds spec, generated code, client, pact and mock against each other, pair by pair:

${gates.map((gate) => `  ${gate.name.padEnd(20)}${formatTitle(gate)}`).join('\n')}

Options:
  --pact PATH   hold another consumer's pact, or all pacts in a folder: ${pactGates.map(({ name }) => name).join(', ')}
  --spec FILE   hold against another spec (default: the toolkit's own)
  --base PLACE  compare the spec with an earlier version: a file, or a git ref such as origin/main or v1.2.0
  --only NAMES  run these gates only, comma-separated
  --skip NAMES  leave these gates out, comma-separated
  --bail        start no further gate once one has failed
  --json        print the results as one JSON document
  --junit FILE  write them as JUnit XML too
  --sarif FILE  write them as SARIF 2.1.0 too
  --html FILE   write them as one page too

Exit code: 0 clean, 1 findings, 2 wrong usage or a broken setup.`;

/**
 * Runs the gates side by side and reports them.
 *
 * @throws {SetupError} for wrong usage, and when a gate can't run
 */
export async function run(args: string[], context: CommandContext): Promise<ExitCode> {
  const options = parseOptions(args, {
    pact: { type: 'string' },
    spec: { type: 'string' },
    base: { type: 'string' },
    only: { type: 'string' },
    skip: { type: 'string' },
    bail: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    junit: { type: 'string' },
    sarif: { type: 'string' },
    html: { type: 'string' },
  });
  const report = await check(options, context);
  writeReports(report, options, context);
  return toExitCode(report);
}

function toExitCode({ results, findings }: CheckReport): ExitCode {
  if (results.some(({ verdict }) => verdict === 'broken')) {
    return 2;
  }
  return findings.length > 0 || results.some(({ verdict }) => verdict !== 'passed') ? 1 : 0;
}

interface CheckOptions {
  pact?: string | undefined;
  spec?: string | undefined;
  base?: string | undefined;
  only?: string | undefined;
  skip?: string | undefined;
  bail: boolean;
}

async function check(options: CheckOptions, { stderr }: CommandContext): Promise<CheckReport> {
  const { pact, spec = toolkitFile(defaultSpecFile), base, only, skip, bail } = options;
  const offered = (pact === undefined ? gates : pactGates).filter(
    ({ standard }) => standard !== 'last release' || base !== undefined,
  );
  const selected = selectGates(offered, only, skip);
  const start = performance.now();
  const { documents, findings } = await readDocuments({ spec, pact, base });
  if (documents === undefined) {
    return { results: [], findings, durationMs: performance.now() - start };
  }
  await using context = openContext(documents);
  stderr(`Running ${selected.length} gates …`);
  const results = await runGates(selected, context, {
    bail,
    onEnd: ({ gate, verdict }) => stderr(`  ${gate.name} ${verdict}`),
  });
  return { results, findings: [], durationMs: performance.now() - start };
}
