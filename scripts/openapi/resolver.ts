import {
  BaseResolver,
  type Document,
  getLineColLocation,
  type Source,
  YamlParseError,
} from '@redocly/openapi-core';
import { toPointer } from './document.ts';

// How many values the aliases of a file may stand for: this many, or ten for each value that is written out.
const maxValues = 100_000;
const maxValuesPerWritten = 10;

interface Flaw {
  message: string;
  /** Keys from the root down. */
  path: string[];
}

/**
 * Reads the files of a spec, and refuses those that parse but can't be worked with: YAML aliases can make a few lines
 * stand for billions of values, or for themselves, and whoever walks them comes to no end. Half a surrogate pair, which
 * JSON can escape, can't be written to a file.
 */
export class SpecResolver extends BaseResolver {
  /** @throws {YamlParseError} */
  override parseDocument(source: Source, isRoot = false): Document {
    const document = super.parseDocument(source, isRoot);
    const flaw = findFlaw(document.parsed);
    if (flaw !== undefined) {
      const { start } = getLineColLocation({ source, pointer: toPointer(flaw.path), reportOnKey: true });
      // As js-yaml words it, from which Redocly reads the place.
      const message = `${flaw.message} in "${source.absoluteRef}" (${start.line}:${start.col})`;
      throw new YamlParseError(new Error(message), source);
    }
    return document;
  }
}

function findFlaw(root: unknown): Flaw | undefined {
  return findEndlessAliases(root) ?? findBrokenText(root, [], new Set());
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
