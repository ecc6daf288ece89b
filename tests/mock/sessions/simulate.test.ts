import { describe, expect, it } from 'vitest';
import { SetupError } from '../../../scripts/cli/command.ts';
import { command } from '../../../scripts/mock/command.ts';
import { startMock } from '../../../scripts/mock/index.ts';
import { exchangeBytes } from '../exchange-bytes.ts';
import { createCustomer } from './customer.ts';

const form = new URLSearchParams({ grant_type: 'password', username: 'ada@lovelace.dev', password: 'x' });

describe('a mock that simulates', () => {
  it('forgets all tokens with a reset, and puts the clock back', async () => {
    await using mock = await startMock({ simulate: true });
    const { signIn, refresh, isSignedIn, client } = createCustomer(mock);
    const { access_token: bearerToken, refresh_token: refreshToken } = await signIn();
    const jwt = mock.issueJwt();
    mock.clock.advanceSeconds(-60);
    mock.reset();
    expect(await isSignedIn(bearerToken)).toBe(false);
    expect((await refresh(refreshToken)).status).toBe(400);
    expect((await client.exchangeJwt({ query: { token: jwt, validForInMinutes: 1 } })).status).toBe(401);
    expect(await isSignedIn((await signIn()).access_token)).toBe(true);
  });

  it('shares nothing with another one', async () => {
    await using one = await startMock({ simulate: true });
    await using other = await startMock({ simulate: true });
    const { access_token: bearerToken } = await createCustomer(one).signIn();
    other.clock.advanceSeconds(1e6);
    other.reset();
    expect(await createCustomer(one).isSignedIn(bearerToken)).toBe(true);
    expect(await createCustomer(other).isSignedIn(bearerToken)).toBe(false);
  });

  it.each(['expired-token', 'fails-under-200', 'fails-under-500'])(
    'answers to the conditions of the spec: Bearer %s',
    async (bearerToken) => {
      await using simulating = await startMock({ simulate: true });
      await using plain = await startMock();
      const [one, other] = await Promise.all(
        [simulating, plain].map((mock) => createCustomer(mock).client.getOneTimeToken({ bearerToken })),
      );
      expect([one?.status, one?.body]).toEqual([other?.status, other?.body]);
    },
  );

  it('gives a preferred answer to whatever token, with fresh tokens in it', async () => {
    await using mock = await startMock({ simulate: true });
    const { isSignedIn } = createCustomer(mock);
    const prefer = 'code=200, example=refreshed';
    const answer = await fetch(`${mock.url}/api/token`, { method: 'POST', body: form, headers: { prefer } });
    const { access_token: bearerToken } = (await answer.json()) as { access_token: string };
    expect(await isSignedIn(bearerToken)).toBe(true);
    expect((await fetch(`${mock.url}/login?t=x&__code=302`, { redirect: 'manual' })).status).toBe(302);
    expect((await fetch(`${mock.url}/login?t=x`, { redirect: 'manual' })).status).toBe(401);
  });

  it('adds nothing to a refusal that is preferred', async () => {
    await using mock = await startMock({ simulate: true });
    const url = `${mock.url}/login?t=x&redirectUrl=%2Fa&__code=401`;
    const answer = await fetch(url, { redirect: 'manual' });
    expect([answer.status, answer.headers.get('location')]).toEqual([401, null]);
  });

  it('gives a forced answer, and spends nothing for it', async () => {
    await using mock = await startMock({ simulate: true });
    const { signIn, refresh } = createCustomer(mock);
    const { refresh_token: refreshToken } = await signIn();
    mock.force({ operationId: 'getBearerToken', status: 400, example: 'must_reset_password' });
    expect(await refresh(refreshToken)).toMatchObject({ body: { error: 'must_reset_password' } });
    expect((await refresh(refreshToken)).status).toBe(200);
  });

  it('hands out tokens though an answer is forced to be late', async () => {
    await using mock = await startMock({ simulate: true });
    const { signIn, isSignedIn } = createCustomer(mock);
    mock.force({ operationId: 'getBearerToken', latencyMs: 1 });
    expect(await isSignedIn((await signIn()).access_token)).toBe(true);
  });

  it('takes no token from a request that breaks the spec', async () => {
    await using mock = await startMock({ simulate: true });
    const token = mock.issueJwt();
    const broken = await fetch(`${mock.url}/api/sys/users/exchange?token=${token}`, { method: 'POST' });
    expect([broken.status, broken.headers.has('sl-violations')]).toEqual([400, true]);
    const query = { token, validForInMinutes: 1 };
    expect((await createCustomer(mock).client.exchangeJwt({ query })).status).toBe(200);
  });

  it.each(['http://elsewhere.example/login', '/%6Cogin', '/user/../login'])(
    'is not got around by the request target %s',
    async (path) => {
      await using mock = await startMock({ simulate: true });
      const bytes = `GET ${path}?t=one-time-token-1 HTTP/1.1\r\nhost: mock\r\nconnection: close\r\n\r\n`;
      expect(await exchangeBytes(mock.url, { bytes })).toMatch(/^HTTP\/1\.1 401 /);
      expect(mock.journal()).toMatchObject([{ operationId: 'redirectToPortal' }]);
    },
  );

  it('hides what it hands out from the journal', async () => {
    await using mock = await startMock({ simulate: true });
    const { signIn, refresh, getOneTimeToken, client } = createCustomer(mock);
    const { access_token: bearerToken, refresh_token: refreshToken } = await signIn();
    await client.redirectToPortal({ query: { t: await getOneTimeToken(bearerToken) } });
    await refresh(refreshToken);
    expect(mock.journal()).toHaveLength(4);
    expect(JSON.stringify(mock.journal())).not.toMatch(/-token-\d/);
  });

  it('forgets all tokens when it serves another spec, and refuses one without sessions', async () => {
    await using mock = await startMock({ simulate: true });
    const { signIn, isSignedIn } = createCustomer(mock);
    const { access_token: bearerToken } = await signIn();
    await expect(mock.reload('tests/mock/fixtures/bookshop.yaml')).rejects.toThrow(SetupError);
    expect(await isSignedIn(bearerToken)).toBe(true);
    await mock.reload('openapi/nexudus-auth.yaml');
    expect(await isSignedIn(bearerToken)).toBe(false);
  });

  it('is refused by the command for a spec without sessions, which it names', async () => {
    const args = ['--port', '0', '--simulate', '--spec', 'tests/mock/fixtures/bookshop.yaml'];
    const failure = command.run(args, { stdout: () => {}, stderr: () => {}, env: {} });
    await expect(failure).rejects.toThrow(SetupError);
    await expect(failure).rejects.toThrow(/it lacks x-session on any operation\. Add what is missing/);
  });
});

describe('a mock that does not simulate', () => {
  it('takes any token, and the same again', async () => {
    await using mock = await startMock();
    const { client, isSignedIn } = createCustomer(mock);
    const query = { token: mock.issueJwt(), validForInMinutes: 1 };
    expect([
      (await client.exchangeJwt({ query })).status,
      (await client.exchangeJwt({ query })).status,
    ]).toEqual([200, 200]);
    expect(await isSignedIn('access-token-1')).toBe(true);
  });
});
