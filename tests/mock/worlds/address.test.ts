import { describe, expect, it } from 'vitest';
import { logRequests } from '../../../scripts/mock/command.ts';
import { keepInside, readAddress } from '../../../scripts/mock/control/address.ts';
import { type Mock, type MockWorld, startMock } from '../../../scripts/mock/index.ts';
import { writeSpec } from '../../openapi/write-spec.ts';

const shop = `openapi: 3.1.0
info: { title: Tea shop, version: 2.1.0 }
paths:
  /teas:
    get:
      operationId: listTeas
      parameters:
        - { name: page, in: query, schema: { type: integer } }
        - { name: basket, in: cookie, schema: { type: integer } }
      responses:
        '200': { description: The teas., content: { application/json: { schema: { type: object }, examples: { all: { value: { teas: [Assam] } } } } } }
        '404': { description: None., content: { application/json: { schema: { type: object }, examples: { none: { value: { teas: [] } } } } } }
  /checkout:
    get:
      operationId: checkOut
      responses:
        '302':
          description: To the shop.
          headers:
            location: { schema: { type: string }, example: /shop/thanks }
            set-cookie: { schema: { type: string }, example: paid=1; Path=/; HttpOnly }
`;
const start = (): Promise<Mock> => startMock({ specFile: writeSpec(shop) });

/** The three ways of a client into a world. */
const ways = {
  url: ({ url }: MockWorld) => [url, {}],
  header: ({ headers }: MockWorld, mock: Mock) => [mock.url, headers],
  cookie: ({ cookie }: MockWorld, mock: Mock) => [
    mock.url,
    { cookie: `basket=7; ${cookie.name}=${cookie.value}; theme=dark` },
  ],
} satisfies Record<string, (world: MockWorld, mock: Mock) => [string, Record<string, string>]>;
const each = Object.entries(ways);

describe('a request belongs to a world', () => {
  it.each(each)('by its %s, and one without it does not', async (_, enter) => {
    await using mock = await start();
    using world = mock.world();
    const [url, headers] = enter(world, mock);
    world.force({ operationId: 'listTeas', status: 404 });
    expect((await fetch(`${mock.url}/teas`)).status).toBe(200);
    expect((await fetch(`${url}/teas?page=2`, { headers })).status).toBe(404);
    expect(world.journal()).toMatchObject([{ path: '/teas', query: { page: '2' }, status: 404 }]);
    expect(mock.journal()).toMatchObject([{ path: '/teas', query: {}, status: 200 }]);
  });

  it('and is told with its name in a line of the terminal, after the world is gone, too', async () => {
    await using mock = await start();
    const world = mock.world({ name: 'tea for two' });
    await fetch(`${world.url}/teas`);
    await fetch(`${mock.url}/teas`);
    world.dispose();
    const lines: string[] = [];
    logRequests(mock, (line) => lines.push(line))[Symbol.dispose]();
    expect(lines).toEqual([
      expect.stringMatching(/^GET \/teas 200 \d+ ms listTeas \(example/),
      expect.stringMatching(/^\[tea for two\] GET \/teas 200 \d+ ms listTeas \(example/),
    ]);
  });

  it.each(each)('by its %s, which the API and the journal do not see', async (way, enter) => {
    await using mock = await start();
    using world = mock.world();
    const [url, headers] = enter(world, mock);
    await fetch(`${url}/teas`, { headers });
    const [entry] = world.journal();
    expect(JSON.stringify(entry)).not.toContain(world.id);
    expect(entry?.headers.cookie).toBe(way === 'cookie' ? '***' : undefined);
  });

  it.each(each)('by its %s, for the paths of the mock itself too', async (_, enter) => {
    await using mock = await start();
    using world = mock.world();
    const [url, headers] = enter(world, mock);
    const call = async (method: string, path: string, body?: object): Promise<Response> =>
      fetch(`${url}/__mock__/${path}`, { method, headers, ...(body && { body: JSON.stringify(body) }) });
    await call('POST', 'forced', { operationId: 'listTeas', status: 404, times: 'always' });
    await call('POST', 'clock', { advanceSeconds: 86_400 });
    expect((await fetch(`${world.url}/teas`)).status).toBe(404);
    expect((await fetch(`${mock.url}/teas`)).status).toBe(200);
    expect(world.clock.now().getTime() - mock.clock.now().getTime()).toBeGreaterThan(86_000_000);
    expect(await (await call('GET', 'journal')).json()).toMatchObject({
      entries: [{ status: 404 }],
      lastId: 1,
    });
    expect((await call('POST', 'reset')).status).toBe(204);
    expect([world.journal(), mock.journal().length]).toEqual([[], 1]);
    expect((await fetch(`${world.url}/teas`)).status).toBe(200);
  });

  it('by its URL rather than its header, and by that rather than its cookie', async () => {
    await using mock = await start();
    const [first, second, third] = [mock.world(), mock.world(), mock.world()];
    const headers = { ...second.headers, cookie: `mock-world=${third.id}` };
    await fetch(`${first.url}/teas?page=1`, { headers });
    await fetch(`${mock.url}/teas?page=2`, { headers });
    const pages = [first, second, third, mock].map((one) => one.journal().map(({ query }) => query.page));
    expect(pages).toEqual([['1'], ['2'], [], []]);
  });

  it.each(['other-mock-world=1', 'theme=mock-world', 'mock-worlds=1'])(
    'by no cookie that is called otherwise: %s',
    async (cookie) => {
      await using mock = await start();
      expect((await fetch(`${mock.url}/teas`, { headers: { cookie } })).status).toBe(200);
    },
  );

  it.each(each)('by its %s from a page of another origin', async (way, enter) => {
    await using mock = await start();
    using world = mock.world();
    const [url, headers] = enter(world, mock);
    const origin = 'https://shop.example';
    const preflight = await fetch(`${url}/teas`, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'GET',
        'access-control-request-headers': Object.keys(world.headers).join(),
      },
    });
    expect([preflight.status, preflight.headers.get('access-control-allow-headers')]).toEqual([
      204,
      'x-mock-world',
    ]);
    const answer = await fetch(`${url}/teas`, { headers: { ...headers, origin } });
    expect([way, answer.headers.get('access-control-allow-origin')]).toEqual([way, origin]);
    expect(world.journal()).toHaveLength(1);
    const admin = await fetch(`${url}/__mock__/journal`, { headers: { ...headers, origin } });
    expect([admin.status, admin.headers.get('access-control-allow-origin')]).toEqual([403, null]);
  });
});

