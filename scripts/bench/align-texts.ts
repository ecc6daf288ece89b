import { alignRows } from '../check/report/align-rows.ts';

/**
 * Renders texts as a table: the first column as it reads, the figures behind it to the right.
 */
export function alignTexts(rows: readonly (readonly string[])[]): string[] {
  const cells = rows.map((texts) => texts.map((text, column) => ({ text, isRightAligned: column > 0 })));
  return alignRows(cells, false);
}
