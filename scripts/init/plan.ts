import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { SetupError } from '../cli/command.ts';
import { formatPath } from '../cli/finding.ts';
import { checkWritable, writeWhole } from '../files/write-whole.ts';

/** A file that an init writes. */
export interface PlannedFile {
  /** From the project's folder, with slashes. */
  path: string;
  text: string;
  /** Whether the text holds all that the file had, such as that of a `package.json`. Default: false. */
  isEdit?: boolean;
}

/** A planned file beside the one that is there. */
export interface ComparedFile extends PlannedFile {
  /** `different`: the file exists with another text. */
  outcome: 'new' | 'unchanged' | 'edited' | 'different';
}

/**
 * Compares planned files with those that are there.
 */
export function compareFiles(folder: string, files: readonly PlannedFile[]): ComparedFile[] {
  return files.map((file) => {
    const text = readIfThere(join(folder, file.path));
    if (text === undefined) {
      return { ...file, outcome: 'new' };
    }
    const outcome = text === file.text ? 'unchanged' : file.isEdit === true ? 'edited' : 'different';
    return { ...file, outcome };
  });
}

/**
 * Reads a file. `undefined`: there is none.
 *
 * @throws {SetupError} for a path that is not a file, and for a file that cannot be read
 */
export function readIfThere(file: string): string | undefined {
  try {
    return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
  } catch (cause) {
    throw new SetupError(
      `Cannot read ${formatPath(file)}: ${(cause as Error).message}. Make it a file, or move it away.`,
      {
        cause,
      },
    );
  }
}

/**
 * Writes files, all of them or none: what was there before comes back if one cannot be written.
 *
 * @throws {SetupError} that names the file at fault
 */
export function writeFiles(folder: string, files: readonly PlannedFile[]): void {
  const written: { path: string; before: string | undefined }[] = [];
  let current = '';
  try {
    for (const { path } of files) {
      current = path;
      checkWritable(join(folder, path));
    }
    for (const { path, text } of files) {
      current = path;
      const before = readIfThere(join(folder, path));
      writeWhole(join(folder, path), text);
      written.push({ path, before });
    }
  } catch (cause) {
    for (const { path, before } of written) {
      restore(join(folder, path), before);
    }
    const message = `Cannot write ${current}: ${(cause as Error).message}. Nothing was written. Make the file writable, or name another folder with --folder.`;
    throw new SetupError(message, { cause });
  }
}

function restore(file: string, before: string | undefined): void {
  if (before === undefined) {
    rmSync(file, { force: true });
  } else {
    writeWhole(file, before);
  }
}
