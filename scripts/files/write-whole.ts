import * as fileSystem from 'node:fs';
import { closeSync, constants, openSync, writeSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** Where a text for a path is written to: a file, a device or a pipe, or an open descriptor. */
export type Place =
  | { kind: 'file'; path: string; stats: fileSystem.Stats | undefined }
  | { kind: 'stream'; target: string | number };

/**
 * Follows the symbolic links of a path to the place to write to. The file itself may be missing.
 *
 * @throws {Error} of the file system, and for a folder, a socket and a disk
 */
function findPlace(file: string): Place {
  const path = followLinks(resolve(file));
  const [, descriptor] = descriptorPath.exec(path) ?? [];
  if (descriptor !== undefined) {
    return { kind: 'stream', target: Number(descriptor) };
  }
  const stats = fileSystem.statSync(path, { throwIfNoEntry: false });
  if (stats === undefined || stats.isFile()) {
    return { kind: 'file', path, stats };
  }
  if (stats.isDirectory()) {
    throw new Error('EISDIR: it is a folder, expected a file');
  }
  if (stats.isSocket() || stats.isBlockDevice()) {
    throw new Error(`it is a ${stats.isSocket() ? 'socket' : 'disk'}, expected a file`);
  }
  return { kind: 'stream', target: path };
}

// What `/dev/stdout` leads to. As a descriptor, since a file would lose what was printed to it before, and a socket has
// no path that can be opened.
const descriptorPath = /^\/(?:dev|proc\/self)\/fd\/(\d+)$/;

// By hand, since `realpath` knows no path for a link to a file that is still missing.
function followLinks(path: string): string {
  // Throws where links go round in circles.
  fileSystem.statSync(path, { throwIfNoEntry: false });
  const link = descriptorPath.test(path) ? undefined : readLink(path);
  return link === undefined ? path : followLinks(resolve(fileSystem.realpathSync(dirname(path)), link));
}

function readLink(path: string): string | undefined {
  try {
    return fileSystem.readlinkSync(path);
  } catch {
    // It is no link, or there is nothing.
    return undefined;
  }
}

/**
 * Checks that a text can be written to a path later, and creates missing folders. Opens nothing, because the reader of a
 * pipe would take that for its end.
 *
 * @throws {Error} if it cannot
 */
export function checkWritable(file: string): void {
  const place = findPlace(file);
  if (place.kind === 'file') {
    // A file is replaced, which is up to its folder.
    fileSystem.mkdirSync(dirname(place.path), { recursive: true });
    fileSystem.accessSync(dirname(place.path), fileSystem.constants.W_OK);
  } else if (typeof place.target === 'string') {
    fileSystem.accessSync(place.target, fileSystem.constants.W_OK);
  }
}

/**
 * Writes bytes to a device, a pipe or an open descriptor, whole.
 *
 * @param target a path, or the number of a descriptor
 * @param patienceMs for how long a pipe may have no reader, or one that does not read
 * @throws {Error} of the file system, and for a pipe that nobody reads from
 */
function writeStream(target: string | number, content: Buffer, patienceMs: number): void {
  const descriptor =
    typeof target === 'number'
      ? target
      : // Without O_NONBLOCK, a pipe without a reader would hold the whole process, signals included.
        insist(() => openSync(target, constants.O_WRONLY | constants.O_NONBLOCK), 'ENXIO', patienceMs);
  try {
    for (let written = 0; written < content.length; ) {
      written += insist(() => writeSync(descriptor, content, written), 'EAGAIN', patienceMs);
    }
  } finally {
    if (descriptor !== target) {
      closeSync(descriptor);
    }
  }
}

const retryAfterMs = 5;

function insist<Result>(attempt: () => Result, retriedCode: string, patienceMs: number): Result {
  const end = performance.now() + patienceMs;
  for (;;) {
    try {
      return attempt();
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== retriedCode) {
        throw cause;
      }
      if (performance.now() > end) {
        throw new Error(`nobody reads from this pipe, waited for ${patienceMs / 1000} s`, { cause });
      }
    }
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, retryAfterMs);
  }
}

/** The part of `node:fs` that replaces a file. Tests pass one that fails. */
export type WritableFileSystem = Pick<
  typeof fileSystem,
  'chmodSync' | 'chownSync' | 'mkdirSync' | 'readFileSync' | 'renameSync' | 'rmSync' | 'writeFileSync'
>;

/**
 * Writes a text file completely or not at all: a reader never sees half of it, and a failure leaves the old file as it
 * was. Does not touch a file that already has the text. Creates missing folders.
 *
 * A file keeps its mode, and also its owner if root writes it. Follows symbolic links. Writes to a device or a pipe
 * directly and never replaces it. `/dev/stdout` is the standard output.
 *
 * @param patienceMs how long to wait for the reader of a pipe, in milliseconds. Default: 10,000
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

/**
 * Writes a text file as `writeWhole` does, for its owner alone. So are the folders that it creates.
 *
 * @throws {Error} of the file system
 */
export function writePrivate(file: string, text: string): void {
  fileSystem.mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  replace(file, Buffer.from(text), { mode: 0o600 }, fileSystem);
}

/** What a file keeps when it is replaced. */
type Kept = Pick<fileSystem.Stats, 'mode'> & Partial<Pick<fileSystem.Stats, 'uid' | 'gid'>>;

function replace(path: string, content: Buffer, stats: Kept | undefined, files: WritableFileSystem): void {
  const folder = dirname(path);
  files.mkdirSync(folder, { recursive: true });
  // In the same folder, since a rename is atomic within one file system only.
  const temporary = join(folder, `.${crypto.randomUUID()}.tmp`);
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

function keepOwner(temporary: string, { uid, gid }: Kept, files: WritableFileSystem): void {
  if (process.getuid?.() !== 0 || uid === undefined || gid === undefined) {
    return;
  }
  try {
    files.chownSync(temporary, uid, gid);
  } catch {
    // The root of a container may not change owners. The file is still written.
  }
}
