import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { makeTemporaryFolder } from '../../temporary-folder.ts';
import { runVerify } from '../run-verify.ts';
import { serve } from '../serve.ts';
import { env } from './credentials.ts';

interface PactRequest {
  method: string;
  path: string;
  query?: Record<string, string[]>;
  headers?: Record<string, string>;
  body?: string;
  generators?: object;
}

const signedIn = 'a customer is signed in';
const spent = 'the refresh token is spent';
const headers = { Authorization: 'Bearer access-token-1' };
const mediaToken = { method: 'GET', path: '/api/auth/media/customer', headers };
const oneTimeToken = { method: 'POST', path: '/api/sys/users/token/refresh', headers };
const form = (body: string) => ({
  method: 'POST',
  path: '/api/token',
  headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
  body,
});
const refresh = form('grant_type=refresh_token&refresh_token=refresh-token-1');
const exchange = {
  method: 'POST',
  path: '/api/sys/users/exchange',
  query: { token: ['one-time-jwt-1'], validForInMinutes: ['1440'] },
};

/**
 * Replays one request in one state, beside one that may always be sent, on a provider that keeps what arrives of the
 * first.
 */
async function replay(state: string, request: PactRequest, ...args: string[]) {
  const arrived: string[] = [];
  const url = await serve(async (incoming, response) => {
    const body = (await buffer(incoming)).toString();
    if (incoming.headers['x-probe'] !== undefined) {
      arrived.push(`${incoming.method} ${incoming.url} ${body}`.trim());
    }
    response.end();
  });
  const probe = { ...request, headers: { ...request.headers, 'X-Probe': '1' } };
  const interactions = [
    { ...mediaToken, name: signedIn },
    { ...probe, name: state },
  ].map(({ name, ...one }, index) => ({
    description: `request ${index}`,
    providerStates: [{ name }],
    request: one,
    response: { status: 200 },
  }));
  const file = join(makeTemporaryFolder(), 'pact.json');
  const metadata = { pactSpecification: { version: '3.0.0' } };
  writeFileSync(
    file,
    JSON.stringify({ consumer: { name: 'us' }, provider: { name: 'them' }, interactions, metadata }),
  );
  const run = await runVerify(['--base-url', url, '--pact', file, ...args], env);
  return { arrived, ...run };
}

const writing: [state: string, request: PactRequest][] = [
  ['a session can be refreshed', refresh],
  ['a one-time JWT can be exchanged', exchange],
  ["the customer's password is another one", form('grant_type=password&username=a%40b.dev&password=c')],
  ['a customer can sign in with a password', form('grant_type=password&username=a%40b.dev&password=c')],
  [spent, form('grant_type=password&username=a%40b.dev&password=c')],
  [spent, form('grant_type=refresh_token&refresh_token=a&Refresh_Token=b')],
  [spent, { ...refresh, headers: { 'Content-Type': 'application/json' }, body: '{"refresh_token":"a"}' }],
  [spent, { ...refresh, query: { username: ['ada'] } }],
  ['a sign-in names no grant type', form('grant_type=password&username=a%40b.dev&password=c')],
];

const never: [title: string, request: PactRequest][] = [
  ['DELETE', { ...mediaToken, method: 'DELETE' }],
  ['PUT', { ...mediaToken, method: 'PUT' }],
  ['PATCH', { ...mediaToken, method: 'PATCH' }],
  ['TRACE', { ...mediaToken, method: 'TRACE' }],
  ['OPTIONS', { ...mediaToken, method: 'OPTIONS' }],
  ['HEAD', { ...mediaToken, method: 'HEAD' }],
  ['CONNECT', { ...mediaToken, method: 'CONNECT' }],
  ['a method in lower case', { ...mediaToken, method: 'delete' }],
  ['a method that is in no standard', { ...mediaToken, method: 'PURGE' }],
  ['a POST on a path that has a GET', { ...mediaToken, method: 'POST' }],
  ['a GET on a path that has a POST', { ...oneTimeToken, method: 'GET' }],
  ['a path that the spec lacks', { ...mediaToken, path: '/api/public/bookings/1' }],
  ['a path in another case', { ...mediaToken, path: '/API/Auth/Media/Customer' }],
  ['a path that goes on', { ...mediaToken, path: '/api/auth/media/customer/1' }],
  ['a path with a slash at its end', { ...mediaToken, path: '/api/auth/media/customer/' }],
  ['dot segments that leave the root', { ...mediaToken, path: '/../../admin' }],
  ['dot segments that lead back', { ...mediaToken, path: '/admin/../api/auth/media/customer' }],
  ['a lone dot', { ...mediaToken, path: '/api/./auth/media/customer' }],
  ['two slashes at the start', { ...mediaToken, path: '//api/auth/media/customer' }],
  ['a host in the path', { ...mediaToken, path: '//evil.example/api/auth/media/customer' }],
  ['a query within the path', { ...mediaToken, path: '/api/auth/media/customer?a=/../../admin' }],
  ['a fragment within the path', { ...mediaToken, path: '/api/auth/media/customer#/../admin' }],
  ['a header that names another method', { ...mediaToken, headers: { 'X-HTTP-Method-Override': 'DELETE' } }],
  ['a header that names another path', { ...mediaToken, headers: { 'X-Original-URL': '/admin' } }],
  ['a parameter that names another method', { ...mediaToken, query: { _method: ['DELETE'] } }],
  ['a state of another operation', { ...form('a=b'), headers }],
];

