import { type Command, defineCommand } from '../cli/command.ts';
import { configOption, loadProject, type Project, requireProject } from '../cli/config.ts';
import { type Finding, formatFinding, formatPath } from '../cli/finding.ts';
import type { ToolSettings } from '../cli/tool.ts';

/** `contract`. */
export const command: Command = defineCommand({
  name: 'contract',
  synopsis: ['[options]'],
  description:
    'Runs the consumer tests that contract.config.ts names, and writes their pact to its folder of pacts.',
  options: {
    check: {
      type: 'boolean',
      help: 'write nothing; fail when the committed pact differs from the pact that the tests write',
    },
    config: configOption,
  },
  exitCodes: { 0: 'clean', 1: 'a failed test or a stale pact', 2: 'wrong usage or a broken setup' },
  run: async ({ check, config }, { stdout, stderr, env }) => {
    const project = requireProject(
      await loadProject({ configFile: config }),
      'contract runs the consumer tests that a config names',
      'contract --config contract.config.ts',
    );
    const { checkPact } = await import('./run.ts');
    stderr('Running the consumer tests …');
    const findings = check ? await checkPact(project, { env }) : await writePact(project, { env });
    findings.map(formatFinding).forEach((line) => {
      stdout(line);
    });
    if (findings.length > 0) {
      return 1;
    }
    stdout(`${formatPath(project.pactFile)} is ${check ? 'up to date' : 'written'}`);
    return 0;
  },
});

async function writePact(project: Project, tools: ToolSettings): Promise<Finding[]> {
  const { runContractTests } = await import('./run.ts');
  const { pact, findings } = await runContractTests(project, tools);
  if (pact !== undefined) {
    const { writeWhole } = await import('../files/write-whole.ts');
    writeWhole(project.pactFile, pact);
  }
  return findings;
}
