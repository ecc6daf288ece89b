import { expect, test } from 'vitest';
import type { MockSettings } from '../../scripts/mock/serve.ts';
import { startMock } from '../../scripts/mock/serve.ts';

const start = (settings: MockSettings = {}) =>
  startMock({ specFile: 'tests/mock/fixtures/shop.yaml', ...settings });

const readArticles = async (url: string, headers: Record<string, string> = {}) =>
  (await fetch(`${url}/articles`, { headers })).text();

const shown = '[{"id":7,"name":"Lamp"}]';

test('dynamic makes responses up, unless a request prefers the example', async () => {
  await using mock = await start({ dynamic: true });
  // Two of them can be the same, such as empty lists.
  const made = await Promise.all(Array.from({ length: 20 }, () => readArticles(mock.url)));
  expect(new Set(made).size).toBeGreaterThan(1);
  expect(await readArticles(mock.url, { prefer: 'dynamic=false' })).toBe(shown);
  expect((await fetch(`${mock.url}/tags/`)).status).toBe(200);
});

test('without dynamic, only a request that asks for it has a response made up', async () => {
  await using mock = await start();
  expect(await readArticles(mock.url)).toBe(shown);
  expect(await readArticles(mock.url, { prefer: 'dynamic=true' })).not.toBe(shown);
});

test('a seed makes the same values up, and another seed others', async () => {
  await using mock = await start({ dynamic: true, seed: 'a' });
  await using other = await start({ dynamic: true, seed: 'b' });
  expect(await readArticles(mock.url)).toBe(await readArticles(mock.url));
  expect(await readArticles(other.url)).not.toBe(await readArticles(mock.url));
});

test('errors puts 500 in the place of a response that breaks the spec', async () => {
  await using mock = await start({ errors: true });
  const response = await fetch(`${mock.url}/broken`);
  expect([response.status, await response.json()]).toMatchObject([
    500,
    { validation: [{ location: ['response', 'body'], severity: 'Error' }] },
  ]);
  expect((await fetch(`${mock.url}/articles`)).status).toBe(200);
  expect((await fetch(`${mock.url}/colours?sort=up`)).status).toBe(422);
});

test('without errors, a response that breaks the spec has a header that says so', async () => {
  await using mock = await start();
  const response = await fetch(`${mock.url}/broken`);
  expect([response.status, response.headers.get('sl-violations')]).toEqual([
    200,
    expect.stringContaining('integer'),
  ]);
});

const preflight = { origin: 'https://page.example', 'access-control-request-method': 'GET' };

test.each([
  [true, 204, 'https://page.example'],
  [false, 204, null],
])('with cors %s, a page of another origin is told so', async (cors, status, origin) => {
  await using mock = await start({ cors });
  const asked = await fetch(`${mock.url}/articles`, { method: 'OPTIONS', headers: preflight });
  expect([asked.status, asked.headers.get('access-control-allow-origin')]).toEqual([status, origin]);
  expect(asked.headers.has('access-control-allow-methods')).toBe(cors);
  const response = await fetch(`${mock.url}/articles`, { headers: { origin: preflight.origin } });
  expect(response.headers.get('access-control-allow-origin')).toBe(origin);
});
