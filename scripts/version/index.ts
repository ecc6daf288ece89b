import { readFileSync } from 'node:fs';
import { type CommandContext, type ExitCode, parseOptions, SetupError } from '../command.ts';
import { writeWhole } from '../files/write-whole.ts';
import { runTool } from '../process/run-tool.ts';
import { defaultSpecFile } from '../spec/read-spec.ts';
import { readManifest, toolkitFile } from '../toolkit.ts';
import { replaceVersion } from './replace-version.ts';

/** The text of `version --help`. */
export const usage: string = `Usage: node scripts/dev.ts version

Takes the changesets into the version of the package, its changelog and the version of the spec, which is the same.
Then \`npm run generate\` and \`npm run contract\` follow.

Exit code: 0 done, 2 wrong usage or changesets that cannot be read.`;

/**
 * Raises the version of the package, and of the spec with it.
 *
 * @throws {SetupError} for wrong usage, and with the words of changesets where it fails
 */
export async function run(args: string[], { stdout, env }: CommandContext): Promise<ExitCode> {
  parseOptions(args, {});
  const { exitCode, stdout: said, stderr } = await runTool('@changesets/cli', ['version'], { env });
  if (exitCode !== 0) {
    throw new SetupError(`Changesets cannot raise the version:\n${said}${stderr}`);
  }
  const file = toolkitFile(defaultSpecFile);
  const { version } = readManifest();
  writeWhole(file, replaceVersion(readFileSync(file, 'utf8'), version));
  stdout(`The package and ${defaultSpecFile} have the version ${version}. Next: npm run generate.`);
  return 0;
}
