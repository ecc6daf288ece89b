import { type CommandContext, type ExitCode, parseOptions } from '../command.ts';
import { pactFile } from '../contract/pact-file.ts';
import { formatFinding } from '../finding.ts';
import { readPact } from '../pact/read-pact.ts';
import { defaultSpecFile, readSpec } from '../spec/read-spec.ts';
import { toolkitFile } from '../toolkit.ts';
import { gates } from './gates.ts';
import { formatReport } from './report.ts';
import { runGates } from './run-gates.ts';

/** @see Command */
export const usage: string = `Usage: nexudus-auth-contract check

Holds spec, generated code, client, pact and mock against each other, pair by pair:

${gates.map(({ name, title }) => `  ${name.padEnd(18)}${title}`).join('\n')}

Exit code: 0 clean, 1 findings, 2 usage or setup.`;

/** @see Command */
export async function run(args: string[], { stdout, stderr }: CommandContext): Promise<ExitCode> {
  parseOptions(args, {});
  const { spec, findings: specFindings } = await readSpec(toolkitFile(defaultSpecFile));
  const { document: pact, findings: pactFindings } = readPact(toolkitFile(pactFile));
  if (spec === undefined || pact === undefined) {
    [...specFindings, ...pactFindings].map(formatFinding).forEach((line) => {
      stdout(line);
    });
    return 1;
  }
  stderr(`Running ${gates.length} gates …`);
  const results = await runGates(gates, { spec, pact }, ({ gate }) => stderr(`  ${gate.name} ended`));
  formatReport(results).forEach((line) => {
    stdout(line);
  });
  return results.some(({ findings }) => findings.length > 0) ? 1 : 0;
}
