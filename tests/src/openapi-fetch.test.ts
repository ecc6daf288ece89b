import { describe, expect, it } from 'vitest';
import { startMock } from '../../scripts/dev/package/mock.ts';
import { CallError, createNexudusAuthSession } from '../../src/index.ts';
import { createNexudusAuthFetchClient } from '../../src/openapi-fetch/index.ts';
import { openSession, openSignedIn } from './session/open-session.ts';
import { baseUrl, mediaPath } from './session/provider.ts';

const body = { grant_type: 'password', username: 'ada@lovelace.dev', password: 'correct-horse' } as const;

describe('a client of openapi-fetch, of the mock', () => {
  it('signs in, and calls with the bearer token of a header', async () => {
    await using mock = await startMock({ port: 0 });
    const client = createNexudusAuthFetchClient({ baseUrl: mock.url, validate: true });
    const { data } = await client.POST('/api/token', { body });
    const headers = { Authorization: `Bearer ${data?.access_token}` };
    const oneTime = await client.POST('/api/sys/users/token/refresh', { headers });
    expect(oneTime.data).toMatchObject({ WasSuccessful: true, Value: 'one-time-token-1' });
  });

  it('has the error of a refused sign-in, and the status of an empty 401', async () => {
    await using mock = await startMock({ port: 0 });
    const client = createNexudusAuthFetchClient({ baseUrl: mock.url });
    mock.force({ operationId: 'getBearerToken', example: 'two_factor_auth_check' });
    const { error } = await client.POST('/api/token', { body });
    expect(error?.error).toBe('two_factor_auth_check');
    const refused = await client.GET('/api/auth/media/customer');
    expect([refused.data, refused.error]).toEqual([undefined, { status: 401 }]);
  });

  it('signs in, renews and repeats with a session', async () => {
    await using mock = await startMock({ port: 0, simulate: true });
    const session = createNexudusAuthSession({ baseUrl: mock.url });
    const client = createNexudusAuthFetchClient({ baseUrl: mock.url, session });
    await session.signIn({ username: 'ada@lovelace.dev', password: 'correct-horse' });
    mock.clock.advanceSeconds(86_400 + 60);
    const { data } = await client.GET('/api/auth/media/customer');
    expect(data?.jwt).toEqual(expect.any(String));
    const asked = mock.journal().map(({ path, status }) => `${status} ${path}`);
    expect(asked).toEqual([
      '200 /api/token',
      '401 /api/auth/media/customer',
      '200 /api/token',
      '200 /api/auth/media/customer',
    ]);
  });
});

describe('the session of a client of openapi-fetch', () => {
  it('gives a call its bearer token, and a sign-in none', async () => {
    const { session, provider } = await openSignedIn();
    const client = createNexudusAuthFetchClient({ baseUrl, session });
    const { data } = await client.GET('/api/auth/media/customer');
    expect(data).toEqual({ jwt: 'media-secret-2' });
    await client.POST('/api/token', { body });
    const sent = provider.requests.slice(1).map(({ headers }) => headers.get('Authorization'));
    expect(sent).toEqual(['Bearer access-secret-1', null]);
  });

  it('renews the bearer token after a 401, and sends the call once more', async () => {
    const { session, provider } = await openSignedIn();
    const client = createNexudusAuthFetchClient({ baseUrl, session });
    provider.expireBearers();
    const { data, response } = await client.POST('/api/sys/users/token/refresh');
    expect([response.status, data?.WasSuccessful]).toEqual([200, true]);
    expect(provider.requests).toHaveLength(4);
  });

  it('throws what the session throws', async () => {
    const { session } = openSession();
    const client = createNexudusAuthFetchClient({ baseUrl, session });
    await expect(client.GET('/api/auth/media/customer')).rejects.toMatchObject({
      name: 'SessionError',
      code: 'signed_out',
    });
  });

  it('leaves an undocumented response to be thrown as a CallError', async () => {
    const { session, provider } = await openSignedIn();
    const client = createNexudusAuthFetchClient({ baseUrl, session });
    provider.plan(mediaPath, () => new Response(null, { status: 418 }));
    const error = await client.GET('/api/auth/media/customer').catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(CallError);
    expect(error).toMatchObject({ code: 'undocumented_status', operationId: 'getMediaToken', status: 418 });
  });
});

describe('a client that validates', () => {
  const fetch = async () => Response.json({ token: 'media-token-1' });

  it('throws for a body that breaks the contract', async () => {
    const client = createNexudusAuthFetchClient({ baseUrl, fetch, validate: true });
    await expect(client.GET('/api/auth/media/customer')).rejects.toMatchObject({
      code: 'contract_violation',
      violations: [{ pointer: '/jwt' }],
    });
  });

  it('takes it as it is without `validate`', async () => {
    const client = createNexudusAuthFetchClient({ baseUrl, fetch });
    expect((await client.GET('/api/auth/media/customer')).data).toEqual({ token: 'media-token-1' });
  });
});
