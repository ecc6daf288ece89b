import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { SetupError } from '../command.ts';

/**
 * Lists the pacts that a path names: itself, or all in a folder, by name.
 *
 * @throws {SetupError} for a folder without pacts
 */
export function listPacts(path: string): string[] {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true) {
    return [path];
  }
  const names = readdirSync(path).filter((name) => name.endsWith('.json'));
  if (names.length === 0) {
    throw new SetupError(`Found no .json file in ${path}, expected pacts. Name another folder with --pact.`);
  }
  return names.sort().map((name) => join(path, name));
}
