import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { startMock } from '../../scripts/mock/index.ts';
import { watchSpec } from '../../scripts/mock/watch-spec.ts';
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

  it('reloads no more once it is stopped', async () => {
    const { specFile, told, watching, readToken } = await watchCopy();
    watching[Symbol.dispose]();
    writeFileSync(specFile, source.replace('jwt: media-token-1', 'jwt: media-token-4'));
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect([told, await readToken()]).toEqual([[], 'media-token-1']);
  });
});
