import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Mock, startMock } from '../../scripts/mock/index.ts';

let mock: Mock;

beforeAll(async () => {
  mock = await startMock();
});
afterAll(() => mock.close());

const signIn = 'grant_type=password&username=ada%40lovelace.dev&password=correct-horse';
const formType = 'application/x-www-form-urlencoded';

function post(
  path: string,
  body: RequestInit['body'],
  headers: Record<string, string> = {},
): Promise<Response> {
  return fetch(mock.url + path, {
    method: 'POST',
    body: body ?? null,
    headers,
    duplex: 'half',
  } as RequestInit);
}

async function readProblem(response: Response): Promise<{ status: number; type: string; detail: string }> {
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  return response.json();
}

describe('a request that breaks the spec', () => {
  test.each(['/api/sys/users/token/refresh', '/api/auth/media/customer'])(
    'at %s gets 401 and no body without a bearer token',
    async (path) => {
      const method = path.endsWith('refresh') ? 'POST' : 'GET';
      const response = await fetch(mock.url + path, { method });
      expect([response.status, await response.text()]).toEqual([401, '']);
      expect(response.headers.get('sl-violations')).toContain('Invalid security scheme used');
    },
  );

  test('gets the documented 400, with its violations in a header', async () => {
    const response = await post('/api/token', 'grant_type=password&username=ada', {
      'content-type': formType,
    });
    expect([response.status, await response.json()]).toEqual([400, { error: 'unsupported_grant_type' }]);
    const violations = JSON.parse(response.headers.get('sl-violations') ?? '');
    expect(violations).toContainEqual({
      location: ['request', 'body', 'username'],
      severity: 'Error',
      code: 'format',
      message: 'Request body property username must match format "email"',
    });
  });

  test('can pick the example of its 400, and no success', async () => {
    const headers = { 'content-type': formType };
    const picked = await post('/api/token', 'x=1', { ...headers, prefer: 'code=400, example=invalid_grant' });
    expect(await picked.json()).toHaveProperty('error', 'invalid_grant');
    expect((await post('/api/token', 'x=1', { ...headers, prefer: 'code=200' })).status).toBe(400);
  });

  test('gets a 422 problem where the spec documents nothing', async () => {
    const problem = await readProblem(await fetch(`${mock.url}/login`, { redirect: 'manual' }));
    expect(problem).toMatchObject({
      status: 422,
      type: 'https://stoplight.io/prism/errors#UNPROCESSABLE_ENTITY',
      validation: [{ location: ['query'], code: 'required' }],
    });
  });

  test.each(['/nowhere', '/api/token/', '/API/token', '//', '//api/token', '/%2F'])(
    'gets a 404 problem at %s',
    async (path) => {
      expect(await readProblem(await post(path, signIn))).toMatchObject({ status: 404 });
    },
  );

  test('gets a 405 problem that lists the methods', async () => {
    const response = await fetch(`${mock.url}/api/token`, { method: 'PUT' });
    expect(response.headers.get('allow')).toBe('POST, OPTIONS');
    expect(await readProblem(response)).toMatchObject({ status: 405 });
  });

  test('gets a 406 problem where no media type fits, with a preference too', async () => {
    const headers = { 'content-type': formType, accept: 'text/html' };
    expect(await readProblem(await post('/api/token', signIn, headers))).toMatchObject({ status: 406 });
    const preferring = await post('/api/token', signIn, { ...headers, prefer: 'code=400' });
    expect(await readProblem(preferring)).toMatchObject({ status: 406 });
  });
});

describe('a body for /api/token', () => {
  const grant = JSON.stringify({ grant_type: 'password', username: 'ada@lovelace.dev', password: 'x' });

  test.each([
    ['as JSON', grant, 'application/json'],
    ['as plain text', signIn, 'text/plain'],
    ['as a stream of JSON', new Blob([grant]).stream(), 'application/json'],
  ])('%s is refused as an unsupported grant', async (_, body, mediaType) => {
    const response = await post('/api/token', body, { 'content-type': mediaType });
    expect([response.status, await response.json()]).toEqual([400, { error: 'unsupported_grant_type' }]);
    expect(response.headers.get('sl-violations')).toContain(`Supported content types: ${formType}`);
  });

  test('as a stream of a form is accepted', async () => {
    const response = await post('/api/token', new Blob([signIn]).stream(), { 'content-type': formType });
    expect(response.status).toBe(200);
  });

  test('is required', async () => {
    const response = await post('/api/token', '', { 'content-type': formType });
    expect(response.status).toBe(400);
    expect(response.headers.get('sl-violations')).toContain('Body parameter is required');
  });
});

describe('a browser', () => {
  const origin = 'https://portal.your-space.com';

  test('has its preflight allowed', async () => {
    const response = await fetch(`${mock.url}/api/sys/users/token/refresh`, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,client_id',
      },
    });
    expect([response.status, await response.text()]).toEqual([204, '']);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'access-control-allow-origin': origin,
      'access-control-allow-credentials': 'true',
      'access-control-allow-methods': 'POST',
      'access-control-allow-headers': 'authorization,client_id',
      vary: 'Origin',
    });
  });

  test('may read an answer and its headers, without a wildcard', async () => {
    const response = await fetch(`${mock.url}/api/auth/media/customer`, { headers: { origin } });
    expect(response.status).toBe(401);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'access-control-allow-origin': origin,
      'access-control-allow-credentials': 'true',
      'access-control-expose-headers': 'sl-violations',
    });
  });

  test('without an origin gets no credentials allowed', async () => {
    const response = await fetch(`${mock.url}/api/auth/media/customer`);
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect(response.headers.has('access-control-allow-credentials')).toBe(false);
  });
});

describe('a method that the spec leaves out', () => {
  const bearer = { authorization: 'Bearer access-token-1' };

  test('is answered as GET where it is HEAD, without the body', async () => {
    const path = `${mock.url}/api/auth/media/customer`;
    const [head, get] = await Promise.all(
      ['HEAD', 'GET'].map((method) => fetch(path, { method, headers: bearer })),
    );
    expect([head?.status, await head?.text()]).toEqual([200, '']);
    expect(head?.headers.get('content-length')).toBe(String((await get?.text())?.length));
    expect((await fetch(path, { method: 'HEAD' })).status).toBe(401);
    expect((await fetch(`${mock.url}/api/token`, { method: 'HEAD' })).status).toBe(405);
  });

  test('is answered with the methods of the path where it is OPTIONS', async () => {
    const response = await fetch(`${mock.url}/api/auth/media/customer`, { method: 'OPTIONS' });
    expect([response.status, response.headers.get('allow')]).toEqual([204, 'GET, HEAD, OPTIONS']);
    expect((await fetch(`${mock.url}/nowhere`, { method: 'OPTIONS' })).status).toBe(404);
  });
});
