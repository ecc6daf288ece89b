import { styleText } from 'node:util';

/** A text in a table, with a style of `styleText` where colours are used. */
export interface Cell {
  text: string;
  style?: 'green' | 'red' | 'yellow' | 'bold';
  /** Default: false. */
  isRightAligned?: boolean;
}

/**
 * Renders rows as lines in which the cells stand below each other, two blanks apart.
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
 * Styles a text where colours are used.
 */
export function paint(style: Cell['style'], text: string, useColors: boolean): string {
  // Who calls knows whether there is a terminal; styleText would look at the process's own.
  return useColors && style !== undefined ? styleText(style, text, { validateStream: false }) : text;
}

function pad({ text, isRightAligned = false }: Cell, width: number): string {
  return isRightAligned ? text.padStart(width) : text.padEnd(width);
}
