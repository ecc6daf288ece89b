import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { SetupError } from '../command.ts';
import { readSpec, type SpecReading } from '../spec/read-spec.ts';

/**
 * Reads an earlier version of a spec: a file, or the spec itself as a git ref has it.
 *
 * @param place a file, or a git ref such as `origin/main` or `v1.2.0`
 * @throws {SetupError} when neither is there
 */
export async function readBase(place: string, specFile: string): Promise<SpecReading> {
  return existsSync(place) ? readSpec(place) : readRef(place, specFile);
}

async function readRef(ref: string, specFile: string): Promise<SpecReading> {
  const folder = mkdtempSync(join(tmpdir(), 'nexudus-base-'));
  try {
    const file = join(folder, basename(specFile));
    writeFileSync(file, showFile(ref, specFile));
    return await readSpec(file);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function showFile(ref: string, specFile: string): string {
  try {
    // After --end-of-options, a ref that begins with a dash is no option.
    const args = ['show', '--end-of-options', `${ref}:./${basename(specFile)}`];
    return execFileSync('git', args, {
      cwd: dirname(specFile),
      encoding: 'utf8',
      stdio: 'pipe',
      timeout: 60_000,
    });
  } catch (cause) {
    const reason = String((cause as { stderr?: unknown }).stderr ?? cause).trim();
    throw new SetupError(
      `--base is "${ref}": there is no such file, and git has no ${specFile} there (${reason}). ` +
        'Name a file or a git ref that has the spec.',
      { cause },
    );
  }
}
