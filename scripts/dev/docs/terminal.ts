/** Colours of a terminal, by what is written in them. The numbers are those of ANSI escape codes. */
const palettes = {
  light: {
    background: '#ffffff',
    border: '#d0d7de',
    text: '#1f2328',
    31: '#cf222e',
    32: '#116329',
    33: '#7d4e00',
  },
  dark: {
    background: '#0d1117',
    border: '#30363d',
    text: '#e6edf3',
    31: '#ff7b72',
    32: '#3fb950',
    33: '#d29922',
  },
} as const;

const columns = 108;
const charWidth = 8.43;
const lineHeight = 20;
const margin = 20;

/** Text of one style. */
interface Run {
  text: string;
  /** The codes of its style. */
  codes: readonly string[];
}

/**
 * Draws lines with ANSI colours as an SVG, with text that can be selected and read aloud. Long lines are wrapped below the
 * column where their last column begins.
 */
export function drawTerminal(lines: readonly string[], scheme: keyof typeof palettes): string {
  const palette = palettes[scheme];
  const rows = lines.flatMap((line) => wrap(readRuns(line)));
  const width = Math.ceil(columns * charWidth + 2 * margin);
  const height = rows.length * lineHeight + 2 * margin;
  const texts = rows.map((row, index) => drawRow(row, margin + (index + 0.75) * lineHeight, palette));
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">
<title>A terminal: check fails, and names the lines of the pact that break</title>
<rect x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="8" fill="${palette.background}" stroke="${palette.border}"/>
<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="14" xml:space="preserve">
${texts.filter((text) => text !== '').join('\n')}
</g>
</svg>
`;
}

// An escape code is that of the character 27, a bracket, numbers and an "m".
function readRuns(line: string): Run[] {
  const [start = '', ...coded] = line.split('\u001b[');
  const runs: Run[] = [{ text: start, codes: [] }];
  for (const part of coded) {
    const [, set = '', text = ''] = /^([\d;]*)m(.*)$/.exec(part) ?? [];
    const ends = ['', '0', '22', '39'].includes(set);
    runs.push({ text, codes: ends ? [] : [...(runs.at(-1)?.codes ?? []), ...set.split(';')] });
  }
  return runs.filter(({ text }) => text !== '');
}

function wrap(runs: readonly Run[]): Run[][] {
  const plain = runs.map(({ text }) => text).join('');
  if (plain.length <= columns) return [[...runs]];
  // Where the last column begins, after two spaces.
  const indent = /^ .*\S {2,}(?=\S)/.exec(plain)?.[0].length ?? 2;
  const rows: Run[][] = [[]];
  let length = 0;
  for (const { text, codes } of runs) {
    for (const word of text.split(/(?<= )(?=\S)/)) {
      if (length + word.trimEnd().length > columns && length > indent) {
        rows.push([{ text: ' '.repeat(indent), codes: [] }]);
        length = indent;
      }
      append(rows.at(-1) ?? [], { text: word, codes });
      length += word.length;
    }
  }
  return rows;
}

function append(row: Run[], { text, codes }: Run): void {
  const last = row.at(-1);
  if (last !== undefined && last.codes === codes) last.text += text;
  else row.push({ text, codes });
}

// Each piece has its own place, so that columns stay aligned in any font.
function drawRow(row: readonly Run[], y: number, palette: (typeof palettes)[keyof typeof palettes]): string {
  let column = 0;
  const spans = row.flatMap(({ text, codes }) =>
    text.split(/(?<= {2})(?=\S)/).map((piece) => {
      const start = column + piece.search(/\S|$/);
      column += piece.length;
      return piece.trim() === ''
        ? ''
        : `<tspan x="${round(margin + start * charWidth)}"${style(codes, palette)}>${escapeText(piece.trim())}</tspan>`;
    }),
  );
  const drawn = spans.join('');
  return drawn === '' ? '' : `<text y="${y}" fill="${palette.text}">${drawn}</text>`;
}

function style(codes: readonly string[], palette: Readonly<Record<string, string>>): string {
  const colour = codes.map((code) => palette[code]).find((value) => value !== undefined);
  return `${colour === undefined ? '' : ` fill="${colour}"`}${codes.includes('1') ? ' font-weight="bold"' : ''}`;
}

function round(number: number): number {
  return Math.round(number * 10) / 10;
}

function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
