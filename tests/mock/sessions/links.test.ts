import { describe, expect, it } from 'vitest';
import { startMock } from '../../../scripts/mock/index.ts';
import { createCustomer } from './customer.ts';

describe('a one-time token', () => {
  it.each(['redirectToServerPage', 'redirectToPortal'] as const)('works for %s, once', async (operation) => {
    await using mock = await startMock({ simulate: true });
    const { signIn, getOneTimeToken, client } = createCustomer(mock);
    const t = await getOneTimeToken((await signIn()).access_token);
    const query = { server: true, t, redirectUrl: '/user/bookings?page=2#last' } as const;
    const result = await client[operation]({ query });
    expect([result.status, result.response.headers.get('location')]).toEqual([302, query.redirectUrl]);
    expect((await client[operation]({ query })).status).toBe(401);
  });

  it('works for one of both redirects only', async () => {
    await using mock = await startMock({ simulate: true });
    const { signIn, getOneTimeToken, client } = createCustomer(mock);
    const t = await getOneTimeToken((await signIn()).access_token);
    expect((await client.redirectToPortal({ query: { t } })).status).toBe(302);
    const second = await client.redirectToServerPage({ query: { server: true, t, redirectUrl: '/a' } });
    expect(second.status).toBe(401);
  });

  it('works once of a hundred at once', async () => {
    await using mock = await startMock({ simulate: true });
    const { signIn, getOneTimeToken, client } = createCustomer(mock);
    const t = await getOneTimeToken((await signIn()).access_token);
    const calls = Array.from({ length: 100 }, () => client.redirectToPortal({ query: { t } }));
    const results = await Promise.all(calls);
    expect(results.filter(({ status }) => status === 302)).toHaveLength(1);
  });

  it('expires', async () => {
    await using mock = await startMock({ simulate: true });
    const { signIn, getOneTimeToken, client } = createCustomer(mock);
    const t = await getOneTimeToken((await signIn()).access_token);
    mock.clock.advanceSeconds(60);
    expect((await client.redirectToPortal({ query: { t } })).status).toBe(401);
  });

  it('is another each time, and no other is taken', async () => {
    await using mock = await startMock({ simulate: true });
    const { signIn, getOneTimeToken, client } = createCustomer(mock);
    const { access_token: bearerToken } = await signIn();
    const tokens = [await getOneTimeToken(bearerToken), await getOneTimeToken(bearerToken)];
    expect(new Set(tokens).size).toBe(2);
    expect((await client.redirectToPortal({ query: { t: tokens[1] ?? '' } })).status).toBe(302);
    for (const t of ['one-time-token-1', bearerToken]) {
      expect((await client.redirectToPortal({ query: { t } })).status).toBe(401);
    }
  });

  it('is spent by HEAD, which is answered as GET', async () => {
    await using mock = await startMock({ simulate: true });
    const { signIn, getOneTimeToken } = createCustomer(mock);
    const url = `${mock.url}/login?t=${await getOneTimeToken((await signIn()).access_token)}`;
    const ask = async () => (await fetch(url, { method: 'HEAD', redirect: 'manual' })).status;
    expect([await ask(), await ask()]).toEqual([302, 401]);
  });
});

describe('the redirect', () => {
  it.each([
    ['/bücher?q=a b', '/b%C3%BCcher?q=a%20b'],
    ['/a%2Fb?q=%C3%BC&p=100%', '/a%2Fb?q=%C3%BC&p=100%25'],
    ['/a#b#c', '/a#b%23c'],
    ['/.//elsewhere.example', '/.//elsewhere.example'],
    ['/a?q={[<"|^`>]}', '/a?q=%7B%5B%3C%22%7C%5E%60%3E%5D%7D'],
  ])('carries %s in a header, as %s', async (redirectUrl, location) => {
    await using mock = await startMock({ simulate: true });
    const { signIn, getOneTimeToken, client } = createCustomer(mock);
    const t = await getOneTimeToken((await signIn()).access_token);
    const { response } = await client.redirectToPortal({ query: { t, redirectUrl } });
    expect(response.headers.get('location')).toBe(location);
  });

  it("is the example's where the request names no target", async () => {
    await using mock = await startMock({ simulate: true });
    const { signIn, getOneTimeToken, client } = createCustomer(mock);
    const t = await getOneTimeToken((await signIn()).access_token);
    const { response } = await client.redirectToPortal({ query: { t } });
    expect(response.headers.get('location')).toBe('/user/invoices');
  });

  it.each(['//elsewhere.example', '/\\elsewhere.example', 'https://elsewhere.example'])(
    'to %s is refused, and spends nothing',
    async (redirectUrl) => {
      await using mock = await startMock({ simulate: true });
      const { signIn, getOneTimeToken, client } = createCustomer(mock);
      const t = await getOneTimeToken((await signIn()).access_token);
      const query = new URLSearchParams({ t, redirectUrl });
      const answer = await fetch(`${mock.url}/login?${query}`, { redirect: 'manual' });
      expect([answer.status, answer.headers.get('location')]).toEqual([
        expect.toBeOneOf([400, 401, 422]),
        null,
      ]);
      expect((await client.redirectToPortal({ query: { t } })).status).toBe(302);
    },
  );
});

describe('a media token', () => {
  it('opens a PDF for 60 seconds, time after time', async () => {
    await using mock = await startMock({ simulate: true });
    const { signIn, getMediaToken, client } = createCustomer(mock);
    const t = await getMediaToken((await signIn()).access_token);
    const open = async () =>
      (await client.downloadInvoicePdf({ path: { invoiceId: 1024 }, query: { t } })).status;
    expect([await open(), await open()]).toEqual([200, 200]);
    mock.clock.advanceSeconds(50);
    expect(await open()).toBe(200);
    mock.clock.advanceSeconds(11);
    expect(await open()).toBe(401);
  });

  it('opens nothing else, and nothing else opens a PDF', async () => {
    await using mock = await startMock({ simulate: true });
    const { signIn, isSignedIn, getMediaToken, getOneTimeToken, client } = createCustomer(mock);
    const { access_token: bearerToken } = await signIn();
    const mediaToken = await getMediaToken(bearerToken);
    expect(await isSignedIn(mediaToken)).toBe(false);
    expect((await client.redirectToPortal({ query: { t: mediaToken } })).status).toBe(401);
    for (const t of ['media-token-1', bearerToken, await getOneTimeToken(bearerToken)]) {
      const result = await client.downloadInvoicePdf({ path: { invoiceId: 1024 }, query: { t } });
      expect(result.status).toBe(401);
    }
  });
});
