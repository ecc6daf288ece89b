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
