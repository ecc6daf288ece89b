import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readPage } from '../../scripts/dev/docs/markdown.ts';

const sources = ['scripts', 'src'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !path.includes('node_modules'))
    .map((path) => readFileSync(join(folder, path), 'utf8')),
);

/** Tells whether a message is in the code: each of its parts, between the values that `…` stands for. */
function isSaid(message: string): boolean {
  const parts = message.split('…').map((part) => part.trim());
  return sources.some((text) => parts.every((part) => text.includes(part)));
}

/** Sentences in the first column. Codes, statuses and what other programs print are left out. */
function readMessages(page: string): string[] {
  const cells = [...page.matchAll(/^\| (?:\d+ )?`([^`|]+)`/gm)].map(([, text = '']) => text);
  return cells
    .filter((text) => text.includes(' ') && !/^error TS|^status /.test(text))
    .map((text) => text.replace(/: Unknown file extension.*/, ''));
}

describe('the messages of the troubleshooting', () => {
  const messages = readMessages(readPage('docs/troubleshooting.md') ?? '');

  it.each(messages)('are those of the code: %s', (message) => {
    expect(isSaid(message)).toBe(true);
  });

  it('are refused where no file of the code has all of their parts', () => {
    expect(isSaid('Cannot listen on …: it is asleep.')).toBe(false);
    expect(messages).toContain('Cannot listen on …: it is in use.');
  });
});
