/** Text that is already markup and is not escaped again. */
export interface Markup {
  markup: string;
}

/** A value in markup. Text and numbers are escaped, markup is not. */
export type MarkupValue = string | number | Markup | readonly Markup[];

// Whitespace by number survives in an attribute, where a parser would make blanks of it.
const references: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};

/**
 * Builds XML or HTML from a template and escapes every value in it, for text and for quoted attributes alike.
 *
 * @example markup`<p title="${title}">${text}</p>`
 */
export function markup(strings: TemplateStringsArray, ...values: readonly MarkupValue[]): Markup {
  return { markup: strings.map((part, index) => `${part}${render(values[index] ?? '')}`).join('') };
}

function render(value: MarkupValue): string {
  if (typeof value === 'string' || typeof value === 'number') {
    return escapeMarkup(String(value));
  }
  return [value]
    .flat()
    .map((one) => one.markup)
    .join('');
}

/**
 * Escapes text, and drops the characters that no XML document can hold.
 *
 * @see https://www.w3.org/TR/xml/#charsets
 */
function escapeMarkup(text: string): string {
  return text
    .replaceAll(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '')
    .replaceAll(/[&<>"'\t\n\r]/g, (character) => references[character] ?? character);
}