describe('a world that there is not', () => {
  it.each(each)('is refused, and the mock does not answer in its place: by %s', async (way, enter) => {
    await using mock = await start();
    const world = mock.world();
    const [url, headers] = enter(world, mock);
    world.dispose();
    for (const path of ['/teas', '/__mock__/journal', '/__mock__/']) {
      const answer = await fetch(url + path, { headers: { ...headers, origin: mock.url } });
      expect([path, answer.status]).toEqual([path, 404]);
      const { detail } = (await answer.json()) as { detail: string };
      expect(detail).toContain(
        `The mock has no world "${world.id}", which the ${way}`.replace('the url', 'the URL'),
      );
      expect(detail).toContain('POST /__mock__/worlds');
    }
    expect(mock.journal()).toEqual([]);
    expect(() => world.journal()).toThrow(`The world ${world.id} is gone`);
    expect(() => world.force({ operationId: 'listTeas' })).toThrow('Make another one with world()');
    world.dispose();
  });

  it('has a browser that still names it find the way out', async () => {
    await using mock = await start();
    const cookie = 'mock-world=9-gone';
    const refused = await fetch(`${mock.url}/__mock__/`, { headers: { cookie } });
    expect(((await refused.json()) as { detail: string }).detail).toContain('Open /__mock__/leave');
    const left = await fetch(`${mock.url}/__mock__/leave`, { headers: { cookie }, redirect: 'manual' });
    expect([left.status, left.headers.get('set-cookie')]).toEqual([
      302,
      'mock-world=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0',
    ]);
  });

  it('is not told from another origin what it may not ask', async () => {
    await using mock = await start();
    using world = mock.world();
    const headers = { origin: 'https://shop.example' };
    for (const [method, path] of [
      ['POST', '/__mock__/worlds'],
      ['GET', '/__mock__/worlds'],
      ['DELETE', `/__mock__/worlds?id=${world.id}`],
    ] as const) {
      expect((await fetch(mock.url + path, { method, headers })).status).toBe(403);
    }
    expect((await fetch(`${world.url}/teas`)).status).toBe(200);
  });
});

