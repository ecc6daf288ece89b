import { type CommandContext, type ExitCode, parseOptions } from '../command.ts';
import { requireOwnRepository } from '../toolkit.ts';

/** The text of `check --help`. The gates are listed by hand: importing them needs the packages that they use. */
export const usage: string = `Usage: nexudus-auth-contract check --pact PATH [options]
       nexudus-auth-contract check --spec FILE --base PLACE [options]

Checks a pact against the spec and the mock, or a spec against an earlier version of it. In this toolkit's own
repository, \`check\` alone runs all gates:

  spec-lint           spec against rules
  spec-version        spec against last release
  package-version     package against spec
  generated-fresh     generated code against spec
  types               client against generated code
  pact-fresh          pact against client
  pact-against-spec   pact against spec
  pact-rules          pact against spec
  pact-coverage       spec against pact
  pact-against-mock   pact against mock
  client-against-mock client against mock
  urls-against-mock   URL builders against mock
  mock-against-spec   mock against spec
  source-lint         source against rules

Options:
  --pact PATH   your pact, or all pacts in a folder: runs pact-against-spec, pact-rules, pact-against-mock
  --spec FILE   check against another spec (default: the bundled one)
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
 * Runs the gates side by side and reports them. What does the work is loaded late, so that help needs no other package.
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
  if (options.pact === undefined && options.spec === undefined) {
    requireOwnRepository('check needs the pact that your consumer tests write', 'check --pact pacts');
  }
  const { runCheck } = await import('./run-check.ts');
  const { writeReports } = await import('./report/write-reports.ts');
  const report = await runCheck(options, context.stderr);
  writeReports(report, options, context);
  return report.findings.length > 0 || report.results.some(({ verdict }) => verdict !== 'passed') ? 1 : 0;
}
