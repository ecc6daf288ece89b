import { firstDifference } from './first-difference.ts';

/** The first line that differs. */
export interface Difference {
  /** Counts from 1. */
  line: number;
  /** What was found and what was expected, as a full sentence. */
  message: string;
}

const excerptLength = 72;

/**
 * Says where a generated file differs from the expected text, or `undefined` when it doesn't. Lines are quoted as
 * JSON, so that blanks and carriage returns show. A text that is `undefined` is of a missing file.
 */
export function describeDifference(expected: string, found: string | undefined): Difference | undefined {
  if (found === undefined) {
    return { line: 1, message: 'The file is missing.' };
  }
  const difference = firstDifference(expected, found);
  if (difference === undefined) {
    return undefined;
  }
  const column = findColumn(difference.expected, difference.found);
  const [foundLine, expectedLine] = [difference.found, difference.expected].map((line) =>
    quote(line, column),
  );
  return { line: difference.line, message: `Found ${foundLine}, expected ${expectedLine}.` };
}

function findColumn(one: string = '', other: string = ''): number {
  const column = one.split('').findIndex((character, index) => character !== other[index]);
  return column === -1 ? one.length : column;
}

// A long line is cut around the place where it differs.
function quote(line: string | undefined, column: number): string {
  if (line === undefined) {
    return 'the end of the file';
  }
  const start = line.length <= excerptLength ? 0 : Math.max(0, column - excerptLength / 2);
  const end = start + excerptLength;
  return `${start > 0 ? '…' : ''}${JSON.stringify(line.slice(start, end))}${end < line.length ? '…' : ''}`;
}
