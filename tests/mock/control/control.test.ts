import { readFileSync, writeFileSync } from 'node:fs';
import { STATUS_CODES } from 'node:http';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { startMock } from '../../../scripts/mock/index.ts';
import { makeTemporaryFolder } from '../../temporary-folder.ts';

const canary = 'c4nary-secret';
const tokenPath = '/api/token';
const form = 'grant_type=password&username=ada%40lovelace.dev&password=correct-horse';
const headers = { 'content-type': 'application/x-www-form-urlencoded' };
const signIn = (url: string): Promise<Response> =>
  fetch(url + tokenPath, { method: 'POST', headers, body: form });
const force = (url: string, body: unknown): Promise<Response> =>
  fetch(`${url}/__mock__/forced`, { method: 'POST', body: JSON.stringify(body) });
const listForced = async (url: string): Promise<unknown[]> =>
  ((await (await fetch(`${url}/__mock__/forced`)).json()) as { forced: unknown[] }).forced;

describe('the journal', () => {
  it('lists requests with what Prism found wrong, and hides secrets', async () => {
    await using mock = await startMock();
    await signIn(mock.url);
    await fetch(`${mock.url}/login?t=one-time-token-1&redirectUrl=%2Fa`, {
      headers: { authorization: 'Bearer s3cret' },
      redirect: 'manual',
    });
    await fetch(`${mock.url}/nowhere`, { method: 'POST', body: 'password=s3cret' });
    await fetch(`${mock.url}${tokenPath}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"password":"s3cret","a":1}',
    });
    const answer = await fetch(`${mock.url}/__mock__/journal`);
    const { entries } = (await answer.json()) as { entries: ReturnType<typeof mock.journal> };
    expect(entries).toEqual(mock.journal());
    expect(entries).toMatchObject([
      {
        id: 1,
        operationId: 'getBearerToken',
        method: 'POST',
        path: tokenPath,
        status: 200,
        body: 'grant_type=password&username=***&password=***',
        violations: [],
      },
      {
        id: 2,
        operationId: 'redirectToPortal',
        query: { t: '***', redirectUrl: '/a' },
        headers: { authorization: '***' },
        status: 302,
      },
      { id: 3, status: 404, body: '***' },
      {
        id: 4,
        status: 400,
        body: '{"password":"***","a":1}',
        violations: [expect.objectContaining({ severity: 'Error' })],
      },
    ]);
    expect(JSON.stringify(entries)).not.toMatch(/s3cret|correct-horse|one-time-token-1/);
  });

  const url = `http://shop.example/login?t=${canary}`;
  const json = { 'content-type': 'application/json' };
  it.each<[string, string, RequestInit]>([
    ['a key that the spec declares', '/books', { headers: { 'shop-key': canary } }],
    ['a path parameter', `/resets/${canary}`, {}],
    ['a path parameter that is encoded', `/books/../%72esets/${encodeURIComponent(`${canary}/é`)}?a=1`, {}],
    ['a path parameter with another method', `/resets/${canary}`, { method: 'PUT' }],
    ['any case of a name', `/a?Password=${canary}&TOKEN=${canary}`, {}],
    ['a list of a name', `/a?password[]=${canary}&user[password]=${canary}&tokens[0]=b`, {}],
    ['headers of any API', '/a', { headers: { 'x-auth-token': canary, 'x-api-key': canary } }],
    ['a URL in a header', '/a', { headers: { referer: url } }],
    ['a URL in a query', `/a?redirectUrl=${encodeURIComponent(`/x?t=${canary}`)}`, {}],
    ['what follows a second question mark', `/a?b=1?password=${canary}`, {}],
    ['a parameter that is repeated', `/a?password=1&password=${canary}`, {}],
    ['nested JSON', '/a', { method: 'POST', headers: json, body: `{"a":[{"password":{"b":"${canary}"}}]}` }],
    [
      'JSON in JSON',
      '/a',
      { method: 'POST', headers: json, body: JSON.stringify({ a: `{"t":"${canary}"}` }) },
    ],
    ['JSON that is malformed', '/a', { method: 'POST', headers: json, body: `{'password': '${canary}'}` }],
    [
      'JSON that is cut off',
      '/a',
      { method: 'POST', headers: json, body: `{"password":"${canary.repeat(900)}"}` },
    ],
    ['a form with a raw ampersand', '/a', { method: 'POST', headers, body: `password=a&${canary}&b=1` }],
    ['a form with a raw question mark', '/a', { method: 'POST', headers, body: `password=a?${canary}` }],
  ])('hides a secret in %s', async (_, path, init) => {
    await using mock = await startMock({ specFile: 'tests/mock/fixtures/bookshop.yaml' });
    await fetch(mock.url + path, init);
    expect(mock.journal()).toHaveLength(1);
    expect(JSON.stringify(mock.journal())).toContain('***');
    expect(decodeURIComponent(JSON.stringify(mock.journal()))).not.toContain(canary);
  });

  it.each([`/v1/resets/r-${canary}`, `/base/live/v1/resets/r-${canary}`])(
    'hides a secret in a part of a segment, as in %s',
    async (path) => {
      await using mock = await startMock({ specFile: 'tests/mock/fixtures/reports.yaml' });
      await fetch(mock.url + path);
      expect(mock.journal()).toMatchObject([{ path: path.replace(`r-${canary}`, '***') }]);
    },
  );

  it('keeps all of a query, repeated parameters too', async () => {
    await using mock = await startMock();
    await fetch(`${mock.url}/nowhere?a=1&b=2&a=3?c&d=e?f`);
    expect(mock.journal()).toMatchObject([
      { path: '/nowhere', query: { a: ['1', '3?c'], b: '2', d: 'e?f' } },
    ]);
  });

  it('keeps the last 200 requests, and none once it is cleared', async () => {
    await using mock = await startMock();
    for (let count = 0; count < 203; count += 1) {
      await (await fetch(`${mock.url}/nowhere`)).text();
    }
    expect(mock.journal().map(({ id }) => id)).toEqual(Array.from({ length: 200 }, (_, index) => index + 4));
    expect((await fetch(`${mock.url}/__mock__/journal`, { method: 'DELETE' })).status).toBe(204);
    expect(mock.journal()).toEqual([]);
  });

  it("is each mock's own", async () => {
    await using one = await startMock();
    await using other = await startMock();
    await signIn(one.url);
    expect([one.journal().length, other.journal().length]).toEqual([1, 0]);
  });
});

describe('what is forced', () => {
  it('answers the next calls of an operation, and no more', async () => {
    await using mock = await startMock();
    expect(
      (
        await force(mock.url, {
          operationId: 'getBearerToken',
          status: 400,
          example: 'must_reset_password',
          times: 2,
        })
      ).status,
    ).toBe(200);
    const answers = [await signIn(mock.url), await signIn(mock.url), await signIn(mock.url)];
    expect(answers.map(({ status }) => status)).toEqual([400, 400, 200]);
    expect(await answers[0]?.json()).toMatchObject({ error: 'must_reset_password' });
  });

  it('leaves other operations alone, and wins over Prefer', async () => {
    await using mock = await startMock();
    mock.force({ operationId: 'getMediaToken', status: 401 });
    expect((await signIn(mock.url)).status).toBe(200);
    const bearer = { authorization: 'Bearer x', prefer: 'code=200' };
    expect((await fetch(`${mock.url}/api/auth/media/customer`, { headers: bearer })).status).toBe(401);
  });

  it('needs no status with an example', async () => {
    await using mock = await startMock();
    mock.force({ operationId: 'getBearerToken', example: 'must_reset_password' });
    const answer = await signIn(mock.url);
    expect([answer.status, await answer.json()]).toMatchObject([400, { error: 'must_reset_password' }]);
  });

  it('can be of a range, and of the default', async () => {
    await using mock = await startMock({ specFile: 'tests/mock/fixtures/bookshop.yaml' });
    mock.force({ operationId: 'addBook', example: 'sold_out' });
    mock.force({ operationId: 'addBook', example: 'odd' });
    mock.force({ operationId: 'addBook', status: 418 });
    const add = () =>
      fetch(`${mock.url}/books`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'shop-key': 'k', shelf: 'top' },
        body: '{"title":"Emma"}',
      });
    const answers = [await add(), await add(), await add()];
    expect(await Promise.all(answers.map(async (one) => [one.status, await one.json()]))).toEqual([
      [400, { reason: 'sold out' }],
      [500, { reason: 'odd' }],
      [418, { reason: 'sold out' }],
    ]);
  });

  it('can be an example of any name', async () => {
    const name = 'sold out, "today"; code=503';
    const specFile = join(makeTemporaryFolder(), 'bookshop.yaml');
    const spec = readFileSync('tests/mock/fixtures/bookshop.yaml', 'utf8');
    writeFileSync(specFile, spec.replace('sold_out:', `${JSON.stringify(name)}:`));
    await using mock = await startMock({ specFile });
    mock.force({ operationId: 'addBook', status: 418, example: name });
    const answer = await fetch(`${mock.url}/books`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'shop-key': 'k', shelf: 'top' },
      body: '{"title":"Emma"}',
    });
    expect([answer.status, await answer.json()]).toEqual([418, { reason: 'sold out' }]);
  });

  it.each([
    ['is forced', true],
    ['a simulation refuses', false],
  ])('has the target of a request that %s parsed once', async (_what, isForced) => {
    await using mock = await startMock({ simulate: true });
    if (isForced) {
      mock.force({ operationId: 'getMediaToken', status: 401 });
    }
    using parse = vi.spyOn(URL, 'parse');
    const media = `${mock.url}/api/auth/media/customer?counted`;
    expect((await fetch(media, { headers: { authorization: 'Bearer unknown' } })).status).toBe(401);
    expect(parse.mock.calls.filter(([target]) => String(target).includes('counted'))).toHaveLength(1);
  });

  it('holds an answer back', async () => {
    await using mock = await startMock();
    mock.force({ operationId: 'getBearerToken', latencyMs: 300 });
    const start = performance.now();
    expect((await signIn(mock.url)).status).toBe(200);
    expect(performance.now() - start).toBeGreaterThan(290);
  });

  it.each(['connection-reset', 'empty-answer', 'truncated-body'] as const)(
    'lets the answer go wrong: %s',
    async (fault) => {
      await using mock = await startMock();
      mock.force({ operationId: 'getBearerToken', fault });
      await expect(signIn(mock.url).then((response) => response.text())).rejects.toThrow();
      expect(mock.journal()).toMatchObject([{ operationId: 'getBearerToken', fault }]);
      expect(mock.journal()[0]?.status).toBe(fault === 'truncated-body' ? 200 : undefined);
      expect((await signIn(mock.url)).status).toBe(200);
    },
  );

  it('lets a page of another origin see that a body is truncated', async () => {
    await using mock = await startMock();
    mock.force({ operationId: 'getBearerToken', fault: 'truncated-body' });
    const answer = await fetch(`${mock.url}/api/token`, {
      method: 'POST',
      headers: { ...headers, origin: 'https://portal.your-space.com' },
      body: form,
    });
    expect(answer.headers.get('access-control-allow-origin')).toBe('https://portal.your-space.com');
    await expect(answer.text()).rejects.toThrow('terminated');
  });

  it('holds an answer back no longer than its client waits, or the mock is open', async () => {
    const mock = await startMock();
    mock.force({ operationId: 'getBearerToken', latencyMs: 60_000, times: 2 });
    const impatient = new AbortController();
    const init = { method: 'POST', headers, body: form, signal: impatient.signal };
    const aborted = fetch(mock.url + tokenPath, init);
    await vi.waitFor(async () => expect((await listForced(mock.url))[0]).toMatchObject({ times: 1 }));
    impatient.abort();
    await expect(aborted).rejects.toThrow('aborted');
    await vi.waitFor(() => expect(mock.journal()).toHaveLength(1));
    const cutOff = expect(signIn(mock.url)).rejects.toThrow('fetch failed');
    await vi.waitFor(async () => expect(await listForced(mock.url)).toEqual([]));
    await mock.close();
    await cutOff;
    await vi.waitFor(() => expect(mock.journal()).toHaveLength(2));
  });

  it('never answers, if it is to, until the mock is closed', async () => {
    const mock = await startMock();
    mock.force({ operationId: 'getBearerToken', fault: 'never-answers' });
    const answer = signIn(mock.url).then(
      () => 'answered',
      () => 'cut off',
    );
    const pause = new Promise((resolve) => setTimeout(resolve, 200, 'waiting'));
    expect(await Promise.race([answer, pause])).toBe('waiting');
    await mock.close();
    expect(await answer).toBe('cut off');
  });

  it('is listed, cleared, and forgotten with a reset', async () => {
    await using mock = await startMock();
    const url = `${mock.url}/__mock__/forced`;
    const list = () => listForced(mock.url);
    await force(mock.url, { operationId: 'getMediaToken', status: 401 });
    expect(await list()).toEqual([{ id: 1, operationId: 'getMediaToken', status: 401, times: 1 }]);
    await fetch(url, { method: 'DELETE' });
    expect(await list()).toEqual([]);
    await force(mock.url, { operationId: 'getMediaToken', status: 401 });
    await signIn(mock.url);
    expect((await fetch(`${mock.url}/__mock__/reset`, { method: 'POST' })).status).toBe(204);
    expect([await list(), mock.journal()]).toEqual([[], []]);
  });

  it.each([
    [
      { operationId: 'getBearer' },
      404,
      ': the spec has no operation "getBearer". Use one of its operationIds: getBearerToken, getOneTimeToken,',
    ],
    [
      { operationId: 'getMediaToken', status: 418, example: 'issued' },
      404,
      ' of getMediaToken: the spec has none with status 418 and example "issued". Use one of these: 200 issued; 401.',
    ],
    [{ operationId: 'getMediaToken', example: 'spent' }, 404, 'the spec has none with example "spent".'],
    [
      { operationId: 'getMediaToken', times: 0 },
      422,
      ': times is 0, expected a number from 1 to 1000000 or "always".',
    ],
    [
      { operationId: 'getMediaToken', fault: 'fire' },
      422,
      ": fault is 'fire', expected one of connection-reset, empty-answer, truncated-body, never-answers.",
    ],
    [
      { operationId: 'getMediaToken', latency: 5 },
      422,
      ': there is no property "latency". Use operationId, status, example, latencyMs, fault, retryAfterSeconds, times.',
    ],
    [{ status: 200 }, 422, ': operationId is missing, expected the operationId of an operation.'],
    ['getMediaToken', 422, ": found 'getMediaToken', expected an object with operationId, status,"],
  ])('is refused for %j, over HTTP and in code', async (body, status, detail) => {
    await using mock = await startMock();
    const response = await force(mock.url, body);
    expect(response.status).toBe(status);
    const problem = await response.json();
    expect(problem).toEqual({
      type: 'about:blank',
      title: STATUS_CODES[status],
      status,
      detail: expect.stringMatching(/^Cannot force an answer/),
    });
    expect(problem.detail).toContain(detail);
    expect(() => mock.force(body as never)).toThrow(new Error(problem.detail));
  });
});

describe('the paths of the mock itself', () => {
  it('tell that it answers', async () => {
    await using mock = await startMock();
    expect(await (await fetch(`${mock.url}/__mock__/health`)).json()).toEqual({ status: 'ok' });
  });

  it.each([
    ['GET', 'nothing', undefined, 404],
    ['GET', 'toString', undefined, 404],
    ['PATCH', 'journal', undefined, 405],
    ['POST', 'forced', '{', 400],
  ])('refuse %s /__mock__/%s', async (method, name, body, status) => {
    await using mock = await startMock();
    const response = await fetch(`${mock.url}/__mock__/${name}`, {
      method,
      ...(body === undefined ? {} : { body }),
    });
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
  });
});
