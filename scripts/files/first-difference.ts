/** The first line in which two texts differ, counted from 1; `undefined` where a text has ended. */
export interface LineDifference {
  line: number;
  expected: string | undefined;
  found: string | undefined;
}

/**
 * Finds the first line in which two texts differ, or `undefined` where they are the same.
 */
export function firstDifference(expected: string, found: string): LineDifference | undefined {
  if (expected === found) {
    return undefined;
  }
  const expectedLines = expected.split('\n');
  const foundLines = found.split('\n');
  const index = expectedLines.findIndex((line, at) => line !== foundLines[at]);
  const at = index === -1 ? expectedLines.length : index;
  return { line: at + 1, expected: expectedLines[at], found: foundLines[at] };
}
