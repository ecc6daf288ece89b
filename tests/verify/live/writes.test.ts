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

type Probe = [title: string, state: string, request: PactRequest];

/** Replays requests beside one that may always be sent, on a provider that keeps what arrives of them. */
async function replay(probes: readonly Probe[], ...args: string[]) {
  const arrived: string[] = [];
  const url = await serve(async (incoming, response) => {
    const body = (await buffer(incoming)).toString();
    if (incoming.headers['x-probe'] !== undefined) {
      arrived.push(`${incoming.headers['x-probe']}: ${incoming.method} ${incoming.url} ${body}`.trim());
    }
    response.end();
  });
  const probing = probes.map(([title, state, request]): Probe => {
    return [title, state, { ...request, headers: { ...request.headers, 'X-Probe': title } }];
  });
  const interactions = [['always', signedIn, mediaToken] satisfies Probe, ...probing].map(
    ([description, name, request]) => {
      return { description, providerStates: [{ name }], request, response: { status: 200 } };
    },
  );
  const file = join(makeTemporaryFolder(), 'pact.json');
  const metadata = { pactSpecification: { version: '3.0.0' } };
  writeFileSync(
    file,
    JSON.stringify({ consumer: { name: 'us' }, provider: { name: 'them' }, interactions, metadata }),
  );
  const { stdout, stderr } = await runVerify(['--base-url', url, '--pact', file, '--json', ...args], env);
  const { replayed, leftOut, findings } = JSON.parse(stdout);
  const reasons = Object.fromEntries(
    leftOut.map(({ description, reason }: Record<string, string>) => [description, reason]),
  );
  return { arrived, replayed, reasons, findings, stderr };
}

const password = form('grant_type=password&username=a%40b.dev&password=c');

const writing: Probe[] = [
  ['a refresh', 'a session can be refreshed', refresh],
  ['an exchange', 'a one-time JWT can be exchanged', exchange],
  ['a wrong password', "the customer's password is another one", password],
  ['a sign-in', 'a customer can sign in with a password', password],
  ['a sign-in as a refresh', spent, password],
  ['another case of a field', spent, form('grant_type=refresh_token&refresh_token=a&Refresh_Token=b')],
  [
    'JSON',
    spent,
    { ...refresh, headers: { 'Content-Type': 'application/json' }, body: '{"refresh_token":"a"}' },
  ],
  ['a query beside the form', spent, { ...refresh, query: { username: ['ada'] } }],
  ['a grant type', 'a sign-in names no grant type', password],
];

const never = (
  [
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
    [
      'a header that names another method',
      { ...mediaToken, headers: { 'X-HTTP-Method-Override': 'DELETE' } },
    ],
    ['a header that names another path', { ...mediaToken, headers: { 'X-Original-URL': '/admin' } }],
    ['a parameter that names another method', { ...mediaToken, query: { _method: ['DELETE'] } }],
    ['a state of another operation', { ...form('a=b'), headers }],
  ] satisfies [string, PactRequest][]
).map(([title, request]): Probe => [title, signedIn, request]);

const invoice = (segment: string) => ({
  method: 'GET',
  path: `/api/public/billing/invoices/${segment}/pdf`,
  query: { t: ['media-token-1'] },
});

const segments = '.. . %2e%2e .%2E %2e 1024%2f.. %5c %252e%252e 1\\.. ..; %00'.split(' ');
const misread = ['', 'a b', ...segments].map(
  (segment): Probe => [`"${segment}"`, 'the media token is expired', invoice(segment)],
);

const titlesOf = (probes: readonly Probe[]) => probes.map(([title]) => title).sort();

describe('verify --base-url', () => {
  it('sends nothing that can change something for the customer, and says why', async () => {
    const { arrived, reasons, stderr } = await replay(writing);
    expect(arrived).toEqual([]);
    expect(Object.keys(reasons).sort()).toEqual(titlesOf(writing));
    expect(Object.values(reasons)).toEqual(
      writing.map(() => expect.stringMatching(/; --allow-writes replays it$/)),
    );
    expect(stderr).toMatch(
      /^Leaving out \d+: POST can change something for the customer; --allow-writes replays it\.\n(?: {2}.+\n)* {2}"JSON" \(the refresh token is spent\)$/m,
    );
  });

  it('sends it with --allow-writes', async () => {
    const { arrived, reasons } = await replay(writing, '--allow-writes');
    expect(reasons).toEqual({});
    expect(arrived.map((line) => line.split(':')[0]).sort()).toEqual(titlesOf(writing));
  });

  it('never sends a request that the spec does not have in its state', async () => {
    const { arrived, reasons } = await replay(never, '--allow-writes');
    expect(arrived).toEqual([]);
    expect(Object.keys(reasons).sort()).toEqual(titlesOf(never));
  });

  it('never sends a pact that names another host', async () => {
    const absolute = { ...mediaToken, path: 'http://evil.example/api/auth/media/customer' };
    const { arrived, replayed, findings } = await replay([['absolute', signedIn, absolute]]);
    expect([arrived, replayed]).toEqual([[], []]);
    expect(findings).toMatchObject([
      { code: 'pact.unreadable', at: { pointer: '#/interactions/1/request/path' } },
    ]);
  });

  it('never sends a path that a server could read as another one', async () => {
    const { arrived, reasons } = await replay(misread, '--allow-writes');
    expect(arrived).toEqual([]);
    expect(Object.keys(reasons).sort()).toEqual(titlesOf(misread));
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
    expect((await replay([['probe', state, request]])).arrived).toEqual([`probe: ${expected}`]);
  });

  it('holds back a request that is not the one of the pact when it comes to be sent', async () => {
    const generators = { path: { type: 'Regex', regex: '/api/public/bookings/1' } };
    const { arrived, findings } = await replay([['probe', signedIn, { ...mediaToken, generators }]]);
    expect(arrived).toEqual([]);
    expect(findings).toMatchObject([
      {
        message:
          '"probe" (a customer is signed in): no response: it was not sent, because the spec does not have GET /api/public/bookings/1',
      },
    ]);
  });
});
