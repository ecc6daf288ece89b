import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  BaseResolver,
  type Document,
  getLineColLocation,
  isAbsoluteUrl,
  Source,
  YamlParseError,
} from '@redocly/openapi-core';
import { isUrl } from '../cli/finding.ts';
import { toPointer } from './document.ts';
import { Places } from './places.ts';
import { fetchText } from './remote.ts';

// All files of a spec together. The largest public document, that of Microsoft Graph, has 35 MB.
const maxBytes = 50 * 1024 * 1024;
// YAML takes ten times longer to read than JSON, and much more memory.
const maxYamlBytes = 25 * 1024 * 1024;
// The number of objects, lists, texts and other values in a file.
const maxWritten = 3_000_000;
// What begins them in JSON, in texts too.
const maxMarks = 4 * maxWritten;
// How many values the aliases of a file may stand for: this many, or ten for each value that is written out.
const maxValues = 100_000;
const maxValuesPerWritten = 10;
// What walks a document calls itself for each level.
const maxDepth = 400;

interface Flaw {
  message: string;
  /** Keys from the root down. */
  path: string[];
}

/** What a spec may refer to. */
export interface ResolverSettings {
  /** Whether a `$ref` may lead to another server, or from a file to a server. Default: false. */
  allowRemoteRefs?: boolean | undefined;
  /** Reads a file as it was earlier. Overlays are read as they are now. Default: all are. */
  readEarlier?: ((path: string) => string) | undefined;
}

/**
 * Reads the files of a spec, and refuses those that parse but can't be worked with: YAML aliases can make a few lines
 * stand for billions of values, or for themselves, and whoever walks them comes to no end. Half a surrogate pair, which
 * JSON can escape, can't be written to a file.
 *
 * Sends no request but for the URL that it is given first, and to its server, unless the settings allow more.
 */
export class SpecResolver extends BaseResolver {
  /** The places of all values that were read. */
  readonly places: Places = new Places();
  /** The paths and URLs of the overlays. What they hold becomes a part of the document. */
  readonly overlays: Set<string> = new Set();
  readonly #allowRemoteRefs: boolean;
  readonly #readEarlier: ResolverSettings['readEarlier'];
  #bytes = 0;
  #root: string | undefined;

  constructor({ allowRemoteRefs = false, readEarlier }: ResolverSettings = {}) {
    super();
    this.#readEarlier = readEarlier;
    this.#allowRemoteRefs = allowRemoteRefs;
  }

  /** @throws {Error} that says why the file can't be read */
  override async loadExternalRef(reference: string): Promise<Source> {
    const isRoot = this.#root === undefined;
    this.#root ??= reference;
    if (!isUrl(reference)) {
      const body = this.#readFile(reference);
      this.#bytes += body.length;
      return new Source(reference, body);
    }
    if (!isRoot && !this.#isAllowed(reference)) {
      throw new Error(
        `Found a $ref to ${reference}, which is on another server. Pass --allow-remote-refs to follow it`,
      );
    }
    const { body, mimeType, url } = await fetchText(reference, {
      maxBytes: maxBytes - this.#bytes,
      isAllowed: (next) => this.#isAllowed(next),
    });
    if (isRoot) {
      this.#root = url;
    }
    this.#bytes += body.length;
    return new Source(url, body, mimeType);
  }

  /**
   * Reads an overlay, from a path.
   *
   * @throws {Error} that says why the file can't be read
   */
  async resolveOverlay(file: string): Promise<Document> {
    const path = resolve(file);
    this.overlays.add(path);
    return (await this.resolveDocument(null, path, true)) as Document;
  }