const invoice = (segment: string) => ({
  method: 'GET',
  path: `/api/public/billing/invoices/${segment}/pdf`,
  query: { t: ['media-token-1'] },
});

describe('verify --base-url', () => {
  it.each(writing)(
    'sends nothing that changes something for the customer: %s, %j',
    async (state, request) => {
      const { arrived, stderr, stdout } = await replay(state, request);
      expect(arrived).toEqual([]);
      expect(stderr).toMatch(/left out: "request 1" .*; --allow-writes replays it\.\n/);
      expect(stdout).toContain('1 interactions replayed, 1 left out');
    },
  );

  it.each(writing)('sends it with --allow-writes: %s, %j', async (state, request) => {
    expect((await replay(state, request, '--allow-writes')).arrived).toHaveLength(1);
  });

  it.each(never)('never sends what the spec does not have: %s', async (_title, request) => {
    const { arrived, stderr, stdout } = await replay(signedIn, request, '--allow-writes');
    expect(arrived).toEqual([]);
    expect(stderr).toMatch(/left out: "request 1" \(a customer is signed in\): .*\.\n/);
    expect(stdout).toContain('1 interactions replayed, 1 left out');
  });

  it.each([
    '..',
    '.',
    '%2e%2e',
    '.%2E',
    '%2e',
    '1024%2f..',
    '%5c',
    '%252e%252e',
    '',
    'a b',
    '1\\..',
    '..;',
    '%00',
  ])('never sends a path that a server could read as another one: %s as a parameter', async (segment) => {
    const state = 'the media token is expired';
    const { arrived, stderr } = await replay(state, invoice(segment), '--allow-writes');
    expect(arrived).toEqual([]);
    expect(stderr).toContain('left out: "request 1"');
  });

  it.each<[state: string, request: PactRequest, arrived: string]>([
    [signedIn, mediaToken, 'GET /api/auth/media/customer'],
    [signedIn, { ...mediaToken, method: 'get' }, 'GET /api/auth/media/customer'],
    [signedIn, { ...mediaToken, query: { a: ['/../b'] } }, 'GET /api/auth/media/customer?a=%2F..%2Fb'],
    [signedIn, oneTimeToken, 'POST /api/sys/users/token/refresh'],
    ['the bearer token is expired', oneTimeToken, 'POST /api/sys/users/token/refresh'],
    [spent, refresh, 'POST /api/token grant_type=refresh_token&refresh_token=no-token-of-a-contract-test'],
    ['a sign-in names no grant type', form('username=ada'), 'POST /api/token username=ada'],
    [
      'the media token is expired',
      invoice('a..b%20~c'),
      'GET /api/public/billing/invoices/a..b%20~c/pdf?t=no-token-of-a-contract-test',
    ],
  ])('sends what changes nothing, as it was checked: %s, %j', async (state, request, expected) => {
    expect((await replay(state, request)).arrived).toEqual([expected]);
  });

  it('holds back a request that is not the one of the pact when it comes to be sent', async () => {
    const generators = { path: { type: 'Regex', regex: '/api/public/bookings/1' } };
    const { arrived, stdout } = await replay(signedIn, { ...mediaToken, generators });
    expect(arrived).toEqual([]);
    expect(stdout).toContain('"request 1" (a customer is signed in): no answer: it was not sent, because');
  });
});
