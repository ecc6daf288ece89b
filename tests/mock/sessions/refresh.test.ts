import { describe, expect, it } from 'vitest';
import { startMock } from '../../../scripts/mock/index.ts';
import { createCustomer, username } from './customer.ts';

const refused = { status: 400, body: { error: 'invalid_grant' } };
const day = 24 * 60 * 60;

describe('a refresh', () => {
  it('gives fresh tokens, and invalidates the refresh token that it took', async () => {
    await using mock = await startMock({ simulate: true });
    const { signIn, refresh, isSignedIn } = createCustomer(mock);
    const first = await signIn();
    const second = await refresh(first.refresh_token);
    const { access_token: bearerToken, refresh_token: refreshToken } = second.ok
      ? second.body
      : expect.fail();
    expect(refreshToken).not.toBe(first.refresh_token);
    expect(await refresh(first.refresh_token)).toMatchObject(refused);
    expect(await refresh(refreshToken)).toMatchObject({ status: 200 });
    expect([await isSignedIn(first.access_token), await isSignedIn(bearerToken)]).toEqual([true, true]);
  });

  it.each(['portal', undefined])('is refused after another sign-in of the client_id %s', async (clientId) => {
    await using mock = await startMock({ simulate: true });
    const { signIn, refresh, isSignedIn } = createCustomer(mock);
    const [one, other] = [await signIn(clientId), await signIn(clientId)];
    expect(await refresh(one.refresh_token, clientId)).toMatchObject(refused);
    expect((await refresh(other.refresh_token, clientId)).status).toBe(200);
    expect(await isSignedIn(one.access_token)).toBe(true);
  });

  it('invalidates no refresh token of another client_id', async () => {
    await using mock = await startMock({ simulate: true });
    const { signIn, refresh } = createCustomer(mock);
    const [one, other] = [await signIn('phone'), await signIn('laptop')];
    const again = await refresh(one.refresh_token, 'phone');
    expect((await refresh(other.refresh_token, 'laptop')).status).toBe(200);
    expect((await refresh(again.ok ? again.body.refresh_token : '', 'phone')).status).toBe(200);
  });

  it('invalidates no refresh token of another customer, whose client_id is the same', async () => {
    await using mock = await startMock({ simulate: true });
    const { signIn, refresh } = createCustomer(mock);
    const grace = { username: 'grace@hopper.dev' };
    const [one, other] = [await signIn('portal'), await signIn('portal', grace)];
    expect((await refresh(one.refresh_token, 'portal')).status).toBe(200);
    expect((await refresh(other.refresh_token, 'portal')).status).toBe(200);
  });

  it('is refused after a sign-in, though that came between two refreshes', async () => {
    await using mock = await startMock({ simulate: true });
    const { signIn, refresh } = createCustomer(mock);
    const renewed = await refresh((await signIn('portal')).refresh_token, 'portal');
    await signIn('portal');
    expect(await refresh(renewed.ok ? renewed.body.refresh_token : '', 'portal')).toMatchObject(refused);
  });

  it('is not refused after a sign-in that failed', async () => {
    await using mock = await startMock({ simulate: true });
    const { signIn, refresh, client } = createCustomer(mock);
    const { refresh_token: refreshToken } = await signIn('portal');
    await client.getBearerToken({
      header: { client_id: 'portal' },
      body: { grant_type: 'password', username, password: 'wrong-password' },
    });
    expect((await refresh(refreshToken, 'portal')).status).toBe(200);
  });

  it('succeeds once of a hundred at once', async () => {
    await using mock = await startMock({ simulate: true });
    const { signIn, refresh } = createCustomer(mock);
    const { refresh_token: refreshToken } = await signIn();
    const results = await Promise.all(Array.from({ length: 100 }, () => refresh(refreshToken)));
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
  });

  it.each([
    ['client-of-the-app', 'client-of-the-app', 200],
    ['client-of-the-app', username, 400],
    ['client-of-the-app', 'another-client', 400],
    [undefined, username, 200],
    [undefined, 'client-of-the-app', 400],
  ] as const)(
    'after a sign-in of client %s, by client %s, is answered with %i',
    async (one, other, status) => {
      await using mock = await startMock({ simulate: true });
      const { signIn, refresh } = createCustomer(mock);
      const { refresh_token: refreshToken } = await signIn(one);
      expect((await refresh(refreshToken, other)).status).toBe(status);
    },
  );

  it('is refused without a client, and the refresh token is not spent by that', async () => {
    await using mock = await startMock({ simulate: true });
    const { signIn, refresh, client } = createCustomer(mock);
    const { refresh_token } = await signIn();
    expect(
      await client.getBearerToken({ body: { grant_type: 'refresh_token', refresh_token } }),
    ).toMatchObject(refused);
    expect((await refresh(refresh_token, 'another-client')).status).toBe(400);
    expect((await refresh(refresh_token)).status).toBe(200);
  });

  it('is refused for what is no refresh token', async () => {
    await using mock = await startMock({ simulate: true });
    const { signIn, refresh } = createCustomer(mock);
    const { access_token: accessToken } = await signIn();
    for (const token of ['refresh-token-1', accessToken, 'spent-refresh-token']) {
      expect(await refresh(token)).toMatchObject(refused);
    }
  });

  it('is refused after 15 days, and not before', async () => {
    await using mock = await startMock({ simulate: true });
    const { signIn, refresh } = createCustomer(mock);
    const [one, other] = [await signIn('phone'), await signIn('laptop')];
    mock.clock.advanceSeconds(15 * day - 60);
    expect((await refresh(one.refresh_token, 'phone')).status).toBe(200);
    mock.clock.advanceSeconds(60);
    expect((await refresh(other.refresh_token, 'laptop')).status).toBe(400);
  });

  it('does not mind a 2FA code, which it has no use for', async () => {
    await using mock = await startMock({ simulate: true });
    const { refresh_token: refreshToken } = await createCustomer(mock).signIn('portal');
    const answer = await fetch(`${mock.url}/api/token`, {
      method: 'POST',
      headers: { client_id: 'portal' },
      body: new URLSearchParams({ grant_type: 'refresh_token', refresh_token: refreshToken, totp: '111111' }),
    });
    expect(answer.status).toBe(200);
  });

  it('rotates though its answer is lost on the way', async () => {
    await using mock = await startMock({ simulate: true });
    const { signIn, refresh } = createCustomer(mock);
    const { refresh_token: refreshToken } = await signIn();
    mock.force({ operationId: 'getBearerToken', fault: 'connection-reset' });
    await expect(refresh(refreshToken)).rejects.toMatchObject({ code: 'network_failure' });
    expect((await refresh(refreshToken)).status).toBe(400);
  });
});
