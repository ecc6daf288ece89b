import { readdirSync, readFileSync, rmSync, statSync, utimesSync } from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';
import { type Finding, isUrl } from '../../cli/finding.ts';
import { readManifest, toolkitFile } from '../../cli/toolkit.ts';
import { hashContent } from '../../files/difference.ts';
import { writePrivate } from '../../files/write-whole.ts';
import type { ReadSettings, Spec } from '../../openapi/read-spec.ts';

/** What is kept of a spec that was read. */
export interface KeptSpec extends Pick<Spec, 'file' | 'document'> {
  warnings: readonly Finding[];
}

/** What is kept of one document. */
export interface SpecCache {
  /** Finds what was kept, or `undefined` where there is nothing, where a file has changed since, or where it is broken. */
  read: () => KeptSpec | undefined;
  /**
   * Keeps what was read. Where that can't be written, the next start takes longer.
   *
   * @param sources the texts that it was read from, by their paths or URLs
   */
  write: (spec: KeptSpec, sources: ReadonlyMap<string, string>) => void;
}

/** How much is kept: past it, what was not used for longest is removed. */
export interface CacheLimits {
  /** Default: 32. */
  maxEntries?: number;
  /** Of all entries. Default: 256 MiB. */
  maxBytes?: number;
}

/** The first line of an entry. The rest is the spec, as JSON. */
interface Head {
  toolkit: string;
  /** The hash of each text that the spec was read from, by its path. */
  sources: Record<string, string>;
  hash: string;
}

/**
 * Opens what is kept of documents that were read before, in the cache folder of the user: a document can be confidential,
 * so that nobody else may read it there. What is read is checked against the bytes of all files that it was read from,
 * and against the toolkit that read them.
 *
 * @returns `undefined` for a URL, whose document may be another one each time, and where the user has no folder
 */
export function openSpecCache(
  file: string,
  { overlays = [], allowRemoteRefs = false }: ReadSettings = {},
  limits: CacheLimits = {},
): SpecCache | undefined {
  const folder = isUrl(file) ? undefined : findCacheFolder();
  if (folder === undefined) {
    return undefined;
  }
  const paths = [file, ...overlays].map((path) => resolve(path));
  // The warnings name files as seen from the working directory.
  const name = hashContent(JSON.stringify([process.cwd(), paths, allowRemoteRefs]));
  const entry = join(folder, `${name}.json`);
  return {
    read: () => {
      try {
        return readEntry(entry);
      } catch {
        return undefined;
      }
    },
    write: (spec, sources) => {
      if ([...sources.keys()].some(isUrl)) {
        return;
      }
      try {
        writeEntry(entry, spec, sources);
        removeOldest(folder, limits);
      } catch {
        // A cache that can't be written is none.
      }
    },
  };
}

function findCacheFolder(): string | undefined {
  const { XDG_CACHE_HOME: cacheHome = '', LOCALAPPDATA: localData = '' } = process.env;
  try {
    const base = isAbsolute(cacheHome)
      ? cacheHome
      : process.platform === 'win32' && isAbsolute(localData)
        ? localData
        : join(homedir(), process.platform === 'darwin' ? 'Library/Caches' : '.cache');
    return join(base, 'openapi-contract-kit', 'specs');
  } catch {
    return undefined;
  }
}

/** @throws {Error} where it is missing, broken or somebody else's */
function readEntry(entry: string): KeptSpec | undefined {
  const { uid, mode } = statSync(entry);
  const isOwn = process.getuid === undefined || (uid === process.getuid() && (mode & 0o022) === 0);
  if (!isOwn) {
    return undefined;
  }
  const bytes = readFileSync(entry);
  const headEnd = bytes.indexOf('\n');
  const head: Head = JSON.parse(bytes.toString('utf8', 0, headEnd));
  const body = bytes.subarray(headEnd + 1);
  const isFresh =
    head.toolkit === identifyToolkit() &&
    hashContent(body) === head.hash &&
    Object.entries(head.sources).every(([path, hash]) => hashFile(path) === hash);
  if (!isFresh) {
    return undefined;
  }
  // What is used counts as young.
  utimesSync(entry, new Date(), new Date());
  return JSON.parse(body.toString());
}

function writeEntry(entry: string, spec: KeptSpec, sources: ReadonlyMap<string, string>): void {
  const body = JSON.stringify(spec);
  const head: Head = {
    toolkit: identifyToolkit(),
    sources: Object.fromEntries([...sources].map(([path, text]) => [path, hashContent(text)])),
    hash: hashContent(body),
  };
  writePrivate(entry, `${JSON.stringify(head)}\n${body}`);
}

// A text is read without its mark of the byte order, and with line ends of its own.
function hashFile(path: string): string {
  const bytes = readFileSync(path);
  const isPlain = !bytes.includes('\r') && bytes[0] !== 0xef;
  return hashContent(
    isPlain
      ? bytes
      : bytes
          .toString()
          .replace(/^\uFEFF/, '')
          .replaceAll('\r\n', '\n'),
  );
}

let toolkit: string | undefined;

// In this repository, what reads a spec changes from one moment to the next, and its version does not.
function identifyToolkit(): string {
  if (toolkit === undefined) {
    const folder = import.meta.url.endsWith('.ts') ? toolkitFile('scripts/openapi') : import.meta.dirname;
    const files = readdirSync(folder)
      .map((name) => ({ name, ...statSync(join(folder, name)) }))
      .map(({ name, size, mtimeMs }) => [name, size, mtimeMs]);
    toolkit = `${readManifest().version} ${hashContent(JSON.stringify(files))}`;
  }
  return toolkit;
}

function removeOldest(folder: string, { maxEntries = 32, maxBytes = 256 * 1024 * 1024 }: CacheLimits): void {
  const entries = readdirSync(folder)
    .map((name) => ({ path: join(folder, name), ...statSync(join(folder, name)) }))
    .sort((one, other) => other.mtimeMs - one.mtimeMs);
  let bytes = 0;
  for (const [index, { path, size }] of entries.entries()) {
    bytes += size;
    if (index >= maxEntries || bytes > maxBytes) {
      rmSync(path, { force: true });
    }
  }
}
