/**
 * Lists the words that a document's messages are made of: its keys, the parts of its paths, and its constants. A
 * password can be such a word, as `password` is; where it does not stand as a password, it is none.
 */
export function listSpecWords(node: unknown): Set<string> {
  const words = new Set<string>();
  collect(node, words);
  return words;
}

function collect(node: unknown, words: Set<string>): void {
  if (typeof node !== 'object' || node === null) {
    return;
  }
  for (const [key, value] of Object.entries(node)) {
    for (const word of key.split('/')) {
      words.add(word);
    }
    const constants = key === 'const' ? [value] : key === 'enum' && Array.isArray(value) ? value : [];
    for (const constant of constants) {
      words.add(String(constant));
    }
    collect(value, words);
  }
}
