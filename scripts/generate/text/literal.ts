import { isIdentifier } from '../model/operation-model.ts';

/** Columns that a line of generated code aims to keep within. */
export const lineWidth = 110;

/**
 * Renders a string in single quotes.
 */
export function quote(text: string): string {
  return `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}

/**
 * Renders the name of a property, in quotes if it is not an identifier.
 */
export function renderKey(name: string): string {
  if (name === '__proto__') {
    // Written plainly it would set the prototype of an object literal.
    return "['__proto__']";
  }
  // A method `new` of an interface would be a constructor.
  return isIdentifier(name) && name !== 'new' ? name : quote(name);
}

/**
 * Writes a text on one line: of several in a comment, one might begin with a tag.
 */
export function toOneLine(text: string): string {
  return text.replace(/[\s\u2028\u2029]+/g, ' ');
}

/**
 * Renders plain data as a literal, on one line where it fits. Properties that are `undefined` are left out.
 */
export function renderLiteral(value: unknown, indent = ''): string {
  if (typeof value === 'string') {
    return quote(value);
  }
  if (typeof value !== 'object' || value === null) {
    return JSON.stringify(value);
  }
  const inner = `${indent}  `;
  const parts = Array.isArray(value)
    ? value.map((item) => renderLiteral(item, inner))
    : Object.entries(value)
        .filter(([, item]) => item !== undefined)
        .map(([name, item]) => `${renderKey(name)}: ${renderLiteral(item, inner)}`);
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  if (parts.length === 0) {
    return open + close;
  }
  const space = Array.isArray(value) ? '' : ' ';
  const line = `${open}${space}${parts.join(', ')}${space}${close}`;
  const isNested = Object.values(value).some((item) => typeof item === 'object');
  return isNested || inner.length + line.length > lineWidth
    ? `${open}\n${parts.map((part) => `${inner}${part},\n`).join('')}${indent}${close}`
    : line;
}

/**
 * Renders a docstring. Paragraphs are set off by an empty line; empty ones are left out. No text can end the
 * comment.
 */
export function renderDocComment(paragraphs: readonly (string | undefined)[], indent = ''): string {
  const text = paragraphs
    .map((paragraph) => paragraph?.trim())
    .filter((paragraph) => paragraph)
    .join('\n\n')
    .replaceAll('*/', '*\\/');
  const lines = text.split(/\r\n|[\n\r\u2028\u2029]/).map((line) => line.trimEnd());
  if (lines.length === 1) {
    return text === '' ? '' : `${indent}/** ${text} */\n`;
  }
  const body = lines.map((line) => `${indent} *${line === '' ? '' : ` ${line}`}\n`).join('');
  return `${indent}/**\n${body}${indent} */\n`;
}

/**
 * Keeps a text from beginning a line with a tag: one that mentions `@deprecated` must not deprecate.
 */
export function escapeTags(text = ''): string {
  return text.replaceAll(/^(\s*)@/gm, '$1\\@');
}

// A line of types that begins like this begins a comment: strings and names are in quotes, on one line.
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
