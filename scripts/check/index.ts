import { resolve } from 'node:path';
import { type CommandContext, type ExitCode, parseOptions, SetupError } from '../command.ts';
import { defaultSpecFile } from '../spec/default-spec-file.ts';
import { requireOwnRepository, toolkitFile } from '../toolkit.ts';
import { formatTitle, type Gate } from './gate.ts';
import { gates, pactGates, specGates } from './gates.ts';
import type { CheckReport } from './report/report.ts';
import { writeReports } from './report/write-reports.ts';
import { runInThread } from './run-in-thread.ts';
import { selectGates } from './select-gates.ts';

/** The text of `check --help`. */
export const usage: string = `Usage: nexudus-auth-contract check --pact PATH [options]
       nexudus-auth-contract check --spec FILE [options]

Checks a pact against the spec and the mock, or a spec by itself. In this toolkit's own repository, \`check\` alone
runs all gates:

${gates.map((gate) => `  ${gate.name.padEnd(20)}${formatTitle(gate)}`).join('\n')}

Options:
  --pact PATH   your pact, or all pacts in a folder: runs ${pactGates.map(({ name }) => name).join(', ')}
  --spec FILE   check against another spec (default: the bundled one). Without --pact, only the gates that check a spec
                by itself are run: ${specGates.map(({ name }) => name).join(', ')}
  --base PLACE  compare the spec with an earlier version: a file, or a git ref such as origin/main or v1.2.0
  --only NAMES  run these gates only, comma-separated
  --skip NAMES  leave these gates out, comma-separated
  --bail        start no further gate once one has failed or is broken
  --timeout S   end a gate that takes longer than this many seconds (default 120); it is then broken
  --json        print the results as one JSON document
  --junit FILE  write them as JUnit XML too
  --sarif FILE  write them as SARIF 2.1.0 too
  --html FILE   write them as one page too

A gate that cannot be run, or does not end in time, is broken. The others are run, and all reports are written.

Exit code: 0 clean, 1 findings, 2 wrong usage, a broken setup or a broken gate.`;

/**
 * Runs the gates side by side and reports them.
 *
 * @throws {SetupError} for wrong usage, and for documents that are not there
 */
export async function run(args: string[], context: CommandContext): Promise<ExitCode> {
  const options = parseOptions(args, {
    pact: { type: 'string' },
    spec: { type: 'string' },
    base: { type: 'string' },
    only: { type: 'string' },
    skip: { type: 'string' },
    bail: { type: 'boolean', default: false },
    timeout: { type: 'string', default: '120' },
    json: { type: 'boolean', default: false },
    junit: { type: 'string' },
    sarif: { type: 'string' },
    html: { type: 'string' },
  });
  if (options.pact === undefined && options.spec === undefined) {
    requireOwnRepository('check needs the pact that your consumer tests write', 'check --pact pacts');
  }
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
  timeout: string;
}

async function check(options: CheckOptions, { stderr, env }: CommandContext): Promise<CheckReport> {
  const { pact, spec = toolkitFile(defaultSpecFile), base, only, skip, bail } = options;
  const offered = offerGates(pact, spec, stderr).filter(
    ({ standard }) => standard !== 'last release' || base !== undefined,
  );
  const selected = selectGates(offered, only, skip);
  const start = performance.now();
  stderr(`Running ${selected.length} ${selected.length === 1 ? 'gate' : 'gates'} …`);
  const { results, findings } = await runInThread(selected, {
    places: { spec, pact, base },
    bail,
    env,
    timeoutMs: readTimeout(options.timeout),
    onEnd: ({ gate, verdict }) => stderr(`  ${gate.name} ${verdict}`),
  });
  return { results, findings, durationMs: performance.now() - start };
}

function offerGates(pact: string | undefined, spec: string, stderr: (line: string) => void): readonly Gate[] {
  if (pact !== undefined) {
    return pactGates;
  }
  if (resolve(spec) === toolkitFile(defaultSpecFile)) {
    return gates;
  }
  stderr(
    `Only ${specGates.map(({ name }) => name).join(', ')} apply to ${spec}: the other gates check the toolkit's own ` +
      'client and pact against its own spec. Add --pact to check a pact against this spec.',
  );
  return specGates;
}

function readTimeout(text: string): number {
  const seconds = Number(text);
  if (!(seconds > 0 && seconds <= 86_400)) {
    throw new SetupError(`--timeout is "${text}", expected a number of seconds, such as 300.`);
  }
  return seconds * 1000;
}
