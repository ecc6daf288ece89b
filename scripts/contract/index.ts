import { type CommandContext, type ExitCode, parseOptions } from '../command.ts';
import { writeWhole } from '../files/write-whole.ts';
import { type Finding, formatFinding } from '../finding.ts';
import type { ToolSettings } from '../process/run-tool.ts';
import { requireOwnRepository, toolkitFile } from '../toolkit.ts';
import { checkPact } from './check-pact.ts';
import { pactFile } from './pact-file.ts';
import { runContractTests } from './run-contract-tests.ts';

/** @see Command */
export const usage: string = `Usage: nexudus-auth-contract contract [--check]

Runs the consumer tests of this toolkit's own repository, in contracts/, and writes ${pactFile}.
The published package has no consumer tests: write your pact with your own, and check it with \`check --pact\`.

Options:
  --check   write nothing; fail when the committed pact differs from what the tests write

Exit code: 0 clean, 1 a failed test or a stale pact, 2 usage or setup.`;

/** @see Command */
export async function run(args: string[], { stdout, stderr, env }: CommandContext): Promise<ExitCode> {
  const { check } = parseOptions(args, { check: { type: 'boolean' } });
  requireOwnRepository(
    'contract runs the consumer tests of its own repository, which are not published: check the pact of yours',
    'check --pact pacts',
  );
  stderr('Running the consumer tests …');
  const findings = check === true ? await checkPact({ env }) : await writePact({ env });
  findings.map(formatFinding).forEach((line) => {
    stdout(line);
  });
  if (findings.length > 0) {
    return 1;
  }
  stdout(`${pactFile} ${check === true ? 'is fresh' : 'is written'}`);
  return 0;
}

async function writePact(tools: ToolSettings): Promise<Finding[]> {
  const { pact, findings } = await runContractTests(tools);
  if (pact !== undefined) {
    writeWhole(toolkitFile(pactFile), pact);
  }
  return findings;
}
