/** The colours of a page. Every text colour has a contrast of 4.5 to 1 or more on both grounds. */
export interface Palette {
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
