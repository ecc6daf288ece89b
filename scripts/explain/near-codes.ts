import { type FindingCode, findingCodes } from '../finding.ts';

/** As many letters may be wrong in a word. */
const mostEdits = 3;

/**
 * Lists the codes that somebody may have meant: those that hold the words that were typed, else those that differ in a
 * few letters, the nearest first.
 */
export function listNearCodes(typed: string): FindingCode[] {
  const words = typed
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((word) => word !== '');
  const holding = findingCodes.filter(
    (code) => words.length > 0 && words.every((word) => code.includes(word)),
  );
  return holding.length > 0 ? holding : listSimilar(words.join('-'));
}

function listSimilar(typed: string): FindingCode[] {
  return findingCodes
    .map((code) => ({ code, edits: countEdits(typed, code.replace('.', '-')) }))
    .filter(({ edits }) => edits <= mostEdits)
    .sort((one, other) => one.edits - other.edits)
    .map(({ code }) => code);
}

// Levenshtein's distance, row by row: https://en.wikipedia.org/wiki/Levenshtein_distance
function countEdits(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, column) => column);
  for (const [index, letter] of [...one].entries()) {
    const next = [index + 1];
    for (const [column, otherLetter] of [...other].entries()) {
      const replaced = (row[column] ?? 0) + (letter === otherLetter ? 0 : 1);
      next.push(Math.min(replaced, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
