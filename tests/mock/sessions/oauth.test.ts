import { describe, expect, it } from 'vitest';
import { type Mock, startMock } from '../../../scripts/mock/index.ts';

const specFile = 'tests/mock/fixtures/tram-auth.yaml';

interface Tokens {
  access_token: string;
  refresh_token: string;
}

/** What an app does with the authorization server of the fixture. */
function createApp({ url }: Pick<Mock, 'url'>, clientId = 'app') {
  const post = (path: string, form: Record<string, string>) =>
    fetch(url + path, { method: 'POST', body: new URLSearchParams(form) });
  const grant = (form: Record<string, string>) => post('/oauth/token', { client_id: clientId, ...form });
  return {
    grant,
    signIn: async (username = 'mia') =>
      (await (await grant({ grant_type: 'password', username, password: 'x' })).json()) as Tokens,
    refresh: (token: string) => grant({ grant_type: 'refresh_token', refresh_token: token }),
    isActive: async (token: string) =>
      ((await (await post('/oauth/introspect', { token })).json()) as { active: boolean }).active,
    revoke: (token: string) => post('/oauth/revoke', { token }),
    listPasses: (token: string) =>
      fetch(`${url}/passes`, token === '' ? {} : { headers: { authorization: `Bearer ${token}` } }),
  };
}

/** The code that the answer gives for its refusal. */
function readCodes(answer: Response): string[] {
  const violations = JSON.parse(answer.headers.get('sl-violations') ?? '[]') as { code: string }[];
  return violations.map(({ code }) => code);
}

describe('an OAuth server that is simulated', () => {
  it('takes each of its grants, and several sign-ins of one client and customer', async () => {
    await using mock = await startMock({ specFile, simulate: true });
    const { signIn, grant, refresh, listPasses } = createApp(mock);
    const [one, other] = [await signIn(), await signIn()];
    const machine = (await (
      await grant({ grant_type: 'client_credentials', client_secret: 'x' })
    ).json()) as Tokens;
    for (const { access_token: token } of [one, other, machine]) {
      expect((await listPasses(token)).status).toBe(200);
    }
    expect([(await refresh(one.refresh_token)).status, (await refresh(other.refresh_token)).status]).toEqual([
      200, 200,
    ]);
  });

  it('revokes the family of a refresh token that is used twice, and no other', async () => {
    await using mock = await startMock({ specFile, simulate: true });
    const { signIn, refresh, isActive, listPasses } = createApp(mock);
    const [stolen, stranger] = [await signIn(), await signIn()];
    const fresh = (await (await refresh(stolen.refresh_token)).json()) as Tokens;
    expect(await isActive(fresh.refresh_token)).toBe(true);
    const reuse = await refresh(stolen.refresh_token);
    expect([reuse.status, await reuse.json()]).toEqual([400, { error: 'invalid_grant' }]);
    expect(readCodes(reuse)).toEqual(['session.spent']);
    expect(readCodes(await refresh(fresh.refresh_token))).toEqual(['session.revoked']);
    expect(readCodes(await listPasses(fresh.access_token))).toEqual(['session.revoked']);
    expect(readCodes(await listPasses(stolen.access_token))).toEqual(['session.revoked']);
    expect(await isActive(stranger.access_token)).toBe(true);
  });

  it('revokes no family for a client that the token does not belong to', async () => {
    await using mock = await startMock({ specFile, simulate: true });
    const { signIn, refresh, isActive } = createApp(mock);
    const first = await signIn();
    const fresh = (await (await refresh(first.refresh_token)).json()) as Tokens;
    const thief = createApp(mock, 'thief');
    expect(readCodes(await thief.refresh(first.refresh_token))).toEqual(['session.wrong-client']);
    expect(await isActive(fresh.refresh_token)).toBe(true);
  });

  it('revokes what its revocation endpoint is told, and says the same to whom it does not know', async () => {
    await using mock = await startMock({ specFile, simulate: true });
    const { signIn, revoke, isActive } = createApp(mock);
    const { access_token: token, refresh_token: refreshToken } = await signIn();
    expect((await revoke('made-up')).status).toBe(200);
    expect(await isActive(token)).toBe(true);
    expect((await revoke(refreshToken)).status).toBe(200);
    expect([await isActive(token), await isActive(refreshToken), await isActive('made-up')]).toEqual([
      false,
      false,
      false,
    ]);
  });

  it('says why it refuses, in its header and in the journal, and tells no token', async () => {
    await using mock = await startMock({ specFile, simulate: true });
    const { signIn, listPasses, refresh } = createApp(mock);
    const { access_token: token, refresh_token: refreshToken } = await signIn();
    const codes = [
      readCodes(await listPasses('made-up')),
      readCodes(await listPasses(refreshToken)),
      readCodes(await refresh('')),
    ];
    mock.clock.advanceSeconds(300);
    codes.push(readCodes(await listPasses(token)));
    expect(codes.flat()).toEqual([
      'session.unknown',
      'session.wrong-kind',
      'session.missing',
      'session.expired',
    ]);
    const refused = mock.journal().flatMap(({ violations }) => violations);
    expect(refused).toMatchObject([
      { location: ['request', 'header', 'authorization'], message: expect.stringContaining('did not issue') },
      { message: 'Found the kind refresh-token, expected access-token.' },
      { location: ['request', 'form', 'refresh_token'], message: 'The request has no refresh-token.' },
      { message: expect.stringMatching(/^The access-token expired at .*Z\.$/) },
    ]);
    expect(JSON.stringify(mock.journal())).not.toMatch(/made-up|-token-\d/);
  });

  it('takes a token from JSON, for the requests that the rule is about', async () => {
    await using mock = await startMock({ specFile, simulate: true });
    const open = async (body: object) =>
      fetch(`${mock.url}/kiosks`, {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json' },
      });
    const badge = mock.issueJwt();
    expect((await open({ mode: 'guest' })).status).toBe(204);
    expect((await open({ mode: 'staff', badge })).status).toBe(204);
    expect(readCodes(await open({ mode: 'staff' }))).toEqual(['session.missing']);
  });
});

