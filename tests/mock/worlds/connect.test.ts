import { describe, expect, it } from 'vitest';
import { connectToMock, type Mock, type RemoteMock, startMock } from '../../../scripts/mock/index.ts';

const specFile = 'tests/mock/fixtures/tram-auth.yaml';
const start = (): Promise<Mock> => startMock({ specFile, simulate: true });

/** Asks for the passes with a token, or with none. */
const listPasses = async (url: string, token = ''): Promise<number> =>
  (await fetch(`${url}/passes`, { headers: { authorization: `Bearer ${token}` } })).status;

const places = [
  ['the mock itself', async (mock: RemoteMock) => mock],
  ['a world', async (mock: RemoteMock) => mock.world({ name: 'rides' })],
] as const;

describe.each(places)('%s, by the HTTP API of the mock', (_, enter) => {
  it('has answers forced, and requests listed', async () => {
    await using mock = await start();
    const { url, force, journal, clearJournal, reset } = await enter(connectToMock(`${mock.url}/`));
    expect(await force({ operationId: 'listPasses', status: 503, times: 2 })).toBe(undefined);
    expect(await listPasses(url)).toBe(503);
    await expect(force({ operationId: 'listPass' })).rejects.toThrow('the spec has no operation "listPass"');
    expect(await journal()).toMatchObject([{ id: 1, operationId: 'listPasses', status: 503 }]);
    expect(await journal(1)).toEqual([]);
    await clearJournal();
    expect(await journal()).toEqual([]);
    await reset();
    expect(await listPasses(url)).toBe(401);
  });

  it('has its clock moved', async () => {
    await using mock = await start();
    const { clock, reset } = await enter(connectToMock(mock.url));
    await clock.set(new Date('2026-11-24T12:00:00Z'));
    await clock.advanceSeconds(3600);
    expect((await clock.now()).toISOString()).toMatch(/^2026-11-24T13:00:/);
    await expect(clock.advanceSeconds(-1)).rejects.toThrow('advanceSeconds is -1');
    await reset();
    expect(Math.abs((await clock.now()).getTime() - Date.now())).toBeLessThan(60_000);
  });

  it('has tokens issued, listed, expired and revoked, alone or with their family', async () => {
    await using mock = await start();
    const { url, tokens, issueJwt } = await enter(connectToMock(mock.url));
    const [first, second] = [
      await tokens.issue({ kind: 'access-token' }),
      await tokens.issue({ kind: 'access-token' }),
    ];
    expect([await listPasses(url, first.token), await listPasses(url, second.token)]).toEqual([200, 200]);
    await tokens.expire(first.id);
    await tokens.revoke(second.id, { isWholeFamily: true });
    expect([await listPasses(url, first.token), await listPasses(url, second.token)]).toEqual([401, 401]);
    expect((await tokens.list()).map(({ state }) => state)).toEqual(['revoked', 'expired']);
    await expect(tokens.revoke('access-token-9')).rejects.toThrow('There is no token "access-token-9"');
    expect(await issueJwt()).toMatch(/^badge-3-/);
  });
});

describe('a world, by the HTTP API of the mock', () => {
  it('has the host that the caller knows the mock by, and is gone once it is disposed of', async () => {
    await using mock = await start();
    const localhost = mock.url.replace('127.0.0.1', 'localhost');
    const world = await connectToMock(localhost).world({ name: 'rides' });
    expect(world).toMatchObject({
      name: 'rides',
      url: `${localhost}/__mock__/worlds/${world.id}`,
      headers: { 'x-mock-world': world.id },
      cookie: { name: 'mock-world', value: world.id, url: localhost },
    });
    expect(await listPasses(world.url)).toBe(401);
    await world.dispose();
    await world[Symbol.asyncDispose]();
    expect(await listPasses(world.url)).toBe(404);
    await expect(world.journal()).rejects.toThrow(`The mock has no world "${world.id}"`);
  });

  it('has a family that goes with one of its tokens, and tokens that stay without that', async () => {
    await using mock = await start();
    await using world = await connectToMock(mock.url).world();
    const signIn = async (): Promise<void> => {
      const form = { grant_type: 'password', client_id: 'app', username: 'mia', password: 'x' };
      await fetch(`${world.url}/oauth/token`, { method: 'POST', body: new URLSearchParams(form) });
    };
    const states = async (): Promise<string[]> => (await world.tokens.list()).map(({ state }) => state);
    await signIn();
    await world.tokens.revoke('access-token-1');
    expect(await states()).toEqual(['live', 'revoked']);
    await world.tokens.revoke('access-token-1', { isWholeFamily: true });
    expect(await states()).toEqual(['revoked', 'revoked']);
  });
});

describe('connectToMock', () => {
  it.each(['127.0.0.1:4010', 'ftp://127.0.0.1', ''])('refuses %j, which is no URL of a mock', (url) => {
    expect(() => connectToMock(url)).toThrow('is not an http(s) URL');
  });

  it('says where no mock answers', async () => {
    const mock = await start();
    await mock.close();
    await expect(connectToMock(mock.url).world()).rejects.toThrow(`No mock responds at ${mock.url}.`);
  });
});
