import * as fileSystem from 'node:fs';
import { dirname, resolve } from 'node:path';

/** Where a text ends up that is written to a path: in a file, in a device or a pipe, or in an open descriptor. */
export type Place =
  | { kind: 'file'; path: string; stats: fileSystem.Stats | undefined }
  | { kind: 'stream'; target: string | number };

/**
 * Follows the symbolic links of a path to where a text can be written to. The file itself may be missing.
 *
 * @throws {Error} of the file system, and for a folder, a socket and a disk
 */
export function findPlace(file: string): Place {
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
 * Finds out whether a text can be written to a path later on, and makes missing folders. Opens nothing, since the
 * reader of a pipe would take that for its end.
 *
 * @throws {Error} where it cannot
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
