import { SetupError } from '../../cli/command.ts';
import { alignRows } from '../../cli/output.ts';

/**
 * Renders texts as a table: the first column as it reads, the figures behind it to the right.
 */
export function alignTexts(rows: readonly (readonly string[])[]): string[] {
  const cells = rows.map((texts) => texts.map((text, column) => ({ text, isRightAligned: column > 0 })));
  return alignRows(cells, false);
}

/**
 * Parses an option that is a whole number from 1.
 *
 * @throws {SetupError} that names the option
 */
export function parseCount(option: string, text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) {
    throw new SetupError(`${option} is "${text}", expected a whole number from 1.`);
  }
  return Number(text);
}

/**
 * The middle one of some figures, or between the two in the middle.
 *
 * @throws {RangeError} for none
 */
export function findMedian(figures: readonly number[]): number {
  const sorted = figures.toSorted((one, other) => one - other);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.floor((sorted.length - 1) / 2)];
  if (upper === undefined || lower === undefined) {
    throw new RangeError('There is no median of no figures.');
  }
  return (lower + upper) / 2;
}

/** What a share of another figure has to be. */
export interface Limits {
  atMost?: number;
  atLeast?: number;
}

/** Says whether a share is within its limits. */
export function formatResult(
  title: string,
  share: number,
  of: string,
  { atMost = Infinity, atLeast = 0 }: Limits,
): string {
  const isMet = share <= atMost && share >= atLeast;
  const limit = atMost === Infinity ? `at least ${atLeast}` : `at most ${atMost}`;
  return `${isMet ? 'reached' : 'missed '}  ${title}: ${formatShare(share)} of ${of}, ${limit}`;
}

/** Renders a share with three digits. */
export function formatShare(share: number): string {
  return share.toFixed(share < 10 ? 2 : 1);
}
