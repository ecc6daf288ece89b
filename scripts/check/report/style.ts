/** The colours of a page. Every text colour has a contrast of 4.5 to 1 or more on both grounds. */
interface Palette {
  ground: string;
  /** The ground of headings in tables, of code and of findings. */
  raised: string;
  text: string;
  muted: string;
  link: string;
  passed: string;
  failed: string;
  notRun: string;
  /** No text. */
  line: string;
}

/** The colours by light and by dark. Their test computes the contrast that WCAG 2.2 asks for, level AA. */
export const palettes: Readonly<Record<'light' | 'dark', Palette>> = {
  light: {
    ground: '#ffffff',
    raised: '#f3f5f7',
    text: '#1a1f26',
    muted: '#555e69',
    link: '#0b57b0',
    passed: '#12662e',
    failed: '#b0121e',
    notRun: '#7a4a00',
    line: '#d3d9e0',
  },
  dark: {
    ground: '#14181d',
    raised: '#1e242b',
    text: '#e5e9ee',
    muted: '#a5afba',
    link: '#82b9ff',
    passed: '#6fd190',
    failed: '#ff8f87',
    notRun: '#e8b866',
    line: '#39424d',
  },
};

/** The style of the page, for light and dark, and for screens from a phone's on. */
export const stylesheet: string = `
:root { color-scheme: light dark; ${declareColors(palettes.light)} }
@media (prefers-color-scheme: dark) { :root { ${declareColors(palettes.dark)} } }
* { box-sizing: border-box; }
body {
  margin: 0 auto; max-width: 72rem; padding: 1.5rem 1rem 3rem;
  background: var(--ground); color: var(--text); font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere;
}
h1 { margin: 0; font-size: 1.6rem; line-height: 1.2; }
h2 { margin: 2.5rem 0 .75rem; font-size: 1.2rem; }
h3 { margin: 1.5rem 0 .5rem; font: 600 .95rem/1.4 ui-monospace, monospace; }
h4 { margin: .75rem 0 .25rem; font-size: .9rem; }
p { margin: 0 0 .5rem; }
code { font: .9em ui-monospace, monospace; }
a { color: var(--link); }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
.facts { margin: .75rem 0 0; font-size: .875rem; }
.facts div { display: grid; grid-template-columns: 8rem 1fr; column-gap: .75rem; }
.facts dt { color: var(--muted); }
.facts dd { margin: 0; }
.muted, footer { color: var(--muted); font-size: .875rem; }
footer { margin-top: 3rem; border-top: 1px solid var(--line); padding-top: 1rem; }
.outcome { margin: .75rem 0 .25rem; border-left: .3rem solid; padding-left: .75rem; font-size: 1.15rem; font-weight: 600; }
.passed { color: var(--passed); }
.failed { color: var(--failed); }
.not-run { color: var(--not-run); }
.verdict { font-size: .875rem; font-weight: 600; white-space: nowrap; }
.scroll { overflow-x: auto; border: 1px solid var(--line); border-radius: .4rem; }
table { width: 100%; border-collapse: collapse; }
th, td { padding: .5rem .75rem; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; overflow-wrap: normal; }
tbody tr:last-child > * { border-bottom: 0; }
th { font-weight: 600; }
thead th, thead td, .matrix th[scope='row'] { background: var(--raised); }
tr:target { background: var(--raised); }
.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
.corner { color: var(--muted); font-size: .8rem; }
.matrix th[scope='row'], .corner { position: sticky; left: 0; }
.matrix th + td, .matrix td + td, .corner + th, .matrix th + th { border-left: 1px solid var(--line); }
.matrix ul { margin: 0; padding: 0; list-style: none; }
.matrix li { min-width: 7rem; }
.matrix li + li { margin-top: .5rem; }
.matrix li .verdict { display: block; }
.matrix a { font: .85rem ui-monospace, monospace; }
.gates th[scope='row'] { font-weight: 400; }
.gates th .muted { display: block; }
.findings { margin: 0; padding: 0; list-style: none; }
.findings > li { margin-bottom: .75rem; border-radius: .4rem; padding: .75rem 1rem; background: var(--raised); }
.message { white-space: pre-wrap; }
.excerpt {
  margin: 0 0 .75rem; border: 1px solid var(--line); border-radius: .3rem; padding: .4rem 0; overflow-x: auto;
  background: var(--ground); font: .8rem/1.5 ui-monospace, monospace; overflow-wrap: normal; tab-size: 2;
}
.excerpt > * { display: inline-block; min-width: 100%; border-left: .3rem solid transparent; padding-right: 1rem; }
.excerpt mark { border-left-color: var(--failed); background: var(--raised); color: var(--text); font-weight: 600; }
.line-number {
  display: inline-block; width: 3.5rem; margin-right: .75rem; color: var(--muted); text-align: right; user-select: none;
}
.findings + details, h3 + details { margin-top: 1rem; }
details { border-top: 1px solid var(--line); padding-top: .5rem; }
summary { cursor: pointer; }
details ul { margin: 0 0 .5rem; padding-left: 1.25rem; list-style: disc; }
@media (max-width: 36rem) {
  table { font-size: .875rem; }
  th, td { padding: .4rem .5rem; }
  .matrix th[scope='row'], .corner { max-width: 6rem; font-size: .8rem; }
  .matrix li { min-width: 6rem; }
  .facts div { grid-template-columns: 6rem 1fr; }
  .line-number { width: 2.5rem; margin-right: .5rem; }
  .gates code, .gates .muted, .verdict { font-size: .8rem; }
}
`;

function declareColors({ notRun, ...colors }: Palette): string {
  return Object.entries({ ...colors, 'not-run': notRun })
    .map(([name, color]) => `--${name}: ${color};`)
    .join(' ');
}
