import {
  chmodSync,
  existsSync,
  readdirSync,
  readFileSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Finding } from '../../scripts/cli/finding.ts';
import { hashContent } from '../../scripts/files/difference.ts';
import { loadSpec } from '../../scripts/mock/engine/spec.ts';
import { openSpecCache } from '../../scripts/mock/engine/spec-cache.ts';
import { startMock } from '../../scripts/mock/index.ts';
import { makeTemporaryFolder } from '../temporary-folder.ts';
import { runMock } from './run-command.ts';

const shop = (title: string): string =>
  `openapi: 3.1.0\ninfo: { title: ${title}, version: '1' }\npaths:\n` +
  '  /cups: { get: { responses: { 200: { description: Cups., content: { application/json: { schema: { $ref: cup.yaml } } } } } } }\n' +
  '  /plates: { get: { responses: { 204: {} } } }\n';
const overlay = (title: string): string =>
  `overlay: 1.0.0\ninfo: { title: Changes, version: '1' }\nactions:\n  - { target: $.info, update: { title: ${title} } }\n`;

let folder: string;
let file: string;

/** Writes a file of the spec. */
const write = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};

beforeEach(() => {
  folder = makeTemporaryFolder();
  vi.stubEnv('XDG_CACHE_HOME', join(folder, 'cache'));
  write('cup.yaml', 'type: object\n');
  file = write('shop.yaml', shop('Shop'));
});

afterEach(() => {
  vi.unstubAllEnvs();
});

const kept = (): string => join(folder, 'cache/openapi-contract-kit/specs');
const listEntries = (): string[] =>
  existsSync(kept()) ? readdirSync(kept()).map((name) => join(kept(), name)) : [];
const readTitle = async (settings: Parameters<typeof loadSpec>[1] = {}): Promise<string | undefined> =>
  (await loadSpec(file, settings)).document.info?.title;

/** Writes another title into what is kept, so that it can be seen whether it is used. */
function forge(change: (head: Record<string, unknown>) => object = () => ({})): void {
  for (const entry of listEntries()) {
    const [head = '', body = ''] = readFileSync(entry, 'utf8').split('\n');
    const spec = JSON.parse(body);
    const forged = JSON.stringify({ ...spec, document: { ...spec.document, info: { title: 'Kept' } } });
    const known = { ...JSON.parse(head), hash: hashContent(forged) };
    writeFileSync(entry, `${JSON.stringify({ ...known, ...change(known) })}\n${forged}`);
  }
}

