import { describe, expect, it } from 'vitest';
import { type Mock, startMock } from '../../../scripts/mock/index.ts';
import { createCustomer } from './customer.ts';

const oneDay = 1440;

function exchange(mock: Mock, token: string, validForInMinutes = oneDay) {
  return createCustomer(mock).client.exchangeJwt({ query: { token, validForInMinutes } });
}

describe('the exchange of a JWT', () => {
  it('takes one that the mock made, once', async () => {
    await using mock = await startMock({ simulate: true });
    const jwt = mock.issueJwt();
    const result = await exchange(mock, jwt);
    const { token, expires_in: life } = result.status === 200 ? result.body : expect.fail('refused');
    expect(life).toBe(86_400);
    expect(await createCustomer(mock).isSignedIn(token)).toBe(true);
    expect((await exchange(mock, jwt)).status).toBe(401);
  });

  it('takes one that was made over HTTP', async () => {
    await using mock = await startMock({ simulate: true });
    const answer = await fetch(`${mock.url}/__mock__/jwts`, { method: 'POST' });
    const { token } = (await answer.json()) as { token: string };
    expect((await exchange(mock, token)).status).toBe(200);
  });

  it('refuses any other, and one after 15 minutes', async () => {
    await using mock = await startMock({ simulate: true });
    const [jwt, late] = [mock.issueJwt(), mock.issueJwt()];
    expect((await exchange(mock, 'one-time-jwt-1')).status).toBe(401);
    mock.clock.advanceSeconds(15 * 60 - 30);
    expect((await exchange(mock, jwt)).status).toBe(200);
    mock.clock.advanceSeconds(30);
    expect((await exchange(mock, late)).status).toBe(401);
  });

  it.each([
    [10, 600],
    [0.5, 30],
    [0, 0],
    [-1, -60],
  ])('for %d minutes gives a bearer token for %d seconds', async (minutes, seconds) => {
    await using mock = await startMock({ simulate: true });
    const { isSignedIn } = createCustomer(mock);
    const result = await exchange(mock, mock.issueJwt(), minutes);
    const { token, expires_in: life } = result.status === 200 ? result.body : expect.fail('refused');
    expect(life).toBe(seconds);
    expect(await isSignedIn(token)).toBe(seconds > 0);
    mock.clock.advanceSeconds(Math.max(seconds, 0));
    expect(await isSignedIn(token)).toBe(false);
  });

  it("keeps the example's life for more minutes than there are numbers", async () => {
    await using mock = await startMock({ simulate: true });
    const result = await exchange(mock, mock.issueJwt(), 1e300);
    expect(result).toMatchObject({ status: 200, body: { expires_in: 86_400 } });
  });

  it('gives a refresh token for the client that names itself first', async () => {
    await using mock = await startMock({ simulate: true });
    const { refresh, client } = createCustomer(mock);
    const result = await exchange(mock, mock.issueJwt());
    const { refresh_token } = result.status === 200 ? result.body : expect.fail('refused');
    const body = { grant_type: 'refresh_token', refresh_token } as const;
    expect((await client.getBearerToken({ body })).status).toBe(400);
    const refreshed = await refresh(refresh_token, 'portal');
    const next = refreshed.ok ? refreshed.body.refresh_token : expect.fail('refused');
    expect((await refresh(next, 'another-client')).status).toBe(400);
    expect((await refresh(next, 'portal')).status).toBe(200);
  });
});