describe('the tokens of a mock', () => {
  it('are listed with what they are for, and expire or are revoked by their id', async () => {
    await using mock = await startMock({ specFile, simulate: true });
    const { signIn, listPasses, isActive } = createApp(mock);
    const [one, other] = [await signIn('mia'), await signIn('tom')];
    const family = 'access-token-3';
    expect(mock.tokens.list()).toMatchObject([
      { id: 'refresh-token-4', kind: 'refresh-token', family, client: 'app', subject: 'tom' },
      { id: 'access-token-3', family, subject: 'tom', state: 'live', issuedBy: 'issueTokens' },
      { id: 'refresh-token-2', family: 'access-token-1' },
      { id: 'access-token-1', family: 'access-token-1' },
    ]);
    mock.tokens.expire('access-token-1');
    mock.tokens.revoke('refresh-token-4', { isWholeFamily: true });
    expect(readCodes(await listPasses(one.access_token))).toEqual(['session.expired']);
    expect(readCodes(await listPasses(other.access_token))).toEqual(['session.revoked']);
    expect(await isActive(one.refresh_token)).toBe(true);
    expect(mock.tokens.list().map(({ state }) => state)).toEqual(['revoked', 'revoked', 'live', 'expired']);
  });

  it('are issued by their kind', async () => {
    await using mock = await startMock({ specFile, simulate: true });
    const { listPasses } = createApp(mock);
    const { id, token } = mock.tokens.issue({ kind: 'access-token', lifeSeconds: 5, subject: 'mia' });
    expect((await listPasses(token)).status).toBe(200);
    expect(mock.tokens.list()).toMatchObject([{ id, subject: 'mia', state: 'live' }]);
    mock.clock.advanceSeconds(5);
    expect((await listPasses(token)).status).toBe(401);
    expect(() => mock.tokens.issue({ kind: 'season-ticket' })).toThrow(
      'kind is "season-ticket", expected access-token or refresh-token or badge',
    );
    expect(() => mock.tokens.revoke('access-token-99')).toThrow('There is no token "access-token-99"');
  });

  it('are steered over HTTP', async () => {
    await using mock = await startMock({ specFile, simulate: true });
    const ask = (path: string, body?: object) =>
      fetch(`${mock.url}/__mock__/tokens${path}`, body && { method: 'POST', body: JSON.stringify(body) });
    const { id, token } = (await (await ask('', { kind: 'access-token' })).json()) as {
      id: string;
      token: string;
    };
    const { listPasses } = createApp(mock);
    expect((await listPasses(token)).status).toBe(200);
    const revoke = (query: string) => fetch(`${mock.url}/__mock__/tokens?${query}`, { method: 'DELETE' });
    expect((await revoke(`id=${id}&isWholeFamily=true`)).status).toBe(204);
    expect((await revoke('id=access-token-99')).status).toBe(404);
    expect((await listPasses(token)).status).toBe(401);
    const listed = await (await ask('')).text();
    expect(listed).not.toContain(token);
    expect(JSON.parse(listed)).toMatchObject({
      isSimulated: true,
      count: 1,
      kinds: ['access-token', 'refresh-token', 'badge'],
      tokens: [{ id, state: 'revoked' }],
    });
    expect((await ask('/expire', { id: 'access-token-99' })).status).toBe(404);
    expect((await ask('/expire', { id: 1 })).status).toBe(422);
  });
});
