import { readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { drawPictures } from '../../scripts/dev/docs/pictures.ts';
import { drawTerminal } from '../../scripts/dev/docs/terminal.ts';
import { hasChromium } from '../check/report/open-browser.ts';
import { makeTemporaryFolder } from '../temporary-folder.ts';

const names = ['console-light.png', 'console-dark.png', 'check-light.svg', 'check-dark.svg'];

describe('the pictures of the README', () => {
  it.each(names)('are small enough for a page: %s', (name) => {
    const { size } = statSync(join('docs/pictures', name));
    expect(size).toBeGreaterThan(1000);
    expect(size).toBeLessThan(150_000);
  });

  it.each(names.slice(2))('name the line that breaks, and no folder of a machine: %s', (name) => {
    const text = readFileSync(join('docs/pictures', name), 'utf8').replaceAll(/<[^>]+>/g, ' ');
    expect(text).toMatch(/\d+:\d+ +error +pact\.breaks-spec/);
    expect(text).not.toMatch(/\/(?:tmp|home|root|Users)\//);
  });

  it.skipIf(!hasChromium)('are drawn from a mock and a check', async () => {
    const folder = makeTemporaryFolder();
    const files = await drawPictures(folder);
    expect(files.map((file) => basename(file))).toEqual(names);
    for (const file of files) expect(statSync(file).size).toBeGreaterThan(1000);
  });
});

describe('a drawn terminal', () => {
  it('has the colours of the text, escapes it, and keeps the columns of a line that it wraps', () => {
    const long = `  1:2  \u001b[31merror\u001b[39m  ${'word '.repeat(30)}<end>`;
    const svg = drawTerminal(['plain', long], 'light');
    expect(svg).toContain('fill="#cf222e">error</tspan>');
    expect(svg).toContain('&lt;end&gt;');
    const places = [...svg.matchAll(/<tspan x="([\d.]+)">(?:word|&lt;end)/g)].map(([, x]) => x);
    expect(places.length).toBeGreaterThan(1);
    expect(new Set(places).size).toBe(1);
  });
});
