import { type CommandContext, type ExitCode, parseOptions } from '../command.ts';
import { pactFile } from '../contract/pact-file.ts';
import { formatFinding } from '../finding.ts';
import { readPact } from '../pact/read-pact.ts';
import { defaultSpecFile, readSpec } from '../spec/read-spec.ts';
import { toolkitFile } from '../toolkit.ts';
import { gates } from './gates.ts';
import { formatJson, formatReport } from './report.ts';
import { runGates } from './run-gates.ts';
import { selectGates } from './select-gates.ts';

/** The text of `check --help`. */
export const usage: string = `Usage: nexudus-auth-contract check [options]

Holds spec, generated code, client, pact and mock against each other, pair by pair:

${gates.map(({ name, title }) => `  ${name.padEnd(20)}${title}`).join('\n')}

Options:
  --only NAMES  run these gates only, comma-separated
  --skip NAMES  leave these gates out, comma-separated
  --json        print the results as one JSON document

Exit code: 0 clean, 1 findings, 2 wrong usage or a broken setup.`;

/**
 * Runs the gates side by side and reports them.
 *
 * @throws {SetupError} for wrong usage, and when a gate can't run
 */
export async function run(args: string[], { stdout, stderr }: CommandContext): Promise<ExitCode> {
  const { only, skip, json } = parseOptions(args, {
    only: { type: 'string' },
    skip: { type: 'string' },
    json: { type: 'boolean' },
  });
  const selected = selectGates(gates, only, skip);
  const { spec, findings: specFindings } = await readSpec(toolkitFile(defaultSpecFile));
  const { document: pact, findings: pactFindings } = readPact(toolkitFile(pactFile));
  if (spec === undefined || pact === undefined) {
    const findings = [...specFindings, ...pactFindings];
    stdout(json === true ? formatJson([], findings) : findings.map(formatFinding).join('\n'));
    return 1;
  }
  stderr(`Running ${selected.length} gates …`);
  const results = await runGates(selected, { spec, pact }, ({ gate }) => stderr(`  ${gate.name} ended`));
  stdout(json === true ? formatJson(results) : formatReport(results));
  return results.some(({ findings }) => findings.length > 0) ? 1 : 0;
}
