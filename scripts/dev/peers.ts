import { execFile, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { SetupError } from '../cli/command.ts';
import { toolkitFile } from '../cli/toolkit.ts';
import { hashContent } from '../files/difference.ts';

/** The packages that are installed when something needs them: a folder each, with a lock file of its own. */
export type PeerSet =
  | 'bench/client-peers'
  | 'bench/mock-peers'
  | 'peers/corpus'
  | 'peers/docs'
  | 'peers/lint'
  | 'peers/prism'
  | 'peers/recipes'
  | 'peers/release'
  | 'peers/snippets'
  | 'peers/stryker';

/**
 * Installs a set of packages into a folder of its own, unless it is there already, and gives the folder. Nothing of it
 * gets into the dependencies, and no script of it is run.
 *
 * @param without what does without them, as an ending of "To do without: "
 * @throws {SetupError} with npm's own words where that fails
 */
export async function installPeers(set: PeerSet, without?: string): Promise<string> {
  const source = toolkitFile(`scripts/dev/${set}`);
  const lock = hashContent(readFileSync(join(source, 'package-lock.json')));
  const folder = toolkitFile(`node_modules/.cache/${basename(set)}`);
  if (readMark(folder) !== lock) {
    await installInto(folder, source, lock, without);
  }
  // The sets' own scripts can be newer than what is installed.
  cpSync(source, folder, { recursive: true });
  return folder;
}

const markFile = '.installed';

function readMark(folder: string): string | undefined {
  const file = join(folder, markFile);
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

// Beside its place first: of several processes that install at a time, one takes it, and none sees a part.
async function installInto(folder: string, source: string, lock: string, without?: string): Promise<void> {
  mkdirSync(dirname(folder), { recursive: true });
  const made = mkdtempSync(`${folder}-`);
  try {
    cpSync(source, made, { recursive: true });
    await promisify(execFile)('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: made });
    writeFileSync(join(made, markFile), lock);
    if (readMark(folder) !== lock) {
      rmSync(folder, { recursive: true, force: true });
      renameSync(made, folder);
    }
  } catch (cause) {
    const hint = without === undefined ? '' : ` To do without: ${without}.`;
    throw new SetupError(`Cannot install the packages of ${source}: ${(cause as Error).message}${hint}`, {
      cause,
    });
  } finally {
    rmSync(made, { recursive: true, force: true });
  }
}

/**
 * Finds the script of a command, in a folder that `installPeers` gave.
 */
export function findPeerCommand(folder: string, packageName: string): string {
  const place = join(folder, 'node_modules', packageName);
  const { bin } = JSON.parse(readFileSync(join(place, 'package.json'), 'utf8'));
  return join(place, typeof bin === 'string' ? bin : (Object.values(bin as Record<string, string>)[0] ?? ''));
}

// node scripts/dev/peers.ts SET PACKAGE ARGUMENTS runs a command of a set.
if (import.meta.main) {
  const [set = '', packageName = '', ...args] = process.argv.slice(2);
  const script = findPeerCommand(await installPeers(set as PeerSet), packageName);
  process.exitCode = spawnSync(process.execPath, [script, ...args], { stdio: 'inherit' }).status ?? 2;
}
