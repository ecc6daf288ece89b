import { alignTexts } from '../align-texts.ts';

/** The medians of one client; a figure that could not be measured is missing. */
export interface Figures {
  minified?: number;
  gzipped?: number;
  types?: number;
  instantiations?: number;
  callMicroseconds?: number;
  generateMs?: number;
  /** Generation that has nothing to do. */
  idleMs?: number;
}

/** A client, with its figures and why some are missing. */
export interface Row {
  name: string;
  title: string;
  figures: Figures;
  absences: readonly string[];
}

const columns: readonly { key: keyof Figures; title: string; digits?: number }[] = [
  { key: 'minified', title: 'minified, B' },
  { key: 'gzipped', title: 'gzipped, B' },
  { key: 'types', title: 'types' },
  { key: 'instantiations', title: 'instantiations' },
  { key: 'callMicroseconds', title: 'call, us', digits: 1 },
  { key: 'generateMs', title: 'generate, ms' },
  { key: 'idleMs', title: 'nothing to do, ms' },
];

/** Renders all rows: each figure with its share of openapi-fetch's in brackets. */
export function formatTable(rows: readonly Row[]): string[] {
  const base = findFigures(rows, 'openapi-fetch');
  const body = rows.map(({ title, figures }) => [
    title,
    ...columns.map(({ key, digits = 0 }) => formatCell(figures[key], base?.[key], digits)),
  ]);
  const head = ['client', ...columns.map(({ title }) => title)];
  const absences = rows.flatMap(({ title, absences }) => absences.map((reason) => `- ${title}: ${reason}`));
  return [...alignTexts([head, ...body]), ...absences];
}

/** Says of each target whether this client reaches it. One without its figures is not judged. */
export function formatVerdicts(rows: readonly Row[]): string[] {
  const own = findFigures(rows, 'own') ?? {};
  const base = findFigures(rows, 'openapi-fetch') ?? {};
  const share = (one?: number, other?: number): number => (one ?? Number.NaN) / (other ?? Number.NaN);
  const more = ((own.gzipped ?? Number.NaN) - (base.gzipped ?? Number.NaN)) / 1000;
  return [
    judge('gzipped', more, 1, "kB more than openapi-fetch's"),
    judge('instantiations', share(own.instantiations, base.instantiations), 0.25, "of openapi-fetch's"),
    judge('call', share(own.callMicroseconds, base.callMicroseconds), 1.1, "of openapi-fetch's"),
    judge('generate', share(own.generateMs, base.generateMs), 1, "of openapi-typescript's"),
    judge('nothing to do', share(own.idleMs, base.generateMs), 0.3, "of openapi-typescript's"),
  ].flat();
}

function judge(title: string, figure: number, atMost: number, unit: string): string[] {
  return Number.isNaN(figure)
    ? []
    : [
        `${figure <= atMost ? 'reached' : 'missed '}  ${title}: ${figure.toFixed(3)} ${unit}, at most ${atMost}`,
      ];
}

function findFigures(rows: readonly Row[], name: string): Figures | undefined {
  return rows.find((row) => row.name === name)?.figures;
}

function formatCell(figure: number | undefined, base: number | undefined, digits: number): string {
  if (figure === undefined) {
    return '-';
  }
  const text = figure.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return base === undefined ? text : `${text} (${(figure / base).toFixed(2)})`;
}
