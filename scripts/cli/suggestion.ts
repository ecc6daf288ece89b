/**
 * Returns the words that you may have meant, the nearest first: those that differ from the typed word in at most a third
 * of its letters.
 *
 * @param toText returns the text of a word to compare. Default: the word itself
 */
export function listNearWords<Word extends string>(
  typed: string,
  words: readonly Word[],
  toText: (word: Word) => string = (word) => word,
): Word[] {
  return words
    .map((word) => ({ word, edits: countEdits(typed, toText(word)) }))
    .filter(({ edits }) => edits <= typed.length / 3)
    .sort((one, other) => one.edits - other.edits)
    .map(({ word }) => word);
}

/**
 * Returns the question "Did you mean ...?" for some words, with a space before it. Without words, returns an empty text.
 */
export function askWhetherMeant(words: readonly string[]): string {
  return words.length === 0
    ? ''
    : ` Did you mean ${new Intl.ListFormat('en', { type: 'disjunction' }).format(words)}?`;
}

// Optimal string alignment, row by row, in which two letters in the wrong order are one edit:
// https://en.wikipedia.org/wiki/Damerau–Levenshtein_distance
function countEdits(one: string, other: string): number {
  let before: number[] = [];
  let row = Array.from({ length: other.length + 1 }, (_, column) => column);
  for (let index = 0; index < one.length; index += 1) {
    const next = [index + 1];
    for (let column = 0; column < other.length; column += 1) {
      const replaced = (row[column] ?? 0) + (one[index] === other[column] ? 0 : 1);
      const isSwapped = one[index] === other[column - 1] && one[index - 1] === other[column];
      const swapped = isSwapped ? (before[column - 1] ?? 0) + 1 : replaced;
      next.push(Math.min(replaced, swapped, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1));
    }
    before = row;
    row = next;
  }
  return row.at(-1) ?? 0;
}
