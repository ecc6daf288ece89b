import { readFileSync, statSync } from 'node:fs';
import type { Place } from '../../cli/finding.ts';
import { createLogMask } from '../../secrets/placeholders.ts';

/** The lines of a file around a place. */
export interface Excerpt {
  /** The number of the first line, from 1. */
  first: number;
  lines: readonly string[];
}

const maxFileBytes = 20 * 1024 * 1024;
const maxExcerpts = 300;
// A finding about an object is at its first line.
const linesBefore = 2;
const linesAfter = 5;
// A minified document is one line.
const maxLineLength = 160;

/**
 * Creates a function that reads the lines around a place. It returns `undefined` for a place without a line, for a file that
 * is not there, and after 300 excerpts. Secrets of a JSON file, which may hold recorded messages, are masked.
 */
export function createExcerptReader(): (place: Place) => Excerpt | undefined {
  const files = new Map<string, readonly string[]>();
  const mask = createLogMask();
  let count = 0;
  return ({ file, line, column = 1 }) => {
    if (line === undefined || count >= maxExcerpts) {
      return undefined;
    }
    const lines = files.get(file) ?? readLines(file);
    files.set(file, lines);
    if (line > lines.length) {
      return undefined;
    }
    count += 1;
    const first = Math.max(1, line - linesBefore);
    const shown = lines
      .slice(first - 1, line + linesAfter)
      .map((text) => cut(/\.(?:json|har)$/i.test(file) ? mask.apply(text) : text, column));
    return { first, lines: shown };
  };
}

function readLines(file: string): readonly string[] {
  try {
    const { size } = statSync(file);
    return size > maxFileBytes ? [] : readFileSync(file, 'utf8').split(/\r?\n/);
  } catch {
    // A report without these lines is better than none.
    return [];
  }
}

function cut(text: string, column: number): string {
  if (text.length <= maxLineLength) {
    return text;
  }
  const start = Math.max(0, Math.min(column - 1 - maxLineLength / 2, text.length - maxLineLength));
  const end = start + maxLineLength;
  return `${start > 0 ? '…' : ''}${text.slice(start, end)}${end < text.length ? '…' : ''}`;
}
