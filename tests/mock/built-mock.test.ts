import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type * as Library from '../../scripts/mock/index.ts';

const file: string = new URL('../../dist/nexudus-auth-contract/commands/mock.js', import.meta.url).href;

let mock: Library.Mock;

beforeAll(async () => {
  const { startMock }: typeof Library = await import(file);
  mock = await startMock();
});
afterAll(() => mock.close());

// A bundler leaves out what it takes for code without an effect.
describe('the mock as it is built', () => {
  test.each(['%zz=1', '%=1', '%&%', '%ff=1&a=%'])('takes the malformed form %s for itself', async (body) => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const response = await fetch(`${mock.url}/api/token`, { method: 'POST', headers, body });
    expect([response.status, await response.json()]).toEqual([400, { error: 'unsupported_grant_type' }]);
  });

  test('refuses a path that does not decode', async () => {
    expect((await fetch(`${mock.url}/%ff`)).status).toBe(400);
  });

  test('disregards a media type that does not parse', async () => {
    const headers = { 'content-type': 'garbage', authorization: 'Bearer access-token-1' };
    expect((await fetch(`${mock.url}/api/auth/media/customer`, { headers })).status).toBe(200);
  });
});
