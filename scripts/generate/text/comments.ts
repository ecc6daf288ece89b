import { escapeTags, renderDocComment } from './literal.ts';

// Where a line of types begins so, a comment begins: strings and names are on one line, in quotes.
const comment = /^( *)\/\*\*([\s\S]*?)\*\/\n/gm;

/** What openapi-typescript writes of what the type says itself. */
const noise = /^(?:@constant$|@enum \{|Format: (?:password|binary|byte|int32|int64|float|double)$)/;

/**
 * Writes the docstrings of openapi-typescript as people do: the text first, without a tag, then what the type does not
 * say, then the tags. No text becomes a tag.
 */
export function tidyComments(code: string): string {
  return code.replaceAll(comment, (_, indent: string, body: string) => {
    const entries = readEntries(body, indent).filter((entry) => !noise.test(entry));
    const [tags, texts] = partition(entries, (entry) => /^@(?!description )/.test(entry));
    const [formats, words] = partition(texts, (entry) => entry.startsWith('Format: '));
    const paragraphs = words.map((text) => escapeTags(text.replace(/^@description /, '')));
    return renderDocComment([...paragraphs, formats.join('\n'), tags.join('\n')], indent);
  });
}

/** Reads the entries of a comment. One that has several lines goes on with five blanks. */
function readEntries(body: string, indent: string): string[] {
  if (!body.startsWith('\n')) {
    return [body.trim()];
  }
  const entries: string[] = [];
  for (const line of body.split('\n').slice(1, -1)) {
    const text = line.slice(indent.length).replace(/^ \* ?/, '');
    if (entries.length > 0 && (text === '' || text.startsWith('    '))) {
      entries.push(`${entries.pop()}\n${text.replace(/^ {4}/, '')}`);
    } else {
      entries.push(text);
    }
  }
  return entries;
}

function partition(entries: readonly string[], test: (entry: string) => boolean): [string[], string[]] {
  return [entries.filter(test), entries.filter((entry) => !test(entry))];
}
