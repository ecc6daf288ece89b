import { describe, expect, it, vi } from 'vitest';
import { type Mock, type MockSettings, startMock } from '../../../scripts/mock/index.ts';
import { writeSpec } from '../../openapi/write-spec.ts';

const shop = `openapi: 3.1.0
info: { title: Tea shop, version: 2.1.0 }
paths:
  /teas:
    get:
      operationId: listTeas
      tags: [Teas]
      summary: List the teas
      parameters:
        - { name: page, in: query, schema: { type: integer } }
      responses:
        '200':
          description: The teas.
          headers: { x-total: { schema: { type: integer }, example: 2 } }
          content: { application/json: { schema: { type: object }, examples: { all: { value: { teas: [Assam, Sencha] } } } } }
        '404':
          description: No such page.
          content: { application/json: { schema: { type: object }, examples: { beyond: { x-match: { query: { page: 99 } }, value: { reason: beyond } } } } }
  /orders:
    post:
      operationId: addOrder
      requestBody:
        required: true
        content: { application/json: { schema: { type: object, required: [tea], properties: { tea: { type: string }, coupon: { type: string } } }, examples: { one: { value: { tea: Assam, coupon: SPRING } } } } }
      responses:
        '201': { description: Ordered., content: { application/json: { schema: { type: object }, examples: { ordered: { value: { id: 7 } } } } } }
        '409':
          description: Sold out.
          content: { application/json: { schema: { type: object }, examples: { sold_out: { x-match: { body: { tea: Matcha, coupon: null } }, value: { reason: gone } } } } }
  /receipt:
    get:
      operationId: getReceipt
      responses:
        '200': { description: It., content: { application/pdf: { schema: { type: string, format: binary }, example: not a pdf } } }
  /checkout:
    get:
      operationId: checkOut
      responses:
        '302': { description: To the shop., headers: { location: { schema: { type: string }, example: /shop/thanks } } }
  /secret/{token}:
    get:
      responses: { '204': {} }
`;
const start = (settings: MockSettings = {}): Promise<Mock> =>
  startMock({ specFile: writeSpec(shop), ...settings });