describe('what is kept of a spec', () => {
  it('takes the place of its files the next time, with their warnings', async () => {
    const told: (readonly Finding[])[] = [];
    const onWarnings = (findings: readonly Finding[]): void => void told.push(findings);
    expect(await readTitle({ onWarnings })).toBe('Shop');
    forge();
    expect(await readTitle({ onWarnings })).toBe('Kept');
    expect(told[0]).toMatchObject([{ message: 'Found no "description", expected one.' }]);
    expect(told[1]).toEqual(told[0]);
  });

  it('is for its owner alone', async () => {
    await readTitle();
    const modes = [kept(), ...listEntries()].map((path) => statSync(path).mode & 0o777);
    expect(modes).toEqual([0o700, 0o600]);
  });

  it.each([
    ['the document', () => write('shop.yaml', shop('Shops')), 'Shops'],
    ['a file that it refers to', () => write('cup.yaml', 'type: string\n'), 'Changed'],
    ['an overlay', () => write('overlay.yaml', overlay('Other')), 'Other'],
  ])('is not used once %s has changed', async (_name, change, title) => {
    const overlays = [write('overlay.yaml', overlay('Changed'))].slice(title === 'Shops' ? 1 : 0);
    await readTitle({ overlays });
    forge();
    expect(await readTitle({ overlays })).toBe('Kept');
    change();
    expect(await readTitle({ overlays })).toBe(title);
  });

  it('is another thing with another overlay, and without one', async () => {
    await readTitle();
    forge();
    expect(await readTitle({ overlays: [write('overlay.yaml', overlay('Changed'))] })).toBe('Changed');
    expect(await readTitle()).toBe('Kept');
  });

  it('is found for a file with other line ends and a mark of the byte order', async () => {
    write('shop.yaml', `\uFEFF${shop('Shop').replaceAll('\n', '\r\n')}`);
    await readTitle();
    forge();
    expect(await readTitle()).toBe('Kept');
  });

  it.each([
    ['is empty', () => ''],
    ['is not JSON', () => 'cups\nand plates'],
    ['was cut off', (text: string) => text.slice(0, -1)],
    ['was changed', (text: string) => text.replace('"Cups."', '"Mugs."')],
    ['holds something else', () => `{"toolkit":"1","sources":{},"hash":"${hashContent('{}')}"}\n{}`],
  ])('is read anew and written again where it %s', async (_name, spoil) => {
    await readTitle();
    const [entry = ''] = listEntries();
    const good = readFileSync(entry, 'utf8');
    writeFileSync(entry, spoil(good));
    expect(await readTitle()).toBe('Shop');
    expect(readFileSync(entry, 'utf8')).toBe(good);
  });

  it('is not used where another version of the toolkit wrote it, or others may write it', async () => {
    await readTitle();
    forge(() => ({ toolkit: '0.0.1' }));
    expect(await readTitle()).toBe('Shop');
    forge();
    const [entry = ''] = listEntries();
    chmodSync(entry, 0o666);
    expect(await readTitle()).toBe('Shop');
    forge();
    expect(await readTitle()).toBe('Kept');
  });

  it('is nothing where the folder cannot be written', async () => {
    write('cache', 'a file');
    expect([await readTitle(), await readTitle()]).toEqual(['Shop', 'Shop']);
  });

  it('is nothing without the cache, in the API and in the command', async () => {
    await readTitle({ cache: false });
    await (await startMock({ specFile: file, cache: false })).close();
    const { firstLine, child, result } = runMock(['--port', '0', '--no-cache', file]);
    expect(await firstLine).toContain('Mock of Shop 1 ready');
    child.kill('SIGTERM');
    await result;
    expect(listEntries()).toEqual([]);
  });

  it('is nothing of a URL, or where a part comes from one', () => {
    expect(openSpecCache('https://shop.example/openapi.yaml')).toBeUndefined();
    const spec = { file, document: {}, warnings: [] } as never;
    const cache = openSpecCache(file);
    cache?.write(
      spec,
      new Map([
        [file, ''],
        ['https://shop.example/cup.yaml', ''],
      ]),
    );
    expect(listEntries()).toEqual([]);
    cache?.write(spec, new Map([[file, '']]));
    expect(listEntries()).toHaveLength(1);
  });

  it('is whole after two commands have written it at once', async () => {
    const runs = [1, 2].map(() => runMock(['--port', '0', file]));
    for (const { firstLine, child, result } of runs) {
      expect(await firstLine).toContain('Mock of Shop 1 ready');
      child.kill('SIGTERM');
      await result;
    }
    expect(listEntries()).toHaveLength(1);
    forge();
    const { firstLine } = runMock(['--port', '0', file]);
    expect(await firstLine).toContain('Mock of Kept');
  });

  it.each([
    ['entries', { maxEntries: 2 }],
    ['bytes', { maxBytes: 5000 }],
  ])('is what was used last, within a limit of %s', (_name, limits) => {
    const spec = { file, document: { info: { title: 'x'.repeat(2000) } }, warnings: [] } as never;
    const names = ['a', 'b', 'c'];
    for (const [index, name] of names.entries()) {
      const path = write(name, name);
      openSpecCache(path, {}, limits)?.write(spec, new Map([[path, name]]));
      // Files that are written within a moment are equally old.
      const written = listEntries().filter((entry) => statSync(entry).mtimeMs > 1e6);
      for (const entry of written) {
        utimesSync(entry, index + 1, index + 1);
      }
    }
    const found = names.map((name) => openSpecCache(join(folder, name))?.read() !== undefined);
    expect(found).toEqual([false, true, true]);
  });
});
