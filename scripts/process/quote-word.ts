/**
 * Quotes a word for a POSIX shell, where it needs to be: between single quotes, a shell leaves everything alone but the
 * quote itself.
 */
export function quoteWord(word: string): string {
  return /^[\w@%+:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