async function call(
  mock: Mock,
  method: string,
  path: string,
  body?: unknown,
): Promise<{ status: number; value: never }> {
  const init = { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
  const response = await fetch(`${mock.url}/__mock__/${path}`, init);
  const text = await response.text();
  return { status: response.status, value: (text === '' ? undefined : JSON.parse(text)) as never };
}

/** Sends what a curl command of the mock does. */
function follow(curl: string): Promise<Response> {
  const words = curl.match(/'[^']*'|\S+/g)?.map((word) => word.replaceAll("'", '')) ?? [];
  const values = (option: string): string[] =>
    words.flatMap((word, at) => (word === option ? [words[at + 1] ?? ''] : []));
  const [body] = values('-d');
  const headers = values('-H').map((line) => line.split(': ') as [string, string]);
  const method = values('-X')[0] ?? (body === undefined ? 'GET' : 'POST');
  const isForm = body !== undefined && headers.every(([name]) => name !== 'content-type');
  if (isForm) headers.push(['content-type', 'application/x-www-form-urlencoded']);
  return fetch(words.at(-1) ?? '', {
    method,
    headers,
    redirect: 'manual',
    ...(body === undefined ? {} : { body }),
  });
}

const browser = {
  headers: { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' },
  redirect: 'manual',
} as const;

describe('what the console is told', () => {
  it('is what is served, with its warnings', async () => {
    await using mock = await start({ dynamic: true });
    const { value } = await call(mock, 'GET', 'info');
    expect(value).toMatchObject({
      title: 'Tea shop',
      version: '2.1.0',
      url: mock.url,
      specFile: expect.stringMatching(/\.yaml$/),
      modes: ['dynamic'],
    });
    const { warnings, warningCount } = value as { warnings: string[]; warningCount: number };
    expect([warnings.length, warnings[0]]).toEqual([warningCount, expect.stringContaining('warning spec.')]);
  });

  it('is warned of a document without operations, too', async () => {
    const told: string[] = [];
    await using mock = await startMock({
      specFile: 'tests/mock/fixtures/empty.yaml',
      onWarnings: (findings) => told.push(...findings.map(({ message }) => message)),
    });
    const { value } = await call(mock, 'GET', 'info');
    const { warnings, warningCount } = value as { warnings: string[]; warningCount: number };
    const missing = 'Found no operations under "paths".';
    expect([warnings.at(-1), warningCount]).toEqual([expect.stringContaining(missing), warnings.length]);
    expect(told.filter((message) => message.startsWith(missing))).toHaveLength(1);
    await using other = await start();
    expect(JSON.stringify(await call(other, 'GET', 'info'))).not.toContain('Found no operations');
  });

  it('is each operation, in few words', async () => {
    await using mock = await start();
    const { value } = await call(mock, 'GET', 'operations');
    const { operations } = value as { operations: object[] };
    expect(operations[0]).toEqual({
      operationId: 'listTeas',
      method: 'GET',
      path: '/teas',
      summary: 'List the teas',
      tags: ['Teas'],
      isDeprecated: false,
      statuses: [200, 404],
    });
    expect(operations.at(-1)).toEqual({
      method: 'GET',
      path: '/secret/{token}',
      tags: [],
      isDeprecated: false,
      statuses: [204],
    });
  });

  it('is the answers of one operation, with headers and body, and of an unknown one none', async () => {
    await using mock = await start();
    const { value } = await call(mock, 'GET', 'scenarios?operation=GET%20/teas');
    expect((value as { scenarios: object[] }).scenarios).toMatchObject([
      {
        status: 200,
        description: 'The teas.',
        mediaType: 'application/json',
        headers: { 'x-total': '2' },
        body: { teas: ['Assam', 'Sencha'] },
      },
      { status: 404, example: 'beyond', condition: { query: { page: 99 } } },
    ]);
    expect((await call(mock, 'GET', 'scenarios?operation=GET%20/coffees')).value).toEqual({ scenarios: [] });
  });

  it.each([
    ['a shop', shop, 6],
    ['this contract', undefined, 20],
  ])(
    'is for each answer of %s a curl that gets it, by its condition where it has one',
    async (_, text, least) => {
      await using mock = await (text === undefined ? startMock() : start());
      const { value } = await call(mock, 'GET', 'scenarios');
      const { scenarios } = value as { scenarios: { curl: string; status: number; condition?: object }[] };
      expect(scenarios.length).toBeGreaterThanOrEqual(least);
      for (const { curl, status, condition } of scenarios) {
        expect([curl, (await follow(curl)).status]).toEqual([curl, status]);
        expect(curl.includes('prefer: ')).toBe(condition === undefined);
      }
    },
  );
});

describe('the journal', () => {
  it('says how an answer was chosen, how long it took and what it was', async () => {
    await using mock = await start();
    mock.force({ operationId: 'listTeas', status: 404, latencyMs: 60 });
    await fetch(`${mock.url}/teas`);
    await fetch(`${mock.url}/teas`);
    await fetch(`${mock.url}/teas?page=99`);
    await fetch(`${mock.url}/teas`, { headers: { prefer: 'code=404' } });
    await fetch(`${mock.url}/orders`, { method: 'POST' });
    const entries = mock.journal();
    expect(entries.map(({ choice }) => choice)).toEqual([
      { by: 'forced' },
      { by: 'example' },
      { by: 'condition', example: 'beyond' },
      { by: 'preferred' },
      { by: 'invalid' },
    ]);
    expect(entries[0]?.durationMs).toBeGreaterThan(55);
    expect(entries[1]?.answer).toEqual({
      headers: { 'content-type': 'application/json', 'x-total': '2' },
      body: '{"teas":["Assam","Sencha"]}',
      bodyLength: 27,
    });
  });

  it('tells what came after an entry, and that it has counted on', async () => {
    await using mock = await start();
    await fetch(`${mock.url}/teas`);
    await fetch(`${mock.url}/teas?page=2`);
    expect((await call(mock, 'GET', 'journal?after=1')).value).toMatchObject({
      entries: [{ id: 2 }],
      lastId: 2,
    });
    await call(mock, 'DELETE', 'journal');
    expect((await call(mock, 'GET', 'journal?after=2')).value).toEqual({ entries: [], lastId: 2 });
    expect((await call(mock, 'GET', 'journal?after=two')).status).toBe(422);
  });

  it.each(['connection-reset', 'empty-answer', 'never-answers'] as const)(
    'has no status and no answer where the fault %s has kept them',
    async (fault) => {
      await using mock = await start();
      mock.force({ operationId: 'listTeas', fault });
      const hangUp = new AbortController();
      const failed = expect(fetch(`${mock.url}/teas`, { signal: hangUp.signal })).rejects.toThrow();
      await vi.waitFor(() => expect(mock.journal()).toMatchObject([{ operationId: 'listTeas', fault }]));
      hangUp.abort();
      await failed;
      expect(mock.journal()[0]).not.toHaveProperty('status');
      expect(mock.journal()[0]).not.toHaveProperty('answer');
    },
  );

  it('hides secrets in an answer, also where a problem quotes them', async () => {
    await using mock = await start();
    await fetch(`${mock.url}/secret/c4nary`, { method: 'PUT' });
    expect(mock.journal()[0]?.answer?.body).toContain('***');
    expect(JSON.stringify(mock.journal())).not.toContain('c4nary');
    await using issuing = await startMock();
    const sent = new URLSearchParams({ grant_type: 'password', username: 'ada@lovelace.dev', password: 'x' });
    await fetch(`${issuing.url}/api/token`, { method: 'POST', body: sent });
    expect(issuing.journal()[0]?.answer?.body).toContain('"access_token":"***"');
  });
});

describe('what is forced', () => {
  it.each([429, 500, 502, 503, 504])('can be %i, which no spec has to document', async (status) => {
    await using mock = await start();
    mock.force({ operationId: 'listTeas', status, retryAfterSeconds: 30 });
    const response = await fetch(`${mock.url}/teas`);
    expect([response.status, response.headers.get('retry-after')]).toEqual([status, '30']);
    expect(await response.json()).toMatchObject({ type: 'about:blank', status });
    expect((await fetch(`${mock.url}/teas`)).status).toBe(200);
  });

  it('is not just anything', async () => {
    await using mock = await start();
    expect(() => mock.force({ operationId: 'listTeas', status: 418 })).toThrow('can be forced to 429, 500');
    expect(() => mock.force({ operationId: 'listTeas', status: 503, example: 'gone' })).toThrow(
      'the spec has none',
    );
    expect(() => mock.force({ operationId: 'listTeas', retryAfterSeconds: -1 })).toThrow(
      'retryAfterSeconds is -1',
    );
  });

  it('lasts until a reset, if it is to, and lets what is counted go first', async () => {
    await using mock = await start();
    mock.force({ operationId: 'listTeas', status: 503, times: 'always' });
    mock.force({ operationId: 'listTeas', status: 404 });
    mock.force({ operationId: 'listTeas', status: 429, times: 'always' });
    const statuses = [];
    for (let count = 0; count < 4; count += 1) {
      statuses.push((await fetch(`${mock.url}/teas`)).status);
    }
    expect(statuses).toEqual([404, 429, 429, 429]);
    expect((await call(mock, 'GET', 'forced')).value).toEqual({
      forced: [{ id: 3, operationId: 'listTeas', status: 429, times: 'always' }],
    });
    mock.reset();
    expect((await fetch(`${mock.url}/teas`)).status).toBe(200);
  });

  it('is undone by its id, and the rest stays', async () => {
    await using mock = await start();
    await call(mock, 'POST', 'forced', { operationId: 'listTeas', status: 404 });
    expect(await call(mock, 'POST', 'forced', { operationId: 'addOrder', status: 409 })).toEqual({
      status: 200,
      value: { id: 2, operationId: 'addOrder', status: 409, times: 1 },
    });
    expect((await call(mock, 'DELETE', 'forced?id=1')).status).toBe(204);
    expect((await call(mock, 'DELETE', 'forced?id=1')).status).toBe(404);
    expect((await call(mock, 'GET', 'forced')).value).toMatchObject({ forced: [{ id: 2 }] });
  });
});

describe('the tokens of a simulation', () => {
  const media = (mock: Mock, token: string): Promise<Response> =>
    fetch(`${mock.url}/api/auth/media/customer`, { headers: { authorization: `Bearer ${token}` } });
  const issue = async (mock: Mock): Promise<string> => {
    const { value } = await call(mock, 'POST', 'tokens', { kind: 'access-token', lifeSeconds: 60 });
    return (value as { token: string }).token;
  };
  const list = async (mock: Mock): Promise<{ tokens: object[] }> => (await call(mock, 'GET', 'tokens')).value;

  it('are issued, listed without their texts, and taken', async () => {
    await using mock = await startMock({ simulate: true });
    const token = await issue(mock);
    expect((await media(mock, token)).status).toBe(200);
    expect(mock.journal()).toMatchObject([{ choice: { by: 'simulated' } }]);
    const { tokens } = await list(mock);
    expect(tokens.at(-1)).toMatchObject({ id: 'access-token-1', kind: 'access-token', state: 'live' });
    expect(JSON.stringify(tokens)).not.toContain(token);
    expect((await call(mock, 'POST', 'tokens', { kind: 'cookie' })).status).toBe(422);
    expect((await call(mock, 'POST', 'tokens', { kind: 'access-token', life: 1 })).status).toBe(422);
  });

  it.each([
    [
      'revoked',
      'DELETE',
      'tokens?id=access-token-1',
      undefined,
      'The access-token was revoked, by itself or with its family.',
    ],
    ['expired', 'POST', 'tokens/expire', { id: 'access-token-1' }, 'The access-token expired at '],
  ])('are %s, and the refusal says so', async (_, method, path, body, reason) => {
    await using mock = await startMock({ simulate: true });
    const token = await issue(mock);
    expect((await call(mock, method, path, body)).status).toBe(204);
    const refused = await media(mock, token);
    expect([refused.status, refused.headers.get('sl-violations')]).toEqual([
      401,
      expect.stringContaining(reason),
    ]);
    expect(mock.journal()).toMatchObject([
      { choice: { by: 'refused', reason: expect.stringContaining(reason) } },
    ]);
    const unknown = body === undefined ? 'tokens?id=access-token-9' : path;
    expect((await call(mock, method, unknown, body && { id: 'access-token-9' })).status).toBe(404);
  });

  it('are not looked at where a request prefers its answer', async () => {
    await using mock = await startMock({ simulate: true });
    const headers = { authorization: 'Bearer made-up', prefer: 'code=200' };
    await fetch(`${mock.url}/api/auth/media/customer`, { headers });
    expect(mock.journal()).toMatchObject([{ status: 200, choice: { by: 'preferred' } }]);
  });

  it('are missed in a request that has another', async () => {
    await using mock = await startMock({ simulate: true });
    const { value } = await call(mock, 'POST', 'tokens', { kind: 'media-token' });
    await media(mock, (value as { token: string }).token);
    await media(mock, 'made-up');
    expect(mock.journal().map(({ choice }) => choice?.reason)).toEqual([
      'Found the kind media-token, expected access-token.',
      'The mock did not issue this access-token, or has forgotten it.',
    ]);
  });
});

describe('a browser', () => {
  it('is led from the root to the console, and a program is not', async () => {
    await using mock = await start();
    const led = await fetch(mock.url, browser);
    expect([led.status, led.headers.get('location')]).toEqual([302, '/__mock__/']);
    expect((await fetch(`${mock.url}/__mock__`, browser)).headers.get('location')).toBe('/__mock__/');
    expect((await fetch(mock.url, { redirect: 'manual' })).status).toBe(404);
    expect(mock.journal()).toHaveLength(1);
  });

  it('gets what the API has at its root', async () => {
    await using mock = await startMock({ specFile: writeSpec(shop.replace('/teas:', '/:')) });
    expect((await fetch(mock.url, browser)).status).toBe(200);
  });

  it('that follows a redirect of the API sees where it would be', async () => {
    await using mock = await start();
    const { headers } = await fetch(`${mock.url}/checkout`, browser);
    const landed = await fetch(mock.url + headers.get('location'), browser);
    expect([landed.status, landed.headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8']);
    const page = await landed.text();
    expect(page).toContain('You would be on /shop/thanks</h1>');
    expect(page).toContain('checkOut led here.');
    const program = await fetch(`${mock.url}/shop/thanks`);
    expect(program.headers.get('content-type')).toBe('application/problem+json');
  });

  it('sees who is signed in, where a simulation knows', async () => {
    await using mock = await startMock({ simulate: true });
    const sent = { grant_type: 'password', username: 'ada@lovelace.dev', password: 'correct-horse' };
    const signedIn = await fetch(`${mock.url}/api/token`, {
      method: 'POST',
      body: new URLSearchParams(sent),
    });
    const { access_token: bearer } = (await signedIn.json()) as Record<string, string>;
    const headers = { authorization: `Bearer ${bearer}` };
    const issued = await fetch(`${mock.url}/api/sys/users/token/refresh`, { method: 'POST', headers });
    const { Value: token } = (await issued.json()) as Record<string, string>;
    await fetch(`${mock.url}/login?t=${token}&redirectUrl=/bookings`, browser);
    const page = await (await fetch(`${mock.url}/bookings`, browser)).text();
    expect(page).toContain('You would be on /bookings, signed in as ada@lovelace.dev</h1>');
  });

  it('gets no markup of a path that it made up', async () => {
    await using mock = await start();
    const page = await (await fetch(`${mock.url}/a'&%3Cb`, browser)).text();
    expect(page).toContain('This API has no /a&#39;&#38;%3Cb');
  });

  it('gets a PDF with a page, where the spec has none', async () => {
    await using mock = await start();
    const response = await fetch(`${mock.url}/receipt`);
    const text = await response.text();
    expect([response.headers.get('content-type'), text.slice(0, 8)]).toEqual(['application/pdf', '%PDF-1.4']);
    const table = Number(/startxref\n(\d+)/.exec(text)?.[1]);
    expect(text.slice(table, table + 4)).toBe('xref');
    const places = [...text.matchAll(/^(\d{10}) 00000 n $/gm)].map(([, place]) => Number(place));
    expect(places.map((place, index) => text.slice(place, place + 7) === `${index + 1} 0 obj`)).toEqual(
      places.map(() => true),
    );
  });
});

describe('the files of the console', () => {
  it.each([
    ['', 'text/html; charset=utf-8', '<h1 id="title">'],
    ['page/style.css', 'text/css; charset=utf-8', ':root'],
    ['page/main.js', 'text/javascript; charset=utf-8', 'function showInfo({'],
  ])('are served: %s', async (name, type, text) => {
    await using mock = await start();
    const warn = vi.spyOn(process, 'emitWarning');
    const response = await fetch(`${mock.url}/__mock__/${name}`);
    expect([response.status, response.headers.get('content-type')]).toEqual([200, type]);
    expect(await response.text()).toContain(text);
    expect(warn).not.toHaveBeenCalled();
  });

  it.each(['page/', 'page/../control.ts', 'page/..%2Fcontrol.ts', 'page/nothing.js', 'pages'])(
    'are no others: %s',
    async (name) => {
      await using mock = await start();
      expect((await fetch(`${mock.url}/__mock__/${name}`)).status).toBe(404);
    },
  );
});
