import { randomUUID } from 'node:crypto';
import * as fileSystem from 'node:fs';
import { dirname, join } from 'node:path';
import { findPlace } from './find-place.ts';
import { writeStream } from './write-stream.ts';

/** The part of `node:fs` that replacing a file needs. Tests pass one that fails. */
export type WritableFileSystem = Pick<
  typeof fileSystem,
  'chmodSync' | 'chownSync' | 'mkdirSync' | 'readFileSync' | 'renameSync' | 'rmSync' | 'writeFileSync'
>;

/**
 * Writes a text file whole or not at all: a reader never sees half of it, and a failure leaves the old file as it
 * was. A file that has that text already is not touched. Missing folders are made.
 *
 * A file keeps its mode, and its owner where root writes it. A symbolic link is written through. A device or a pipe
 * is written to as it is and never replaced. `/dev/stdout` is the standard output.
 *
 * @param patienceMs for how long a pipe may have no reader, or one that does not read. Default: 10,000
 * @throws {Error} of the file system
 */
export function writeWhole(
  file: string,
  text: string,
  files: WritableFileSystem = fileSystem,
  patienceMs = 10_000,
): 'written' | 'unchanged' {
  const content = Buffer.from(text);
  const place = findPlace(file);
  if (place.kind === 'stream') {
    writeStream(place.target, content, patienceMs);
    return 'written';
  }
  const { path, stats } = place;
  if (stats?.size === content.length && files.readFileSync(path).equals(content)) {
    return 'unchanged';
  }
  replace(path, content, stats, files);
  return 'written';
}

function replace(
  path: string,
  content: Buffer,
  stats: fileSystem.Stats | undefined,
  files: WritableFileSystem,
): void {
  const folder = dirname(path);
  files.mkdirSync(folder, { recursive: true });
  // In the same folder, since a rename is atomic within one file system only.
  const temporary = join(folder, `.${randomUUID()}.tmp`);
  try {
    // With its mode from the start, since a secret is not to be readable for moments.
    files.writeFileSync(temporary, content, { flag: 'wx', mode: stats?.mode });
    if (stats !== undefined) {
      keepOwner(temporary, stats, files);
      // The process's umask had a say before.
      files.chmodSync(temporary, stats.mode);
    }
    files.renameSync(temporary, path);
  } finally {
    files.rmSync(temporary, { force: true });
  }
}

function keepOwner(temporary: string, { uid, gid }: fileSystem.Stats, files: WritableFileSystem): void {
  if (process.getuid?.() !== 0) {
    return;
  }
  try {
    files.chownSync(temporary, uid, gid);
  } catch {
    // The root of a container may not give files to everybody. To write it is what was asked for.
  }
}
