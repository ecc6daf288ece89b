import { EventEmitter } from 'node:events';
import { type FSWatcher, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { watchSpec } from '../../scripts/mock/command.ts';
import { startMock } from '../../scripts/mock/index.ts';
import { makeTemporaryFolder } from '../temporary-folder.ts';

const source = readFileSync('openapi/nexudus-auth.yaml', 'utf8');

async function watchCopy() {
  const specFile = join(makeTemporaryFolder(), 'spec.yaml');
  writeFileSync(specFile, source);
  const mock = await startMock({ specFile });
  onTestFinished(() => mock.close());
  const told: string[] = [];
  const watching = watchSpec(mock, specFile, (line) => told.push(line));
  onTestFinished(() => watching[Symbol.dispose]());
  const readToken = async (): Promise<unknown> => {
    const headers = { authorization: 'Bearer x' };
    return (
      (await (await fetch(`${mock.url}/api/auth/media/customer`, { headers })).json()) as { jwt: unknown }
    ).jwt;
  };
  return { specFile, told, watching, readToken };
}

describe('watchSpec', () => {
  it('serves the spec as it is after a change', async () => {
    const { specFile, told, readToken } = await watchCopy();
    writeFileSync(specFile, source.replace('jwt: media-token-1', 'jwt: media-token-2'));
    await vi.waitFor(() => expect(told).toContain(`Reloaded ${specFile}.`), 5000);
    expect(await readToken()).toBe('media-token-2');
  });

  it('keeps the last good spec while it is broken, says what is wrong, and recovers', async () => {
    const { specFile, told, readToken } = await watchCopy();
    writeFileSync(specFile, source.replace('openapi: 3.1.0', 'openapi: ['));
    await vi.waitFor(
      () => expect(told.join('\n')).toMatch(/spec\.unreadable: .*\nThe mock keeps the last good spec\./),
      5000,
    );
    expect(await readToken()).toBe('media-token-1');
    writeFileSync(specFile, source.replace('jwt: media-token-1', 'jwt: media-token-3'));
    await vi.waitFor(() => expect(told).toContain(`Reloaded ${specFile}.`), 5000);
    expect(await readToken()).toBe('media-token-3');
  });

  it('goes on with a folder that is deleted and made anew', async () => {
    const { specFile, told, readToken } = await watchCopy();
    rmSync(dirname(specFile), { recursive: true });
    await vi.waitFor(() => expect(told.join('\n')).toMatch(/Cannot watch .*: ENOENT.* tries again/), 5000);
    mkdirSync(dirname(specFile));
    writeFileSync(specFile, source.replace('jwt: media-token-1', 'jwt: media-token-5'));
    await vi.waitFor(async () => expect(await readToken()).toBe('media-token-5'), 5000);
    writeFileSync(specFile, source.replace('jwt: media-token-1', 'jwt: media-token-6'));
    await vi.waitFor(async () => expect(await readToken()).toBe('media-token-6'), 5000);
  });

  it('goes on with a folder that takes the place of another', async () => {
    const { specFile, readToken } = await watchCopy();
    const next = `${dirname(specFile)}-next`;
    mkdirSync(next);
    writeFileSync(join(next, 'spec.yaml'), source.replace('jwt: media-token-1', 'jwt: media-token-7'));
    renameSync(dirname(specFile), `${dirname(specFile)}-old`);
    onTestFinished(() => rmSync(`${dirname(specFile)}-old`, { recursive: true }));
    renameSync(next, dirname(specFile));
    await vi.waitFor(async () => expect(await readToken()).toBe('media-token-7'), 5000);
    writeFileSync(specFile, source.replace('jwt: media-token-1', 'jwt: media-token-8'));
    await vi.waitFor(async () => expect(await readToken()).toBe('media-token-8'), 5000);
  });

  it('says once why it cannot watch, tries again, and reloads then', async () => {
    const opened: EventEmitter[] = [];
    const told: string[] = [];
    const watch = (): FSWatcher => {
      if (opened.length === 1 && told.length < 2) {
        opened.push(new EventEmitter());
        throw new Error('ENOSPC: no watchers left');
      }
      const watcher = Object.assign(new EventEmitter(), { close: () => {} });
      opened.push(watcher);
      return watcher as unknown as FSWatcher;
    };
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    using _watching = watchSpec(
      { reload: async () => {} },
      '/specs/a.yaml',
      (line) => told.push(line),
      watch,
    );
    opened[0]?.emit('error', new Error('EMFILE: too many files'));
    await vi.advanceTimersByTimeAsync(2000);
    expect(told).toEqual([
      'Cannot watch /specs: EMFILE: too many files. The mock tries again every second.',
      'Reloaded /specs/a.yaml.',
    ]);
    expect(opened).toHaveLength(3);
  });

  it('takes all changes during a reload in with one more, and lets no two overlap', async () => {
    const listeners: (() => void)[] = [];
    const watcher = Object.assign(new EventEmitter(), { close: () => {} });
    const watch = ((_folder: string, changed: (event: string, name: string) => void) => {
      listeners.push(() => changed('change', 'a.yaml'));
      return watcher;
    }) as unknown as Parameters<typeof watchSpec>[3];
    const ends: (() => void)[] = [];
    const reload = () => new Promise<void>((resolve) => ends.push(resolve));
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const told: string[] = [];
    using _watching = watchSpec({ reload }, '/specs/a.yaml', (line) => told.push(line), watch);
    for (let change = 0; change < 5; change += 1) {
      listeners.at(-1)?.();
      await vi.advanceTimersByTimeAsync(1000);
    }
    expect(ends).toHaveLength(1);
    ends[0]?.();
    await vi.advanceTimersByTimeAsync(1000);
    expect(ends).toHaveLength(2);
    ends[1]?.();
    await vi.advanceTimersByTimeAsync(1000);
    expect([ends.length, told.length]).toEqual([2, 2]);
  });

  it('reloads no more once it is stopped', async () => {
    const { specFile, told, watching, readToken } = await watchCopy();
    watching[Symbol.dispose]();
    writeFileSync(specFile, source.replace('jwt: media-token-1', 'jwt: media-token-4'));
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect([told, await readToken()]).toEqual([[], 'media-token-1']);
  });
});
