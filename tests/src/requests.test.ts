import { inspect } from 'node:util';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createNexudusAuthClient } from '../../src/index.ts';
import { asFetch } from './as-fetch.ts';
import { baseUrl, bearerToken, clientThatGets } from './client-that-gets.ts';

const credentials = {
  grant_type: 'password',
  username: 'ada@lovelace.dev',
  password: 'correct-horse',
} as const;

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('requests', () => {
  it('sends a form operation as a form, without the fields that are undefined', async () => {
    const { client, requests } = clientThatGets(() =>
      Response.json({ error: 'invalid_grant' }, { status: 400 }),
    );
    await client.getBearerToken({ body: { ...credentials, totp: undefined as never } });
    expect(requests[0]?.method).toBe('POST');
    expect(requests[0]?.headers.get('Content-Type')).toBe('application/x-www-form-urlencoded');
    expect(await requests[0]?.text()).toBe(
      'grant_type=password&username=ada%40lovelace.dev&password=correct-horse',
    );
  });

  it('sends the headers of the operation and of the client', async () => {
    const requests: Request[] = [];
    const client = createNexudusAuthClient({
      baseUrl,
      headers: { Prefer: 'example=refused' },
      fetch: asFetch(async (request) => {
        requests.push(request);
        return Response.json({ error: 'invalid_grant' }, { status: 400 });
      }),
    });
    await client.getBearerToken({ header: { client_id: 'nexudus-portal' }, body: credentials });
    expect(requests[0]?.headers.get('client_id')).toBe('nexudus-portal');
    expect(requests[0]?.headers.get('Prefer')).toBe('example=refused');
  });

  it('sends the bearer token in the Authorization header, and no body nor Content-Type', async () => {
    const { client, requests } = clientThatGets(() => new Response(null, { status: 401 }));
    await client.getOneTimeToken({ bearerToken });
    expect(requests[0]?.headers.get('Authorization')).toBe('Bearer access-token-1');
    expect(requests[0]?.headers.has('Content-Type')).toBe(false);
    expect(await requests[0]?.text()).toBe('');
  });

  it('refuses a bearer token that no header can carry, without quoting it', async () => {
    const { client, requests } = clientThatGets(() => new Response(null, { status: 401 }));
    for (const token of ['', 'secret\nX-Evil: 1', 'sécret']) {
      const error = await client.getMediaToken({ bearerToken: token }).catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(TypeError);
      expect(inspect(error)).not.toMatch(/secret|sécret/);
    }
    expect(requests).toHaveLength(0);
  });

  it.each(['secret\nX-Evil: 1', 'sécret-ł', 'secret\0'])(
    'refuses a header that cannot be sent by its name, without quoting it: %j',
    async (value) => {
      const fetch = async () => new Response(null, { status: 401 });
      const ours = createNexudusAuthClient({ baseUrl, headers: { 'X-Api-Key': value }, fetch });
      const plain = createNexudusAuthClient({ baseUrl, fetch });
      for (const [name, call] of [
        ['X-Api-Key', () => ours.getMediaToken({ bearerToken })],
        ['client_id', () => plain.getBearerToken({ header: { client_id: value }, body: credentials })],
      ] as const) {
        const error = await call().catch((reason: unknown) => reason);
        expect(error).toBeInstanceOf(TypeError);
        expect(error).toHaveProperty('message', expect.stringContaining(`Cannot send the header "${name}"`));
        expect(inspect(error)).not.toMatch(/s[eé]cret/);
      }
    },
  );

  it('sends the query in the order of the spec, whatever the order it is given in', async () => {
    const { client, requests } = clientThatGets(() => new Response(null, { status: 302 }));
    await client.redirectToServerPage({ query: { redirectUrl: '/user/invoices', t: 'x', server: true } });
    expect(requests[0]?.url).toBe(`${baseUrl}/user/login?server=true&t=x&redirectUrl=%2Fuser%2Finvoices`);
  });

  it('keeps a path prefix of the base URL and drops its trailing slash', async () => {
    const urls: string[] = [];
    const client = createNexudusAuthClient({
      baseUrl: 'http://127.0.0.1:4010/nexudus/',
      fetch: async (url) => {
        urls.push(url);
        return new Response(null, { status: 401 });
      },
    });
    await client.getMediaToken({ bearerToken });
    expect(urls).toEqual(['http://127.0.0.1:4010/nexudus/api/auth/media/customer']);
  });

  it.each([
    '',
    '/api',
    'your-space.spaces.nexudus.com',
    'ftp://x',
    'https://x?y',
    'https://x#y',
    'https://u:p@x',
    'https://:p@x',
    'https://x\\@y',
    'https://x y',
    ' https://x',
    'https://x ',
    'https://x/ ',
    'https://x\u0001',
    'https://{space}.spaces.nexudus.com',
    'https://x/{tenant}',
    'https:x',
  ])('refuses the base URL %j', (url) => {
    expect(() => createNexudusAuthClient({ baseUrl: url })).toThrow(/baseUrl must be an absolute http/);
  });

  it('looks fetch up at the call, so that a tool may replace it after the client was made', async () => {
    const client = createNexudusAuthClient({ baseUrl });
    vi.stubGlobal('fetch', async () => Response.json({ jwt: 'media-token-1' }));
    expect(await client.getMediaToken({ bearerToken })).toMatchObject({ status: 200 });
  });

  it('follows no redirect, which could carry credentials to another origin', async () => {
    const { client, requests } = clientThatGets(() => new Response(null, { status: 401 }));
    await client.getMediaToken({ bearerToken });
    expect(requests[0]?.redirect).toBe('manual');
  });
});
