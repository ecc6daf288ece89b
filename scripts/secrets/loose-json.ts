import type { Secrets } from './secrets.ts';

const looseName =
  /(?:"((?:[^"\\]|\\.){1,128})"|'((?:[^'\\]|\\.){1,128})'|(?<![\w$.[\]-])([\w$.[\]-]{1,128}))\s{0,8}([:=])\s{0,8}/g;
const quoted = /"((?:[^"\\]|\\.)*)"?|'((?:[^'\\]|\\.)*)'?/y;
const bare = /[^,}\]\r\n"']+/y;

/** Returns what to put in the place of a value, both without quotes and escapes. */
type ReplaceValue = (name: string, value: string) => string;

/**
 * Replaces the values of fields in JSON that does not parse: cut off, with other quotes, with none or with escapes. A
 * value without quotes is replaced where its name is secret; all of a list or of an object is, too.
 */
export function replaceLooseFields(
  text: string,
  isSecretName: Secrets['isSecretName'],
  replace: ReplaceValue,
): string {
  const firstBrace = text.indexOf('{');
  const parts: string[] = [];
  let done = 0;
  // One of its own, since what is found here is looked into in the same way.
  const names = new RegExp(looseName);
  for (let found = names.exec(text); found !== null; found = names.exec(text)) {
    const { 0: whole, 1: double, 2: single, 3: word = '', 4: separator, index } = found;
    const start = index + whole.length;
    const written = double ?? single ?? word;
    const isKey = firstBrace !== -1 && firstBrace < index && followsBrace(text, index);
    const isField = separator === ':' && (written !== word || isKey);
    const isQuoted = isQuote(text.charCodeAt(start));
    const name = isQuoted || isField ? unescapeText(written) : '';
    const value = isQuoted || (isField && isSecretName(name)) ? readLooseValue(text, start) : '';
    if (value !== '') {
      parts.push(text.slice(done, start), replaceValue(name, value, replace));
      done = start + value.length;
      names.lastIndex = done;
    }
  }
  return parts.length === 0 ? text : parts.join('') + text.slice(done);
}

function isQuote(code: number): boolean {
  return code === 0x22 || code === 0x27;
}

// Over as much white space as a file is likely to be indented by.
function followsBrace(text: string, index: number): boolean {
  for (let before = index - 1; before >= Math.max(0, index - 64); before -= 1) {
    if (!/\s/.test(text.charAt(before))) {
      return text[before] === '{' || text[before] === ',';
    }
  }
  return false;
}

function readLooseValue(text: string, start: number): string {
  const isNested = text[start] === '[' || text[start] === '{';
  const pattern = isQuote(text.charCodeAt(start)) ? quoted : bare;
  pattern.lastIndex = start;
  return isNested ? readNested(text, start) : (pattern.exec(text)?.[0] ?? '');
}

function readNested(text: string, start: number): string {
  let depth = 0;
  for (const { 0: token, index } of text
    .slice(start)
    .matchAll(/"(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.)*'?|[[\]{}]/g)) {
    depth += /[[{]/.test(token) ? 1 : /[\]}]/.test(token) ? -1 : 0;
    if (depth === 0) {
      return text.slice(start, start + index + 1);
    }
  }
  return text.slice(start);
}

function replaceValue(name: string, value: string, replace: ReplaceValue): string {
  if (/^["']/.test(value)) {
    const quote = value.charAt(0);
    const inner = unescapeText(
      value.length > 1 && value.endsWith(quote) ? value.slice(1, -1) : value.slice(1),
    );
    const masked = replace(name, inner);
    return masked === inner ? value : quote + escapeText(masked, quote) + quote;
  }
  if (/^[[{]/.test(value)) {
    return value.replaceAll(/"(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.)*'?|[^\s,:{}[\]"']+/g, (token) =>
      replaceValue(name, token, replace),
    );
  }
  const masked = replace(name, value.trimEnd());
  return masked === value.trimEnd() || /^\d+$/.test(masked) ? masked : `"${masked}"`;
}

function unescapeText(text: string): string {
  if (!text.includes('\\')) {
    return text;
  }
  return text.replaceAll(/\\(?:u([\da-f]{4})|(.))/gis, (_, hex: string | undefined, other: string) =>
    hex === undefined ? other : String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

function escapeText(text: string, quote: string): string {
  const escaped = JSON.stringify(text).slice(1, -1);
  return quote === "'" ? escaped.replaceAll("'", String.raw`\'`) : escaped;
}
