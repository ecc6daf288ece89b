import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { type Command, defineCommand, SetupError } from '../cli/command.ts';
import { readManifest, toolkitFile } from '../cli/toolkit.ts';
import { writeWhole } from '../files/write-whole.ts';
import { findPeerCommand, installPeers } from './peers.ts';

const specFile = 'openapi/nexudus-auth.yaml';

/** `version`. */
export const command: Command = defineCommand({
  name: 'version',
  description: `Raises the version of the package, its changelog and the spec from the changesets.
Run \`npm run generate\` and \`npm run contract\` afterwards.`,
  exitCodes: { 0: 'done', 2: 'wrong usage or changesets that cannot be read' },
  run: async (_options, { stdout, env }) => {
    const changesets = findPeerCommand(await installPeers('peers/release'), '@changesets/cli');
    try {
      await promisify(execFile)(process.execPath, [changesets, 'version'], { cwd: toolkitFile('.'), env });
    } catch (cause) {
      const { message, stdout: printed = '' } = cause as Error & { stdout?: string };
      throw new SetupError(`Cannot raise the version: changesets failed.\n${printed}${message}`, { cause });
    }
    const file = toolkitFile(specFile);
    const { version } = readManifest();
    writeWhole(file, replaceVersion(readFileSync(file, 'utf8'), version));
    stdout(`Set the version of the package and of ${specFile} to ${version}. Next, run npm run generate.`);
    return 0;
  },
});

/**
 * Replaces `info.version` in the text of a spec in YAML, and leaves every other byte alone.
 *
 * @throws {Error} for a text without one
 */
export function replaceVersion(text: string, version: string): string {
  const pattern = /^(info:\n(?: {2}.*\n)*? {2}version: ).*$/m;
  if (!pattern.test(text)) {
    throw new Error('The spec has no info.version, expected one under "info:", indented by two spaces.');
  }
  return text.replace(pattern, (_, before: string) => `${before}${version}`);
}
