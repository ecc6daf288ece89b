import { alignTexts } from '../align-texts.ts';
import { findMedian } from '../statistics.ts';
import type { Sample } from './measure.ts';

/** A server, with what was measured or why it was not. */
export interface Row {
  name: string;
  title: string;
  samples: readonly Sample[];
  /** Whether it refuses a request that breaks the spec. */
  validates?: boolean;
  absence?: string;
}

/** What the mock has to reach, as its share of Prism's figure. */
export const targets: Readonly<Record<keyof Sample, { atMost?: number; atLeast?: number }>> = {
  startMs: { atMost: 0.3 },
  repeated: { atLeast: 15 },
  different: { atLeast: 3 },
  memoryMiB: { atMost: 0.7 },
};

const columns: readonly { key: keyof Sample; title: string }[] = [
  { key: 'startMs', title: 'start, ms' },
  { key: 'repeated', title: 'repeated/s' },
  { key: 'different', title: 'different/s' },
  { key: 'memoryMiB', title: 'memory, MiB' },
];

/** Takes the median of each figure. `undefined` where nothing was measured. */
export function summarize({ samples }: Row): Sample | undefined {
  if (samples.length === 0) {
    return undefined;
  }
  const medianOf = (key: keyof Sample): number => findMedian(samples.map((sample) => sample[key]));
  return {
    startMs: medianOf('startMs'),
    repeated: medianOf('repeated'),
    different: medianOf('different'),
    memoryMiB: medianOf('memoryMiB'),
  };
}

/** Renders all rows: each figure with its share of Prism's in brackets. */
export function formatTable(rows: readonly Row[]): string[] {
  const prism = findPrism(rows);
  const head = ['server', 'validates', ...columns.map(({ title }) => title)];
  const body = rows.map((row) => {
    const summary = summarize(row);
    const cells = columns.map(({ key }) =>
      summary === undefined ? '-' : formatCell(summary[key], prism?.[key]),
    );
    return [row.title, row.validates === undefined ? '-' : row.validates ? 'yes' : 'no', ...cells];
  });
  const absences = rows.flatMap(({ title, absence }) =>
    absence === undefined ? [] : [`- ${title}: ${absence}`],
  );
  return [...alignTexts([head, ...body]), ...absences];
}

/** Says of each target whether a row reaches it. Empty without Prism's figures. */
export function formatVerdicts(row: Row, rows: readonly Row[]): string[] {
  const summary = summarize(row);
  const prism = findPrism(rows);
  if (summary === undefined || prism === undefined) {
    return [];
  }
  return columns.map(({ key, title }) => {
    const share = summary[key] / prism[key];
    const { atMost = Number.POSITIVE_INFINITY, atLeast = 0 } = targets[key];
    const isMet = share <= atMost && share >= atLeast;
    const target = atLeast > 0 ? `at least ${atLeast}` : `at most ${atMost}`;
    return `${isMet ? 'reached' : 'missed '}  ${title.split(',')[0]}: ${formatShare(share)} of Prism's, ${target}`;
  });
}

function findPrism(rows: readonly Row[]): Sample | undefined {
  const row = rows.find(({ name }) => name === 'prism');
  return row && summarize(row);
}

function formatCell(figure: number, ofPrism: number | undefined): string {
  const text = Math.round(figure).toLocaleString('en');
  return ofPrism === undefined ? text : `${text} (${formatShare(figure / ofPrism)})`;
}

function formatShare(share: number): string {
  return share.toFixed(share < 10 ? 2 : 1);
}
