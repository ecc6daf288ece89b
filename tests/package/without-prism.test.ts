import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import type * as Library from '../../scripts/mock/index.ts';
import { makeTemporaryFolder } from '../temporary-folder.ts';

const built = new URL('../../dist/nexudus-auth-contract/', import.meta.url).pathname;

async function startWithoutPrism(): Promise<Library.Mock> {
  const folder = makeTemporaryFolder();
  cpSync(built, folder, { recursive: true });
  rmSync(join(folder, 'vendor/prism.js'));
  const { startMock }: typeof Library = await import(pathToFileURL(join(folder, 'commands/mock.js')).href);
  return startMock();
}

const signIn = (url: string, body: Record<string, string>, headers = {}): Promise<Response> =>
  fetch(`${url}/api/token`, { method: 'POST', body: new URLSearchParams(body), headers });

const valid = { grant_type: 'password', username: 'ada@lovelace.dev', password: 'correct-horse' };

describe('the mock of the package answers without Prism', () => {
  test('what is plainly valid, by its condition and by preference, too', async () => {
    await using mock = await startWithoutPrism();
    const usual = await signIn(mock.url, valid);
    expect([usual.status, await usual.json()]).toMatchObject([200, { access_token: 'access-token-1' }]);
    const wrong = await signIn(mock.url, { ...valid, password: 'wrong-password' });
    expect([wrong.status, await wrong.json()]).toMatchObject([400, { error: 'invalid_grant' }]);
    const preferred = await signIn(mock.url, valid, { prefer: 'code=400, example=must_reset_password' });
    expect(preferred.status).toBe(400);
    expect(mock.journal().map(({ choice }) => choice)).toEqual([
      { by: 'example' },
      { by: 'condition', example: 'invalid_grant' },
      { by: 'preferred', example: 'must_reset_password' },
    ]);
  });

  test('and nothing else: what is invalid needs Prism', async () => {
    await using mock = await startWithoutPrism();
    const answer = await signIn(mock.url, { grant_type: 'password' });
    expect([answer.status, await answer.text()]).toMatchObject([500, expect.stringContaining('prism.js')]);
  });
});
