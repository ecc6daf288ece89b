import { styleText } from 'node:util';
import type { CommandContext } from './command.ts';
import type { Finding } from './finding.ts';

/**
 * Quotes a word for a POSIX shell, if necessary: between single quotes, a shell changes nothing except the quote itself.
 * Line breaks and other control characters are written as escapes, which need a dollar, so that the word stays on a line.
 */
export function quoteWord(word: string): string {
  if (/\p{Cc}/u.test(word)) {
    const escaped = word.replaceAll(/[\\']/g, String.raw`\$&`).replaceAll(/\p{Cc}/gu, toEscape);
    return `$'${escaped}'`;
  }
  return /^[\w@%+:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}

const escapes: Readonly<Record<string, string>> = {
  '\n': String.raw`\n`,
  '\r': String.raw`\r`,
  '\t': String.raw`\t`,
};

function toEscape(character: string): string {
  const code = character.charCodeAt(0).toString(16).padStart(4, '0');
  return escapes[character] ?? String.raw`\u${code}`;
}

/** A cell of a table. `style` applies if colours are used. */
export interface Cell {
  text: string;
  style?: 'green' | 'red' | 'yellow' | 'bold';
  /** Default: false. */
  isRightAligned?: boolean;
}

/**
 * Renders rows as lines with aligned columns, two spaces apart.
 */
export function alignRows(rows: readonly (readonly Cell[])[], useColors: boolean): string[] {
  const widthOf = (column: number): number =>
    Math.max(...rows.map((cells) => cells[column]?.text.length ?? 0));
  const widths = (rows[0] ?? []).map((_, column) => widthOf(column));
  return rows.map((cells) =>
    cells
      .map((cell, column) => paint(cell.style, pad(cell, widths[column] ?? 0), useColors))
      .join('  ')
      .trimEnd(),
  );
}

/**
 * Styles a text if colours are used.
 */
export function paint(style: Cell['style'], text: string, useColors: boolean): string {
  // The caller knows whether there is a terminal. styleText would check that of the process.
  return useColors && style !== undefined ? styleText(style, text, { validateStream: false }) : text;
}

function pad({ text, isRightAligned = false }: Cell, width: number): string {
  return isRightAligned ? text.padStart(width) : text.padEnd(width);
}

/**
 * Returns the number of findings, such as `1 finding`.
 */
export function formatFindingCount({ length }: readonly Finding[]): string {
  return `${length} finding${length === 1 ? '' : 's'}`;
}

/**
 * Renders results as JSON that is safe for a log: escapes characters that JSON leaves raw but that a terminal or a CI
 * server interprets, such as `##[add-mask]`. The values stay the same.
 */
export function formatJson(results: object): string {
  return JSON.stringify(results, null, 2)
    .replaceAll('##', String.raw`#\u0023`)
    .replaceAll(/[\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g, (character) => {
      return String.raw`\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
    });
}

// To the start of the line, and all that is on it is erased: ECMA-48, sections 8.3.15 and 8.3.41.
const eraseLine = '\r\u001b[K';

/**
 * Creates the output of a command. What it shows as progress is erased before anything else is printed.
 *
 * @param terminal what shows the progress, if it is a terminal
 */
export function createOutput(
  terminal: Pick<NodeJS.WriteStream, 'write' | 'columns' | 'isTTY'>,
): Pick<CommandContext, 'stdout' | 'stderr' | 'progress'> & { erase: () => void } {
  let isShown = false;
  const erase = (): void => {
    if (isShown) {
      terminal.write(eraseLine);
    }
    isShown = false;
  };
  const show = (line: string): void => {
    terminal.write(`${eraseLine}${line.slice(0, (terminal.columns || 80) - 1)}`);
    isShown = true;
  };
  return {
    erase,
    stdout: (line) => {
      erase();
      console.log(line);
    },
    stderr: (line) => {
      erase();
      console.error(line);
    },
    ...(terminal.isTTY && { progress: show }),
  };
}
