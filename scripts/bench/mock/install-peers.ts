import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { SetupError } from '../../command.ts';
import { hashContent } from '../../files/hash-content.ts';
import { toolkitFile } from '../../toolkit.ts';

/**
 * Installs what is measured beside this toolkit into a folder of its own, unless it is there already, and gives the folder.
 * Nothing of it gets into the toolkit's dependencies, and no script of it is run.
 *
 * @param name of the folder in scripts/bench that lists them
 * @param without the option that does without them
 * @throws {SetupError} with npm's own words where that fails
 */
export async function installPeers(name: string, without: string): Promise<string> {
  const source = toolkitFile(`scripts/bench/${name}`);
  const lock = hashContent(readFileSync(join(source, 'package-lock.json')));
  const folder = toolkitFile(`node_modules/.cache/${name}/${lock.slice(0, 12)}`);
  mkdirSync(folder, { recursive: true });
  // The servers' own scripts are copied each time: they can be newer than what is installed.
  cpSync(source, folder, { recursive: true });
  const mark = join(folder, '.installed');
  if (!existsSync(mark)) {
    await installInto(folder, without);
    writeFileSync(mark, '');
  }
  return folder;
}

async function installInto(folder: string, without: string): Promise<void> {
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund'];
  try {
    await promisify(execFile)('npm', args, { cwd: folder });
  } catch (cause) {
    const words = (cause as Error).message;
    throw new SetupError(`${words}\nThe peers cannot be installed. To do without: ${without}.`, { cause });
  }
}
