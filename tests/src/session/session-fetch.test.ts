import { describe, expect, it } from 'vitest';
import { operations } from '../../../src/index.ts';
import { errorOf, openSession, openSignedIn } from './open-session.ts';
import { baseUrl, bookingsPath } from './provider.ts';

const authorizationOf = (request: Request | undefined) => request?.headers.get('Authorization');

describe('the bearer token', () => {
  it.each([
    ['a path under the base URL', bookingsPath],
    ['an absolute URL of the space', `${baseUrl}${bookingsPath}?page=2#top`],
    ['a URL object', new URL(bookingsPath, baseUrl)],
    ['a Request', new Request(`${baseUrl}${bookingsPath}`)],
    ['a path that begins like another host', '//evil.example/api'],
    ['the path of a public operation with another method', '/api/token'],
    ['a path that only begins like a public operation', '/login/history'],
    ['an operation that is not public', '/api/auth/media/customer'],
    ['a path that nobody can decode', '/api/%zz%e2'],
  ])('goes with %s', async (_title, input) => {
    const { session, provider } = await openSignedIn();
    await session.fetch(input);
    expect(authorizationOf(provider.requests[1])).toBe('Bearer access-secret-1');
    expect(new URL(provider.requests[1]?.url ?? '').origin).toBe(baseUrl);
  });

  it.each([
    ['another host', 'https://evil.example/api/public/bookings/my'],
    ['a host that begins like the space', `${baseUrl}.evil.example/`],
    ['another port', `${baseUrl}:8443/`],
    ['plain http', baseUrl.replace('https', 'http')],
    ['the portal', 'https://portal.your-space.com/login'],
  ])('does not go with %s', async (_title, input) => {
    const { session, provider } = await openSignedIn();
    await session.fetch(input);
    expect(authorizationOf(provider.requests[1])).toBeNull();
  });

  it.each(Object.entries(operations).filter(([, operation]) => operation.public))(
    'does not go with the public operation %s',
    async (_operationId, { method, path }) => {
      const { session, provider } = await openSignedIn();
      const filled = path.replace('{invoiceId}', '1024');
      await session.fetch(`${filled}?t=x`, { method });
      await session.fetch(`${filled.toUpperCase()}/`, { method });
      await session.fetch(filled.replace('i', '%69'), { method });
      expect(provider.requests.slice(1).map(authorizationOf)).toEqual([null, null, null]);
    },
  );

  it('finds public operations under a base URL with a path, and beside it', async () => {
    const { provider, store } = await openSignedIn();
    const { session } = openSession({ baseUrl: `${baseUrl}/v2.0/`, store }, provider);
    provider.requests.length = 0;
    const paths = ['/user/login', bookingsPath, `${baseUrl}/user/login`, `${baseUrl}/v2x0/user/login`];
    for (const path of paths) await session.fetch(path);
    expect(provider.requests.slice(0, 2).map(({ url }) => url)).toEqual([
      `${baseUrl}/v2.0/user/login`,
      `${baseUrl}/v2.0${bookingsPath}`,
    ]);
    const bearer = 'Bearer access-secret-1';
    expect(provider.requests.map(authorizationOf)).toEqual([null, bearer, null, bearer]);
  });

  it("gives way to the caller's own Authorization, whose 401 is the answer", async () => {
    const { session, provider } = await openSignedIn();
    const answer = await session.fetch(bookingsPath, { headers: { authorization: 'Basic own' } });
    expect(answer.status).toBe(401);
    expect(authorizationOf(provider.requests[1])).toBe('Basic own');
    expect(provider.requests).toHaveLength(2);
  });

  it('is not needed for what goes elsewhere, and needed for the space', async () => {
    const { session, provider } = openSession();
    expect((await session.fetch('https://elsewhere.example/')).status).toBe(200);
    expect(await errorOf(session.fetch(bookingsPath))).toMatchObject({ code: 'signed_out' });
    expect(provider.requests).toHaveLength(1);
  });

  it('is not quoted when it cannot be sent', async () => {
    const { session, provider, store } = await openSignedIn();
    const tokens = await store.read();
    await store.write(tokens && { ...tokens, accessToken: 'secret\n1' });
    await expect(session.fetch(bookingsPath)).rejects.toThrow(/^bearerToken is empty or holds a character/);
    expect(provider.requests).toHaveLength(1);
  });
});