describe('the worlds of a mock over HTTP', () => {
  const call = async (mock: Mock, method: string, path: string, body?: string): Promise<Response> =>
    fetch(`${mock.url}/__mock__/${path}`, { method, ...(body === undefined ? {} : { body }) });

  it('are made, listed and forgotten', async () => {
    await using mock = await start();
    const made = await call(mock, 'POST', 'worlds', '{"name":"buys tea"}');
    const world = (await made.json()) as MockWorld;
    expect([made.status, world]).toEqual([
      201,
      {
        id: expect.stringMatching(/^1-[0-9a-f]{8}$/),
        name: 'buys tea',
        url: `${mock.url}/__mock__/worlds/${world.id}`,
        headers: { 'x-mock-world': world.id },
        cookie: { name: 'mock-world', value: world.id, url: mock.url },
      },
    ]);
    await fetch(`${world.url}/teas`);
    expect(await (await call(mock, 'GET', 'worlds')).json()).toMatchObject({
      worlds: [{ id: world.id, name: 'buys tea', url: world.url, requestCount: 1 }],
    });
    expect((await call(mock, 'DELETE', `worlds?id=${world.id}`)).status).toBe(204);
    expect(await (await call(mock, 'GET', 'worlds')).json()).toEqual({ worlds: [] });
    expect((await fetch(`${world.url}/teas`)).status).toBe(404);
  });

  it('need no name, but one of the right shape', async () => {
    await using mock = await start();
    expect((await call(mock, 'POST', 'worlds')).status).toBe(201);
    expect((await call(mock, 'POST', 'worlds', '{"name":7}')).status).toBe(422);
    expect((await call(mock, 'POST', 'worlds', '{"title":"x"}')).status).toBe(422);
    expect((await call(mock, 'DELETE', 'worlds')).status).toBe(422);
  });
});

describe('a client that has called the URL of a world', () => {
  it('stays in it when it is led on', async () => {
    await using mock = await start();
    using world = mock.world();
    const led = await fetch(`${world.url}/checkout`, { redirect: 'manual' });
    const path = `/__mock__/worlds/${world.id}`;
    expect(led.headers.get('location')).toBe(`${path}/shop/thanks`);
    expect(led.headers.get('set-cookie')).toBe(`paid=1; Path=${path}/; HttpOnly`);
    expect(world.journal()).toMatchObject([{ answer: { headers: { location: '/shop/thanks' } } }]);
    const byHeader = await fetch(`${mock.url}/checkout`, { redirect: 'manual', headers: world.headers });
    expect(byHeader.headers.get('location')).toBe('/shop/thanks');
  });

  it('is shown the page that a redirect of this world led to, with links that stay in it', async () => {
    await using mock = await start();
    const [world, other] = [mock.world(), mock.world()];
    const headers = { accept: 'text/html' };
    const page = await fetch(`${world.url}/checkout`, { headers });
    const text = await page.text();
    expect(text).toContain('checkOut led here.');
    expect(text).toContain(`href="/__mock__/worlds/${world.id}/__mock__/"`);
    for (const { url } of [other, mock]) {
      expect(await (await fetch(`${url}/shop/thanks`, { headers })).text()).not.toContain('checkOut');
    }
  });

  it.each(['', '/', '/__mock__'])(
    'as a browser, is led from %j to the console of the world',
    async (path) => {
      await using mock = await start();
      using world = mock.world();
      const headers = { accept: 'text/html' };
      const page = await fetch(world.url + path, { headers });
      expect([page.status, page.url]).toEqual([200, `${world.url}/__mock__/`]);
    },
  );

  it('is told of the world, and how to get its answers', async () => {
    await using mock = await start();
    using world = mock.world({ name: 'buys tea' });
    const get = async (path: string): Promise<unknown> =>
      (await fetch(`${world.url}/__mock__/${path}`)).json();
    expect(await get('info')).toMatchObject({
      url: world.url,
      world: { id: world.id, name: 'buys tea', by: 'url' },
    });
    expect(await get('scenarios')).toMatchObject({
      scenarios: expect.arrayContaining([
        expect.objectContaining({ curl: expect.stringContaining(`${world.url}/teas`) }),
      ]),
    });
    expect(await (await fetch(`${mock.url}/__mock__/info`)).json()).not.toHaveProperty('world');
  });

  it('can have its browser stay in the world by a cookie, and leave it', async () => {
    await using mock = await start();
    using world = mock.world();
    const entered = await fetch(`${world.url}/__mock__/enter`, { redirect: 'manual' });
    expect([entered.status, entered.headers.get('location'), entered.headers.get('set-cookie')]).toEqual([
      302,
      '/__mock__/',
      `mock-world=${world.id}; Path=/; HttpOnly; SameSite=Lax`,
    ]);
    expect((await fetch(`${mock.url}/__mock__/enter`, { redirect: 'manual' })).status).toBe(404);
  });
});