  /** Tells whether a URL is on the server of the spec. From http to https, a server may change. */
  #isAllowed(reference: string): boolean {
    if (this.#allowRemoteRefs) {
      return true;
    }
    if (this.#root === undefined || !isUrl(this.#root)) {
      return false;
    }
    const [root, other] = [new URL(this.#root), new URL(reference)];
    return (
      other.origin === root.origin ||
      (other.hostname === root.hostname && other.protocol === 'https:' && root.port + other.port === '')
    );
  }

  #readFile(path: string): string {
    if (isAbsoluteUrl(path) || /^[a-z][a-z\d+.-]+:/i.test(path)) {
      throw new Error(`Found the address ${path}, expected a path or an http(s) URL`);
    }
    const earlier = this.overlays.has(path) ? undefined : this.#readEarlier?.(path);
    if (earlier !== undefined) {
      return earlier.replaceAll('\r\n', '\n');
    }
    const stats = statSync(path);
    if (!stats.isFile()) {
      throw new Error(stats.isDirectory() ? 'it is a folder' : 'it is not a regular file');
    }
    if (stats.size > maxBytes - this.#bytes) {
      throw new Error(describeSize(maxBytes));
    }
    return readFileSync(path, 'utf8')
      .replace(/^\uFEFF/, '')
      .replaceAll('\r\n', '\n');
  }

  /** @throws {YamlParseError} */
  override parseDocument(source: Source, isRoot = false): Document {
    if (isOther(source)) {
      refuseOther(source);
    }
    if (countMarks(source.body) > maxMarks) {
      throw toParseError(describeValues(), source);
    }
    const json = parseJson(source.body);
    const { parsed } = json ?? this.#parseYaml(source, isRoot);
    const size = measureSize(parsed);
    if (size.depth > maxDepth || size.values > maxWritten) {
      throw toParseError(size.depth > maxDepth ? describeDepth() : describeValues(), source);
    }
    // JSON has no aliases.
    const flaw = (json ? undefined : findEndlessAliases(parsed)) ?? findFlawedText(source, parsed);
    if (flaw !== undefined) {
      const { start } = getLineColLocation({ source, pointer: toPointer(flaw.path), reportOnKey: true });
      throw toParseError(flaw.message, source, start.line, start.col);
    }
    const tree = json ? parsed : unshare(parsed, new Set());
    this.places.add(source, tree);
    return { source, parsed: tree };
  }

  #parseYaml(source: Source, isRoot: boolean): Document {
    if (source.body.length > maxYamlBytes) {
      throw toParseError(
        `Found more than ${maxYamlBytes / 1024 / 1024} MB of YAML, expected at most that. Write it as JSON`,
        source,
      );
    }
    try {
      return super.parseDocument(source, isRoot);
    } catch (error) {
      if (error instanceof YamlParseError && error.originalError instanceof RangeError) {
        throw toParseError(describeDepth(), source);
      }
      throw error;
    }
  }
}

function describeSize(bytes: number): string {
  return `it is larger than ${bytes / 1024 / 1024} MB, which is the limit for a spec with its files`;
}

function describeDepth(): string {
  return `Found more than ${maxDepth} levels of nesting, expected at most that`;
}

function describeValues(): string {
  return `Found more than ${maxWritten} values, expected at most that`;
}

// Before it is parsed, which takes a hundred times the memory of the text.
function countMarks(text: string): number {
  let marks = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    // A comma, a brace and a bracket.
    marks += code === 44 || code === 123 || code === 91 ? 1 : 0;
  }
  return marks;
}

