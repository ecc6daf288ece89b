import { randomUUID } from 'node:crypto';
import * as fileSystem from 'node:fs';
import { dirname, join } from 'node:path';

/** The part of `node:fs` that writing needs. Tests pass one that fails. */
export type WritableFileSystem = Pick<
  typeof fileSystem,
  'existsSync' | 'mkdirSync' | 'readFileSync' | 'renameSync' | 'rmSync' | 'writeFileSync'
>;

/**
 * Writes a text file whole or not at all: a reader never sees half of it, and a failure leaves the old file as it
 * was. A file that has that text already is not touched. Missing folders are made.
 *
 * @throws {Error} of the file system
 */
export function writeWhole(
  file: string,
  text: string,
  files: WritableFileSystem = fileSystem,
): 'written' | 'unchanged' {
  const content = Buffer.from(text);
  if (files.existsSync(file) && files.readFileSync(file).equals(content)) {
    return 'unchanged';
  }
  const folder = dirname(file);
  files.mkdirSync(folder, { recursive: true });
  // In the same folder, since a rename is atomic within one file system only.
  const temporary = join(folder, `.${randomUUID()}.tmp`);
  try {
    files.writeFileSync(temporary, content, { flag: 'wx' });
    files.renameSync(temporary, file);
  } finally {
    files.rmSync(temporary, { force: true });
  }
  return 'written';
}