describe('keepInside', () => {
  const path = '/__mock__/worlds/1-a';
  it.each([
    ['/shop', `${path}/shop`],
    ['/shop?a=/b#/c', `${path}/shop?a=/b#/c`],
    ['http://127.0.0.1:4010/shop', `http://127.0.0.1:4010${path}/shop`],
    ['https://127.0.0.1:4010', `https://127.0.0.1:4010${path}`],
    ['//127.0.0.1:4010/shop', `//127.0.0.1:4010${path}/shop`],
    ['shop', 'shop'],
    ['../shop', '../shop'],
    ['?page=2', '?page=2'],
    ['', ''],
    [`${path}/shop`, `${path}/shop`],
    ['https://portal.example/shop', 'https://portal.example/shop'],
    ['//portal.example/shop', '//portal.example/shop'],
    ['/\\portal.example', '/\\portal.example'],
    ['/\t/portal.example', '/\t/portal.example'],
    ['/', `${path}/`],
    ['mailto:ada@example.com', 'mailto:ada@example.com'],
    ['http://', 'http://'],
  ])('has the location %j lead to %j', (location, expected) => {
    const answer = {
      status: 302,
      headers: { location, 'content-location': location, etag: '"/a"' },
      body: '',
    };
    expect(keepInside(answer, path, '127.0.0.1:4010').headers).toEqual({
      location: expected,
      'content-location': expected,
      etag: '"/a"',
    });
  });

  it.each([
    ['sid=1; Path=/; Secure', `sid=1; Path=${path}/; Secure`],
    ['sid=1; path=/api', `sid=1; path=${path}/api`],
    ['sid=1', 'sid=1'],
    ['sid=a;path=/; Max-Age=1', `sid=a;path=${path}/; Max-Age=1`],
  ])('has the cookie %j be that of the world: %j', (cookie, expected) => {
    const answer = { status: 204, headers: { 'set-cookie': cookie }, body: '' };
    expect(keepInside(answer, path, 'localhost').headers).toEqual({ 'set-cookie': expected });
  });

  it('leaves an answer that leads nowhere as it is', () => {
    const answer = { status: 200, headers: { 'content-type': 'text/plain' }, body: '/shop' };
    expect(keepInside(answer, path, 'localhost')).toBe(answer);
  });
});

describe('readAddress', () => {
  it.each([
    ['mock-world=1-a', undefined],
    ['mock-world=1-a; theme=dark', 'theme=dark'],
    ['basket=7; mock-world=1-a; theme=dark', 'basket=7; theme=dark'],
    ['basket=7;mock-world=1-a', 'basket=7'],
    ['my-mock-world=1-b; mock-world=1-a', 'my-mock-world=1-b'],
  ])('of the cookies %j leaves %j to the API', (cookie, left) => {
    const { id, by, headers } = readAddress('/teas', { host: 'localhost', cookie });
    expect([id, by, headers]).toEqual([
      '1-a',
      'cookie',
      { host: 'localhost', ...(left === undefined ? {} : { cookie: left }) },
    ]);
  });

  it('touches no request that names no world', () => {
    const headers = { host: 'localhost', cookie: 'theme=dark' };
    expect(readAddress('/teas', headers).headers).toBe(headers);
  });

  it.each([
    ['/__mock__/worlds/1-a', '1-a', '/'],
    ['/__mock__/worlds/1-a/', '1-a', '/'],
    ['/__mock__/worlds/1-a/teas?page=2', '1-a', '/teas?page=2'],
    ['/__mock__/worlds/1-a?page=2', '1-a', '/?page=2'],
    ['/__mock__/worlds/1-a//teas', '1-a', '//teas'],
    ['/__mock__/worlds/', '', '/'],
    ['/__mock__/worlds', undefined, '/__mock__/worlds'],
    ['http://127.0.0.1:4010/__mock__/worlds/1-a/teas', '1-a', '/teas'],
    ['HTTPS://mock/__mock__/worlds/1-a', '1-a', '/'],
    ['http://mock/teas', undefined, 'http://mock/teas'],
    ['/teas/__mock__/worlds/1-a', undefined, '/teas/__mock__/worlds/1-a'],
  ])('of %s is the world %j, and what is left is %s', (target, id, left) => {
    const address = readAddress(target, {});
    expect([address.id, address.target]).toEqual([id, left]);
  });
});