// JSON is YAML, too, and is read ten times faster than that. YAML's flow style looks alike, and its parser knows the place
// of an error.
function parseJson(text: string): { parsed: unknown } | undefined {
  try {
    return /^\s*[{[]/.test(text.slice(0, 1000)) ? { parsed: JSON.parse(text) } : undefined;
  } catch {
    return undefined;
  }
}

// As js-yaml words it, from which Redocly reads the place.
function toParseError(message: string, source: Source, line = 1, column = 1): YamlParseError {
  return new YamlParseError(new Error(`${message} in "${source.absoluteRef}" (${line}:${column})`), source);
}

function isOther({ body }: Source): boolean {
  return body.includes('\0') || /^\s*<(?:!doctype\s+html|html)\b/i.test(body.slice(0, 1000));
}

function refuseOther(source: Source): never {
  const what = source.body.includes('\0') ? 'a binary file' : 'an HTML page';
  throw toParseError(`Found ${what}, expected a document in YAML or JSON`, source);
}

// Level by level, since a recursion would itself be too deep. Each object once: an alias can contain itself.
function measureSize(root: unknown): { depth: number; values: number } {
  const met = new Set<unknown>();
  const size = { depth: 0, values: 0 };
  let level: unknown[] = [root];
  while (level.length > 0 && size.depth <= maxDepth && size.values <= maxWritten) {
    const next: unknown[] = [];
    for (const node of level) {
      if (typeof node !== 'object' || node === null || met.has(node)) continue;
      met.add(node);
      const values = Object.values(node);
      if (size.values + next.length + values.length > maxWritten) {
        return { depth: size.depth, values: maxWritten + 1 };
      }
      for (const value of values) {
        next.push(value);
      }
    }
    size.depth += 1;
    size.values += level.length;
    level = next;
  }
  return size;
}

// Half a surrogate pair can only be escaped: what is read as UTF-8 has none.
function findFlawedText({ body }: Source, root: unknown): Flaw | undefined {
  return /\\u(?:0000)?d/i.test(body) ? findBrokenText(root, [], new Set()) : undefined;
}

/** Makes a tree of a document in which aliases share objects, so that each can be changed for itself. */
function unshare(node: unknown, met: Set<object>): unknown {
  if (typeof node !== 'object' || node === null) {
    return node;
  }
  if (met.has(node)) {
    return structuredClone(node);
  }
  met.add(node);
  for (const [key, value] of Object.entries(node)) {
    const own = unshare(value, met);
    if (own !== value) {
      (node as Record<string, unknown>)[key] = own;
    }
  }
  return node;
}

function findEndlessAliases(root: unknown): Flaw | undefined {
  // Each object once, so that this ends where a walk along the aliases would not.
  const sizes = new Map<unknown, number>();
  let written = 0;
  const measure = (node: unknown): number => {
    const known = sizes.get(node);
    if (known !== undefined) return known;
    written += 1;
    if (typeof node !== 'object' || node === null) return 1;
    // What is met again before it is measured contains itself.
    sizes.set(node, Number.POSITIVE_INFINITY);
    const size = Object.values(node).reduce((sum: number, value) => sum + measure(value), 1);
    sizes.set(node, size);
    return size;
  };
  const size = measure(root);
  const limit = Math.max(maxValues, maxValuesPerWritten * written);
  if (size <= limit) {
    return undefined;
  }
  const message =
    size === Number.POSITIVE_INFINITY
      ? 'Found a YAML alias that contains itself, expected one that ends. Use $ref instead'
      : `Found YAML aliases that stand for ${size} values, expected at most ${limit}. Use $ref instead`;
  return { message, path: findInnermost(root, (node) => (sizes.get(node) ?? 0) > limit) };
}

function findInnermost(root: unknown, isMeant: (node: unknown) => boolean): string[] {
  const path: string[] = [];
  const met = new Set<unknown>();
  let node = root;
  while (!met.has(node)) {
    met.add(node);
    const inner = Object.entries(node as object).find(([, value]) => isMeant(value));
    if (inner === undefined) break;
    path.push(inner[0]);
    node = inner[1];
  }
  return path;
}

function findBrokenText(node: unknown, path: string[], met: Set<unknown>): Flaw | undefined {
  if (typeof node === 'string' && !node.isWellFormed()) {
    return { message: 'Found half a surrogate pair, expected both halves', path };
  }
  if (typeof node !== 'object' || node === null || met.has(node)) {
    return undefined;
  }
  met.add(node);
  for (const [key, value] of Object.entries(node)) {
    const inner = [...path, key];
    const flaw = findBrokenText(key, inner, met) ?? findBrokenText(value, inner, met);
    if (flaw !== undefined) return flaw;
  }
  return undefined;
}
