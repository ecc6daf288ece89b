import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startMock } from '../../scripts/mock/index.ts';
import { makeTemporaryFolder } from '../temporary-folder.ts';

const signIn = (url: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
  fetch(`${url}/api/token`, {
    method: 'POST',
    headers,
    body: new URLSearchParams({
      grant_type: 'password',
      username: 'ada@lovelace.dev',
      password: 'x',
      ...fields,
    }),
  });

describe('a mock that is asked with the values of x-match', () => {
  it.each([
    [{}, 200, { access_token: 'access-token-1' }],
    [{ password: 'wrong-password' }, 400, { error: 'invalid_grant' }],
    [{ username: 'two-factor@lovelace.dev' }, 400, { error: 'two_factor_auth_check' }],
    [{ username: 'two-factor@lovelace.dev', totp: '492039' }, 200, { access_token: 'access-token-2' }],
    [{ username: 'must-reset@lovelace.dev' }, 400, { error: 'must_reset_password' }],
  ])('answers a sign-in with %j with %d', async (fields, status, body) => {
    await using mock = await startMock();
    const response = await signIn(mock.url, fields);
    expect({ status: response.status, body: await response.json() }).toMatchObject({ status, body });
  });

  it('answers a JSON body as Nexudus does', async () => {
    await using mock = await startMock();
    const response = await fetch(`${mock.url}/api/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"grant_type":"password"}',
    });
    expect(await response.json()).toEqual({ error: 'unsupported_grant_type' });
  });

  it.each([
    ['fails-under-200', 200, false],
    ['fails-under-500', 500, false],
    ['access-token-1', 200, true],
  ])('answers the bearer token %s with %d', async (token, status, success) => {
    await using mock = await startMock();
    const headers = { authorization: `Bearer ${token}` };
    const response = await fetch(`${mock.url}/api/sys/users/token/refresh`, { method: 'POST', headers });
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ WasSuccessful: success });
  });

  it.each([
    ['/api/sys/users/exchange?token=used-jwt&validForInMinutes=1440', 'POST', 401],
    ['/api/sys/users/exchange?token=unacceptable-jwt&validForInMinutes=1440', 'POST', 400],
    ['/user/login?server=true&t=used-token&redirectUrl=%2Fa', 'GET', 401],
    ['/login?t=used-token', 'GET', 401],
    ['/api/public/billing/invoices/7/pdf?t=expired-media-token', 'GET', 401],
  ])('answers %s with a refusal', async (target, method, status) => {
    await using mock = await startMock();
    expect((await fetch(`${mock.url}${target}`, { method, redirect: 'manual' })).status).toBe(status);
  });

  it('does as Prefer says, whatever the values are', async () => {
    await using mock = await startMock();
    const response = await signIn(
      mock.url,
      { password: 'wrong-password' },
      { prefer: 'code=200, example=signed_in' },
    );
    expect(response.status).toBe(200);
  });

  it('answers with a code of a range', async () => {
    const source = readFileSync('tests/mock/fixtures/bookshop.yaml', 'utf8');
    const specFile = join(makeTemporaryFolder(), 'spec.yaml');
    const value = 'value: { reason: sold out }';
    writeFileSync(
      specFile,
      source.replace(value, `${value}\n                  x-match: { header: { Shelf: low } }`),
    );
    await using mock = await startMock({ specFile });
    const response = await fetch(`${mock.url}/books`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'shop-key': 'k', shelf: 'low' },
      body: '{"title":"Emma"}',
    });
    expect([response.status, await response.json()]).toEqual([400, { reason: 'sold out' }]);
  });

  it('makes no success of a request that breaks the spec', async () => {
    const source = readFileSync('openapi/nexudus-auth.yaml', 'utf8');
    const specFile = join(makeTemporaryFolder(), 'spec.yaml');
    writeFileSync(specFile, source.replace('body: { totp: "492039" }', 'body: { totp: "4920" }'));
    await using mock = await startMock({ specFile });
    expect((await signIn(mock.url, { totp: '4920' })).status).toBe(400);
  });
});
