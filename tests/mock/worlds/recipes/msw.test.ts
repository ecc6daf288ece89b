import { setupServer } from 'msw/node';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { startMock } from '../../../../scripts/mock/index.ts';
import { forwardTo } from './msw.ts';

const apiUrl = 'https://api.trams.example';
const mock = await startMock({ specFile: 'tests/mock/fixtures/tram-auth.yaml', simulate: true });
const server = setupServer();
beforeAll(() => server.listen({ onUnhandledFrame: 'error' }));
afterAll(async () => {
  server.close();
  await mock.close();
});

/** What an app does, which knows the real API only. */
async function signIn(username: string): Promise<[status: number, token?: string]> {
  const form = { grant_type: 'password', client_id: 'app', username, password: 'x' };
  const answer = await fetch(`${apiUrl}/oauth/token`, { method: 'POST', body: new URLSearchParams(form) });
  const { access_token: token } = (await answer.json()) as { access_token?: string };
  return token === undefined ? [answer.status] : [answer.status, token];
}

async function countPasses(token = ''): Promise<number> {
  const headers = { authorization: `Bearer ${token}` };
  return (await fetch(`${apiUrl}/passes?page=1`, { headers })).status;
}

describe.concurrent('tests that MSW sends to the mock, at the same time', () => {
  for (let at = 0; at < 20; at += 1) {
    it(
      `sees its own answers, requests and tokens: rider ${at}`,
      server.boundary(async ({ expect }) => {
        using world = mock.world();
        server.use(forwardTo(world, apiUrl));
        if (at % 2 === 0) {
          world.force({ operationId: 'issueTokens', status: 503 });
          expect(await signIn(`rider-${at}`)).toEqual([503]);
        }
        const [status, token] = await signIn(`rider-${at}`);
        expect([status, await countPasses(token), await countPasses()]).toEqual([200, 200, 401]);
        expect(world.journal().map((entry) => entry.status)).toEqual([
          ...(at % 2 === 0 ? [503] : []),
          200,
          200,
          401,
        ]);
        expect(world.journal().at(-1)).toMatchObject({ operationId: 'listPasses', query: { page: '1' } });
        expect(new Set(world.tokens.list().map(({ subject }) => subject))).toEqual(new Set([`rider-${at}`]));
      }),
    );
  }

  it('reaches no mock without a handler of its own', async ({ expect }) => {
    await expect(signIn('nobody')).rejects.toThrow();
  });
});
