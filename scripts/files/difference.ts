/** The first line that differs. */
export interface Difference {
  /** Counts from 1. */
  line: number;
  /** The found and the expected text, as a full sentence. */
  message: string;
}

const excerptLength = 72;

/**
 * Returns where a generated file differs from the expected text, or `undefined` if it does not. Quotes lines as JSON, so
 * that blanks and carriage returns are visible. `undefined` stands for a missing file.
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

interface LineDifference {
  line: number;
  expected: string | undefined;
  found: string | undefined;
}

function firstDifference(expected: string, found: string): LineDifference | undefined {
  if (expected === found) {
    return undefined;
  }
  const expectedLines = expected.split('\n');
  const foundLines = found.split('\n');
  const index = expectedLines.findIndex((line, at) => line !== foundLines[at]);
  const at = index === -1 ? expectedLines.length : index;
  return { line: at + 1, expected: expectedLines[at], found: foundLines[at] };
}

/**
 * Returns the SHA-256 of a text or of bytes, in hexadecimal.
 */
export function hashContent(content: string | Buffer): string {
  // Loaded when it is needed, which is not so at every start.
  return process.getBuiltinModule('node:crypto').createHash('sha256').update(content).digest('hex');
}
